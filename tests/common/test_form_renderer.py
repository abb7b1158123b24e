import json
from pathlib import Path

import pytest
from django import forms
from django.forms.renderers import get_default_renderer
from django.template.loader import render_to_string
from django.test.html import Element, parse_html

from learning_portal.common.form_renderer import PortalFormRenderer

FIXTURES = Path(__file__).parents[2] / "static/node_modules/govuk-frontend/dist/govuk/components"
YES_NO = [("yes", "Yes"), ("no", "No")]


class CountedField(forms.CharField):
    widget = forms.Textarea
    max_words = 40


class SampleForm(forms.Form):
    title = forms.CharField(label="Title", help_text="As people say it", max_length=50)
    happened = forms.CharField(
        label="What happened", widget=forms.Textarea(attrs={"placeholder": "Go on"}), max_length=9
    )
    summary = CountedField(label="Summary")
    outcome = forms.ChoiceField(label="Outcome", choices=YES_NO, widget=forms.RadioSelect, help_text="Be candid")
    causes = forms.MultipleChoiceField(label="Causes", choices=YES_NO, widget=forms.CheckboxSelectMultiple)
    stage = forms.ChoiceField(label="Stage", choices=YES_NO)
    agreed = forms.BooleanField(label="We agree", help_text="All of us")
    place = forms.CharField(label="Place", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def elements(html: str) -> list[Element]:
    """Every element in document order."""

    def walk(node):
        for child in node.children:
            if isinstance(child, Element):
                yield child
                yield from walk(child)

    return list(walk(parse_html(f"<div>{html}</div><p></p>")))


def attributes(element: Element) -> dict[str, str]:
    return dict(element.attributes)


def by_id(html: str, wanted: str) -> dict[str, str]:
    return next(attributes(found) for found in elements(html) if attributes(found).get("id") == wanted)


def group(name: str, data: dict | None = None) -> str:
    return SampleForm(data)[name].as_field_group()


def test_it_is_the_renderer_of_every_form():
    assert isinstance(get_default_renderer(), PortalFormRenderer)


def test_a_text_input_has_its_class_label_and_hint():
    html = group("title")
    control = by_id(html, "id_title")
    assert control["class"] == "govuk-input"
    assert control["aria-describedby"] == "id_title_helptext"
    assert by_id(html, "id_title_helptext")["class"] == "govuk-hint"
    assert '<label class="govuk-label govuk-label--s" for="id_title">Title' in html


def test_nothing_stops_people_before_they_are_told_why():
    html = str(SampleForm())
    assert " required" not in html
    assert "placeholder" not in html
    assert "maxlength" not in by_id(html, "id_happened")
    assert by_id(html, "id_title")["maxlength"] == "50"


def test_an_error_is_beside_its_control_and_described_by_it():
    html = group("title", {})
    control = by_id(html, "id_title")
    assert control["class"] == "govuk-input govuk-input--error"
    assert control["aria-describedby"] == "id_title_helptext id_title_error"
    assert control["aria-invalid"] == "true"
    assert '<span class="govuk-visually-hidden">Error:</span>' in html
    assert "govuk-form-group--error" in html


@pytest.mark.parametrize(("name", "limit", "unit"), [("happened", "9", "characters"), ("summary", "40", "words")])
def test_a_textarea_counts_down(name, limit, unit):
    html = group(name)
    holder = attributes(elements(html)[1])
    assert set(holder["class"].split()) == {"govuk-form-group", "govuk-character-count"}
    assert (holder["data-module"], holder["data-maxlength"]) == ("govuk-character-count", limit)
    assert holder["data-count-type"] == unit
    assert "%{count}" in holder[f"data-i18n.{unit}-under-limit.other"]
    assert by_id(html, f"id_{name}")["aria-describedby"] == f"id_{name}-info"
    assert "govuk-js-character-count" in by_id(html, f"id_{name}")["class"]
    assert limit in html.split(f'id="id_{name}-info"')[1]


def test_a_count_may_wait_until_it_matters():
    """Two sentences come nowhere near a thousand characters."""
    assert "threshold" not in SampleForm()["happened"].count_attributes
    form = SampleForm()
    form.fields["happened"].count_from = 80
    assert attributes(elements(form["happened"].as_field_group())[1])["data-threshold"] == "80"


@pytest.mark.parametrize(("name", "kind"), [("outcome", "radios"), ("causes", "checkboxes")])
def test_choices_stand_in_a_fieldset_with_a_legend(name, kind):
    html = group(name, {})
    tags = [found.name for found in elements(html)]
    assert tags.index("fieldset") < tags.index("legend") < tags.index("input") < tags.index("label")
    fieldset = next(attributes(found) for found in elements(html) if found.name == "fieldset")
    assert fieldset["aria-describedby"].split()[-1] == f"id_{name}_error"
    first = by_id(html, f"id_{name}_0")
    assert (first["class"], first["value"]) == (f"govuk-{kind}__input", "yes")
    assert f'<label class="govuk-label govuk-{kind}__label" for="id_{name}_0">Yes</label>' in html
    assert "aria-describedby" not in first


def test_a_chosen_radio_is_checked():
    html = group("outcome", {"outcome": "no"})
    assert "checked" in by_id(html, "id_outcome_1")
    assert "checked" not in by_id(html, "id_outcome_0")


def test_a_single_checkbox_has_its_hint_inside():
    html = group("agreed", {})
    control = by_id(html, "id_agreed")
    assert control["class"] == "govuk-checkboxes__input"
    assert control["aria-describedby"] == "id_agreed_helptext id_agreed_error"
    assert "govuk-checkboxes__hint" in by_id(html, "id_agreed_helptext")["class"]


def test_optional_fields_say_so_unless_the_form_is_a_filter():
    assert "(optional)" in group("place")
    assert "(optional)" not in group("title")
    form = SampleForm()
    form.mark_optional = False
    assert "(optional)" not in form["place"].as_field_group()


def test_what_people_typed_is_escaped():
    html = group("title", {"title": '"><script>'})
    assert "<script>" not in html


def test_a_class_of_the_form_s_author_is_kept():
    class Narrow(forms.Form):
        year = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}))

    assert 'class="govuk-input govuk-input--width-4"' in str(Narrow()["year"])


