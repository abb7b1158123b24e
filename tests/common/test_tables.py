"""Tables that a phone shows as cards."""

import re
from pathlib import Path

from django.template import Context, Template

TEMPLATES = Path(__file__).parents[2] / "templates"


def table(second: str = "<b>Waits</b>", cell: str = "Sian") -> str:
    source = (
        "{% load tables %}{% cards %}<table class='t'><thead><tr>"
        f'<th scope="col">Name</th><th scope="col" class="n">{second}</th></tr></thead>'
        '<tbody>{% for cell in cells %}<tr><th scope="row">{{ cell }}</th><td class="n">2</td></tr>{% endfor %}</tbody>'
        "</table>{% endcards %}"
    )
    return Template(source).render(Context({"cells": [cell, cell]}))


def test_a_table_of_cards_says_what_each_part_is():
    html = table()
    assert html.startswith("""<div class="lp-cards"><table role="table" class='t'>""")
    assert re.findall(r'<(\w+) role="(\w+)"', html) == [
        ("table", "table"),
        *[("thead", "rowgroup"), ("tr", "row"), ("th", "columnheader"), ("th", "columnheader")],
        ("tbody", "rowgroup"),
        *[("tr", "row"), ("th", "rowheader"), ("td", "cell")] * 2,
    ]


def test_each_cell_carries_the_heading_of_its_column():
    assert re.findall(r'<td role="cell" class="n" data-label="([^"]*)">2', table()) == ["Waits", "Waits"]


def test_what_people_wrote_is_no_part_of_the_table():
    html = table(cell='<td scope="col">"')
    assert "&lt;td scope=&quot;col&quot;&gt;&quot;" in html
    assert html.count("data-label") == 2


def test_a_heading_in_quotes_is_safe_as_a_label():
    assert 'data-label="Said &quot;so&quot; &amp; more">2' in table(second='Said "so" &amp; <i>more</i>')


def test_every_table_of_three_columns_or_more_is_one_of_cards():
    """Two columns fit on a phone."""
    tables = {path: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    wide = {
        path.name: source
        for path, source in tables.items()
        for found in re.findall(r'<table class="govuk-table">.*?</thead>', source, re.DOTALL)
        if found.count('scope="col"') > 2
    }
    assert len(wide) >= 8
    assert [name for name, source in wide.items() if source.count("{% cards %}") != source.count("<table")] == []
