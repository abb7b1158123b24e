from django.core.management.base import BaseCommand
from tqdm import tqdm

from stories.actions import follow_register
from stories.models import Story
from stories.search.embedding import embed_pending
from stories.search.index import BATCH, check_index, refresh_terms, reindex_many


class Command(BaseCommand):
    help = (
        "Bring stories in step with their organisations, and search in step with the published stories: words, counts "
        "and, where a model is installed, meaning."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="compare every row, and repair and report those that differ"
        )
        parser.add_argument("--no-meaning", action="store_true", help="leave the embeddings for `tick`")

    def handle(self, *, check: bool, no_meaning: bool, **options):
        if followed := follow_register():
            self.stdout.write(f"{followed} stories were behind the figures of their organisation, and follow them.")
        if check:
            self.stdout.write(f"{len(check_index(repair=True))} stories were out of step, and are repaired.")
        else:
            stories = list(Story.objects.only("pk").order_by("pk"))
            batches = range(0, len(stories), BATCH)
            for start in tqdm(batches, unit="batch", disable=not self.stderr.isatty()):
                reindex_many(stories[start : start + BATCH])
        refresh_terms()
        if not no_meaning:
            self.stdout.write(f"{embed_pending()} stories were embedded.")
