from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the .po files into .mo where they differ, without a system tool."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).rglob("*.po"):
                compile_if_changed(source)


def compile_if_changed(source: Path) -> None:
    """Contents decide and not file times, which a copy or a checkout changes at will."""
    target = source.with_suffix(".mo")
    compiled = polib.pofile(str(source)).to_binary()
    if not target.exists() or target.read_bytes() != compiled:
        target.write_bytes(compiled)