def test_a_field_may_be_the_heading_of_its_page():
    html = render_to_string("forms/field.html", {"field": SampleForm()["title"], "heading": True, "label_class": "x"})
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label x"' in html


def test_hidden_fields_have_no_group():
    form = str(SampleForm())
    assert by_id(form, "id_token")["type"] == "hidden"
    assert 'for="id_token"' not in form


def test_the_summary_leads_to_the_first_control_of_each_field_in_error():
    form = SampleForm({})
    form.add_error(None, "These two cannot both be true")
    html = render_to_string("_components/error_summary.html", {"form": form})
    links = [attributes(found)["href"] for found in elements(html) if found.name == "a"]
    controls = ["title", "happened", "summary", "outcome_0", "causes_0", "stage", "agreed"]
    assert links == [f"#id_{name}" for name in controls]
    assert "<li>These two cannot both be true</li>" in html
    page = str(form)
    assert all(by_id(page, link[1:]) for link in links)


def test_formsets_are_rendered_with_their_management_form():
    html = str(forms.formset_factory(SampleForm, extra=2)(prefix="part"))
    assert by_id(html, "id_part-TOTAL_FORMS")["value"] == "2"
    assert by_id(html, "id_part-1-title")["class"] == "govuk-input"


def test_widget_templates_stay_django_s():
    """The admin's and allauth's widgets are found, and ours do not stand in their place."""
    from django.contrib.admin.widgets import AdminDateWidget

    assert "vDateField" in AdminDateWidget().render("day", None, renderer=get_default_renderer())
    templates = Path(__file__).parents[2] / "templates"
    assert not list(templates.glob("**/widgets/*"))
    assert not (templates / "django").exists()


# --- Against the fixtures of the npm package ------------------------------------------------------------------------

OURS = {"govuk-label--s", "govuk-fieldset__legend--s"}


def outline(html: str) -> list[tuple[str, frozenset[str]]]:
    """Tags with their GOV.UK classes, in order. Options and the form's own default sizes are left out."""
    found = []
    for element in elements(html):
        classes = attributes(element).get("class", "").split()
        found.append((element.name, frozenset(name for name in classes if name.startswith("govuk-")) - OURS))
    return [entry for entry in found if entry[0] not in {"option", "div", "p"} or entry[1]]


def choice_field(widget) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=widget)


def hinted(field: forms.Field) -> forms.Field:
    field.help_text = "Hint"
    return field


CASES = [
    ("input", "default", lambda: forms.CharField(), False),
    ("input", "with hint text", lambda: hinted(forms.CharField()), False),
    ("input", "with error and hint", lambda: hinted(forms.CharField()), True),
    ("textarea", "with hint and error message", lambda: hinted(forms.CharField(widget=forms.Textarea)), True),
    ("character-count", "with count type 'words'", lambda: CountedField(), False),
    ("radios", "default", lambda: choice_field(forms.RadioSelect), False),
    ("radios", "with hint", lambda: hinted(choice_field(forms.RadioSelect)), False),
    ("radios", "with fieldset and error message", lambda: choice_field(forms.RadioSelect), True),
    ("select", "with hint text and error message", lambda: hinted(choice_field(forms.Select)), True),
    ("file-upload", "with error message and hint", lambda: hinted(forms.FileField()), True),
]


def fixture(component: str, name: str) -> str:
    path = FIXTURES / component / "fixtures.json"
    if not path.exists():
        pytest.skip("the npm packages are not installed")
    return next(found["html"] for found in json.loads(path.read_text())["fixtures"] if found["name"] == name)


@pytest.mark.parametrize(
    ("component", "name", "make", "in_error"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES]
)
def test_structure_is_that_of_the_design_system(component, name, make, in_error):
    expected = fixture(component, name)
    form_class = type("OneField", (forms.Form,), {"field": make()})
    form = form_class({}) if in_error else form_class()
    assert outline(form["field"].as_field_group()) == outline(expected)


def test_checkboxes_have_the_structure_of_the_design_system():
    expected = fixture("checkboxes", "with hint")
    choices = [(str(number), "x") for number in range(expected.count("govuk-checkboxes__item"))]
    field = hinted(forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple))
    form = type("OneField", (forms.Form,), {"field": field})()
    assert outline(form["field"].as_field_group()) == outline(expected)


def test_the_error_summary_has_the_structure_of_the_design_system():
    expected = fixture("error-summary", "default")
    fields = {"one": forms.CharField(), "two": forms.CharField()}
    form = type("TwoFields", (forms.Form,), fields)({})
    assert outline(render_to_string("_components/error_summary.html", {"form": form})) == outline(expected)
