import copy

import pytest

from learning_portal.common.mail import kinds as registry
from learning_portal.common.mail.headers import PortalMail
from tests import mailing


@pytest.fixture
def kinds(settings, monkeypatch) -> None:
    """The floor's own kinds of mail and those of `tests.mailing`, and no other app's, for the length of a test."""
    monkeypatch.setattr(registry, "_known", {})
    registry.register(*registry.OWN, *mailing.KINDS)
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(mailing.TEMPLATES)
    settings.TEMPLATES = templates


@pytest.fixture
def post_office(monkeypatch) -> mailing.Post:
    """A mail server that the test switches off and on."""
    office = mailing.Post()
    monkeypatch.setattr(PortalMail, "send", lambda mail, fail_silently=False: office(mail))
    return office
