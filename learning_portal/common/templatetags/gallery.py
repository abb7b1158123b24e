"""Made-up material for the page that shows every component. Nothing else loads this library."""

from types import SimpleNamespace
from typing import Any

from django import forms, template
from django.core.paginator import Paginator

register = template.Library()

CHOICES = (("It worked", 1204), ("Mixed results", 18), ("It did not work", 7), ("Stopped early", 0))


class WordsField(forms.CharField):
    widget = forms.Textarea
    max_words = 40


class SampleForm(forms.Form):
    """One field of every sort that the renderer knows."""

    plan = forms.CharField(
        label="Tell us in two sentences",
        help_text="For example: who it is for, and what will change.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    organisation = forms.CharField(label="Where do you work?", help_text="Start typing a name", required=False)
    title = forms.CharField(label="What is it called?", max_length=100)
    outcome = forms.ChoiceField(
        label="How did it turn out?", choices=[("a", "It worked"), ("b", "Mixed results")], widget=forms.RadioSelect
    )
    causes = forms.MultipleChoiceField(
        label="What got in the way?",
        help_text="Select all that apply",
        choices=[("a", "Not enough time"), ("b", "Money ran out")],
        widget=forms.CheckboxSelectMultiple,
    )
    stage = forms.ChoiceField(label="How far did it get?", choices=[("", "Choose"), ("a", "A pilot")])
    agreed = forms.BooleanField(label="My organisation agrees", help_text="Somebody who may say so has said so.")
    summary = WordsField(label="Summary")


def fold_of(label: str, *groups: str) -> SimpleNamespace:
    """A fold of the filter panel: of one group under its own label, or of several."""
    choices = [
        SimpleNamespace(value=str(number), label=name, count=count, selected=number == 1)
        for number, (name, count) in enumerate(CHOICES)
    ]
    filled = [
        SimpleNamespace(name=group.lower(), label=group, choices=choices[:3], others=choices[3:], chosen=1, open=True)
        for group in groups or [label]
    ]
    return SimpleNamespace(name=f"{label.lower()}-fold", label=label, groups=filled, chosen=len(filled), open=True)


@register.simple_tag
def gallery_samples() -> dict[str, Any]:
    """What the components on the gallery page show: a form, the same form in error, a page of many, facets, rows."""
    return {
        "form": SampleForm(auto_id="id_%s"),
        "failed": SampleForm({}, auto_id="failed_%s"),
        "page": Paginator(range(1600), 20).page(4),
        "folds": [fold_of("Outcome"), fold_of("Place", "Nation", "Region")],
        "chips": [{"label": "It worked", "url": "?"}, {"label": "Rural", "url": "?"}],
        "rows": [("Organisation", "Council, large, rural"), ("Cost", "£185,000"), ("Left out when empty", "")],
        "explained": SimpleNamespace(
            rows=[
                SimpleNamespace(label="Problem", detail="same problem: Recruitment and retention", points=53),
                SimpleNamespace(label="Size", detail="similar size (92,000 and 96,000)", points=8),
            ],
            without_points=[SimpleNamespace(label="How it was delivered", detail="outsourced")],
            not_counted=[SimpleNamespace(label="Kind of organisation", detail="police force")],
            score=61,
        ),
        "updates": [
            {"when": "14 April 2022", "state": "On track", "text": "Pilot on two rounds."},
            {"when": "2 November 2023", "state": "Stopped", "text": "The tablets go back."},
        ],
    }
