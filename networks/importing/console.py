"""What the import commands have in common at the terminal."""

import functools
import sys
from collections.abc import Callable

from django.core.management.base import CommandError
from django.db import IntegrityError
from tqdm import tqdm

from ..actions import BadRows
from .tables import BadFile, listed

NOT_WRITTEN = " (dry run: nothing was written)"


def failing_clearly(handle: Callable) -> Callable:
    """A bad file, or every bad row with its line, ends a command in words and not in a traceback."""

    @functools.wraps(handle)
    def wrapped(*args, **options):
        try:
            return handle(*args, **options)
        except BadFile as error:
            raise CommandError(str(error)) from error
        except BadRows as error:
            rows = "row" if len(error.problems) == 1 else "rows"
            raise CommandError(
                f"Nothing was written: {len(error.problems)} bad {rows}.\n{listed(error.problems)}"
            ) from error
        except IntegrityError as error:
            raise CommandError(
                "Nothing was written: a second import wrote the same rows meanwhile. Run it again."
            ) from error

    return wrapped


def progress_bar(total: int, what: str) -> tqdm:
    """A bar on standard error; silent where that is no terminal."""
    return tqdm(total=total, desc=what, unit=" rows", file=sys.stderr, disable=None)
