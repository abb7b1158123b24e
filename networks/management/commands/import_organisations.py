from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from networks.actions import Counts, save_organisations
from networks.importing.aliases import add_aliases
from networks.importing.bodies import read_bodies
from networks.importing.console import NOT_WRITTEN, failing_clearly, progress_bar
from networks.importing.tables import read_csv


class Command(BaseCommand):
    help = "Add and update real public bodies from a CSV file, all or none. docs/importing.md lists its columns."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV, or CSV with .gz behind")
        parser.add_argument("--aliases", type=Path, help="CSV of other names: alias, org_id (or code)")
        parser.add_argument("--source", default="", help="where the figures come from, where the file does not say")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    @failing_clearly
    @transaction.atomic
    def handle(self, *, file: Path, aliases: Path | None, source: str, dry_run: bool, **options):
        bodies, problems, unread = read_bodies(read_csv(file))
        if aliases:
            bodies, more = add_aliases(bodies, read_csv(aliases))
            problems += more
        if unread:
            self.stdout.write(f"Columns that were not used: {', '.join(unread)}.")
        with progress_bar(len(bodies), "Organisations") as bar:
            counts = save_organisations(
                bodies=bodies,
                by="import_organisations",
                problems=problems,
                source=source or file.name,
                progress=bar.update,
            )
        if dry_run:
            transaction.set_rollback(True)
        self._report(counts, dry_run)

    def _report(self, counts: Counts, dry_run: bool) -> None:
        self.stdout.write(f"Organisations: {counts}{NOT_WRITTEN if dry_run else ''}.")
        for code, ours in counts.by_name:
            self.stdout.write(f"  {code} is {ours} here, by its name.")
