"""The identity check of a text, with the bodies of this portal's register among the names that it knows."""

from collections.abc import Mapping

from networks.models import Organisation

from ..identity import finding, register
from ..identity.kinds import Mark


def marks_of(sections: Mapping[str, str], language: str) -> list[Mark]:
    """The marks of these sections of a story, by key. The lists are made anew each time (30 ms): a body that was added
    a minute ago is known, and no worker keeps what another does not."""
    names = Organisation.objects.values_list("name_en", "name_cy", "aliases")
    gazetteer = register.gazetteer(
        name for english, welsh, aliases in names for name in (english, welsh, *aliases.split("|"))
    )
    return finding.find(sections, language, gazetteer)
