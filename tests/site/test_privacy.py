"""The privacy page names what people leave here about each other, in either language, and how it ends."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

ENGLISH = (
    "Your card as a contact",
    "When you ask to meet somebody, or are asked",
    "erased a year after it has ended",
    "When you write to an author without a name",
    "90 days after the last word",
    "Coffee rounds",
    "erased after eight weeks",
    "Events, and what you said you would do",
    "When you wait for stories, or follow a project",
    "When your organisation uses a story",
)
WELSH = (
    "Eich cerdyn fel cyswllt",
    "Pan fyddwch yn gofyn am gael cwrdd â rhywun",
    "Pan fyddwch yn ysgrifennu at awdur heb enw",
    "Rowndiau coffi",
    "Digwyddiadau, a&#x27;r hyn y dywedoch",
    "Pan fyddwch yn aros am straeon",
    "Pan fydd eich sefydliad yn defnyddio stori",
)


def page(client) -> str:
    return client.get(reverse("site:privacy")).content.decode()


@pytest.mark.parametrize("words", ENGLISH)
def test_it_names_what_is_kept(client, words):
    assert words in page(client)


@pytest.mark.parametrize("words", WELSH)
def test_it_does_so_in_welsh(client, words):
    client.post(reverse("common:language"), {"language": "cy"})
    text = page(client)
    assert words.replace("&#x27;", "'") in text.replace("&#x27;", "'").replace("&#39;", "'")
    assert 'lang="en"' not in text.split("<main")[1].split("</main>")[0]
