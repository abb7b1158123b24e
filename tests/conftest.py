import collections
import gc
import itertools
import os

import pytest
from django.conf import settings as django_settings
from django.template import RequestContext, Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.utils import translation
from hypothesis import HealthCheck, settings

from learning_portal.common.room import with_room

# `make test` runs a fixed-seed tenth of each generated suite; `make prove` runs it whole, with new examples.
settings.register_profile("test", derandomize=True, max_examples=30, deadline=None)
settings.register_profile("prove", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("prove" if os.environ.get("PROVE") else "test")


def pytest_configure() -> None:
    from tests.signing_in import always_prove  # needs the apps, which are not ready when this file is read

    always_prove()


def pytest_collection_modifyitems(config, items) -> None:
    """A second database is asked only about tests that read or write rows; `prove` marks those with processes of their
    own, which do too."""
    if django_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        return
    asked = [item for item in items if item.get_closest_marker("prove") or touches_rows(item)]
    kept = set(asked)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asked


def pytest_collection_finish() -> None:
    """Nine thousand tests and what they import are here to stay: looked through for garbage again and again, they
    took a sixth of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem) -> None:
    """A test begins some sixty calls deep, where what it calls stands at the end of a piece of Python's stack."""
    pyfuncitem.obj = with_room(pyfuncitem.obj)


def touches_rows(item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"}.intersection(item.fixturenames))


@pytest.fixture(autouse=True, scope="session")
def plain_surroundings():
    """Tests neither need built styles nor wait for password hashes. Once for all: set and taken back for each
    of nine thousand, it took 3 ms every time."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**django_settings.STORAGES, "staticfiles": static},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def pages_are_told(django_test_environment):
    """Django tells its test client of every template that is rendered, with a copy of all it was given: of each widget
    and included piece too, which took a tenth of the whole time. Tests ask for what pages were given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", _tell_of_pages)
        yield


def _tell_of_pages(self: Template, context) -> str:
    if context.template is self and isinstance(context, RequestContext):
        template_rendered.send(sender=self, template=self, context=context)
    return self.nodelist.render(context)


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")  # a request in Welsh leaves its language behind in the thread


def pytest_terminal_summary(terminalreporter) -> None:
    """How much the run compared and decided: the figures that tests left with `worlds.count`."""
    figures: collections.Counter[str] = collections.Counter()
    for report in itertools.chain.from_iterable(terminalreporter.stats.values()):
        if getattr(report, "when", "") == "teardown":
            figures.update(dict(report.user_properties))
    for name, number in sorted(figures.items()):
        terminalreporter.write_line(f"{name}: {number:,}")
