from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from networks.actions import BadRows
from networks.importing.console import NOT_WRITTEN, failing_clearly, progress_bar
from networks.importing.tables import listed, read_table
from stories.importing.mapping import read_mapping
from stories.importing.plan import Plan, make_plan
from stories.importing.rules import BadMapping
from stories.importing.run import carry_out

MOST_STRANGERS = 20
"""Names of organisations that are printed; the rest are counted."""


class Command(BaseCommand):
    help = (
        "Import stories from a CSV or JSON-lines file, also gzipped, through a mapping file (docs/importing.md). "
        "All or none, unless --skip-bad. Run it again with a newer file to bring the stories up to date."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV or JSON lines, or either with .gz behind")
        parser.add_argument("--map", type=Path, required=True, help="the mapping file (JSON)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--skip-bad", action="store_true", help="import the good rows and name the bad ones")

    @failing_clearly
    def handle(self, *, file: Path, map: Path, dry_run: bool, skip_bad: bool, **options):
        try:
            plan = self._plan(file, map)
        except BadMapping as error:
            raise CommandError(f"{map.name}: {error}") from error
        self._report(plan, dry_run)
        if plan.problems and not skip_bad:
            raise BadRows(plan.problems)
        if plan.problems:
            self.stderr.write(f"{len(plan.problems)} bad rows were skipped:\n{listed(plan.problems)}")
        if not dry_run:
            with progress_bar(len(plan.new) + len(plan.changed), "Shelving") as bar:
                carry_out(plan=plan, by="import_stories", progress=bar.update)

    def _plan(self, file: Path, map: Path) -> Plan:
        mapping, table = read_mapping(map), read_table(file)
        unread = [column for column in table.columns if column not in mapping.columns_read()]
        if unread:
            self.stdout.write(f"Columns that the mapping does not use: {', '.join(unread)}.")
        with progress_bar(len(table), "Reading") as bar:
            return make_plan(mapping, table, bar.update)

    def _report(self, plan: Plan, dry_run: bool) -> None:
        self.stdout.write(
            f"Stories: {len(plan.new)} new, {len(plan.changed)} changed, {plan.same} unchanged, "
            f"{len(plan.problems)} bad rows{NOT_WRITTEN if dry_run else ''}."
        )
        if plan.taken_down:
            self.stdout.write(f"  {plan.taken_down} were taken down here and stay so.")
        if plan.gone:
            self.stdout.write(f"  {plan.gone} stories of this source are not in the file; they stay.")
        for note, count in sorted(plan.notes.items()):
            self.stdout.write(f"  {note}: {count} times")
        for name, count in plan.strangers.most_common(MOST_STRANGERS):
            self.stdout.write(f'  no single organisation is named "{name}" ({count} stories keep it as text)')
        if len(plan.strangers) > MOST_STRANGERS:
            self.stdout.write(f"  ... and {len(plan.strangers) - MOST_STRANGERS} more names")
