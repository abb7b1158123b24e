import os
import time

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from stories.actions import erase_expired_plans, follow_register
from stories.search import embedding, index

EVERY = 30
"""Seconds between two ticks in a loop."""


class Command(BaseCommand):
    help = (
        "Do the late work: embeddings, word statistics, expired plans, changed organisations. "
        "Idempotent; run it every few minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"go on, every {EVERY} seconds")

    def handle(self, *args, loop: bool, **options) -> None:
        starter = os.getppid()
        self.tick()
        # A loop that outlived the server which started it would be forgotten, and go on for ever.
        while loop and os.getppid() == starter:
            time.sleep(EVERY)
            close_old_connections()
            self.tick()

    def tick(self) -> None:
        embedded = embedding.embed_pending()
        index.refresh_terms()
        erased = erase_expired_plans()
        if followed := follow_register():
            self.stdout.write(f"Brought {followed} stories in step with the register.")
        if embedded or erased:
            self.stdout.write(f"Embedded {embedded} stories, erased {erased} expired plans.")
