"""A portal in this process for the benchmarks of pages, on a database that they fill: set as in production."""

import importlib
import os
import sys

import django

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "learning_portal.settings",
    "DEBUG": "0",
    "SECRET_KEY": "of no use outside of this benchmark, which serves nobody",
    "ALLOWED_HOSTS": "testserver",
    "OPERATOR_NAME": "Benchmark",
    "SECURE_SSL_REDIRECT": "0",
}


def begin() -> None:
    """Ends with a line that says what to do where no database is named."""
    if "DATABASE_URL" not in os.environ:
        sys.exit("Set DATABASE_URL to a scratch database: this fills it with what is invented.")
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    django.setup()
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def serve() -> None:
    """As a production server starts, once everything is there that is to be measured."""
    importlib.import_module("learning_portal.wsgi")
