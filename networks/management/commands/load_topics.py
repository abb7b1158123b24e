from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from networks.actions import save_topics
from networks.importing.console import NOT_WRITTEN, failing_clearly
from networks.importing.tables import read_csv
from networks.importing.topics import read_topics

TOPICS = Path(__file__).parents[2] / "data" / "topics.csv"


class Command(BaseCommand):
    help = "Load the controlled vocabulary of topics. Run it as often as you like: nothing is deleted or renumbered."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=TOPICS, type=Path, help="another CSV of the same columns")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    @failing_clearly
    @transaction.atomic
    def handle(self, *, file: Path, dry_run: bool, **options):
        rows, problems = read_topics(read_csv(file))
        counts = save_topics(rows=rows, by="load_topics", problems=problems, source=file.name)
        if dry_run:
            transaction.set_rollback(True)
        self.stdout.write(f"Topics: {counts}{NOT_WRITTEN if dry_run else ''}.")
