from pathlib import Path

from django.core.management.base import BaseCommand

from networks.actions import save_topics
from networks.importing.console import failing_clearly
from networks.importing.tables import read_csv
from networks.importing.topics import read_topics

TOPICS = Path(__file__).parents[2] / "data" / "topics.csv"


class Command(BaseCommand):
    help = "Load the controlled vocabulary of topics. Run it as often as you like: nothing is deleted or renumbered."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=TOPICS, type=Path, help="another CSV of the same columns")

    @failing_clearly
    def handle(self, *, file: Path, **options):
        rows, problems = read_topics(read_csv(file))
        counts = save_topics(rows=rows, by="load_topics", problems=problems, source=file.name)
        self.stdout.write(f"Topics: {counts}.")
