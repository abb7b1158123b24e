"""Reads settings from environment variables strictly: a value that cannot be read stops the start and says which."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def boolean(name: str, default: bool) -> bool:
    """1 or 0, true or false, yes or no, on or off; empty is the default. Raises ImproperlyConfigured."""
    value = env.str(name, default="").strip().lower()
    if value and value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return value in YES if value else default


def whole_number(name: str, default: int) -> int:
    """Raises ImproperlyConfigured for anything but digits."""
    value = env.str(name, default="").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value) if value else default


def database(name: str, default: str) -> dict:
    """What Django needs to know of a database, from its address. Raises ImproperlyConfigured."""
    url = env.str(name, default="").strip() or default
    if url.split("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} is no address of a database: write postgres://user@host:5432/name.")
    return env.db_url_config(url)
