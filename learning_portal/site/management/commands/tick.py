import os
import time

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from learning_portal.common.actions import deliver_mail, tell_programme_team
from stories.actions import erase_expired_plans
from stories.search import embedding, index

EVERY = 30
"""Seconds between two ticks in a loop."""


class Command(BaseCommand):
    help = "Do the late work: mail, embeddings, word statistics, expired plans. Idempotent; run it every minute."

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
        tell_programme_team()
        mailed = deliver_mail()
        embedded = embedding.embed_pending()
        index.refresh_terms()
        erased = erase_expired_plans()
        if mailed or embedded or erased:
            self.stdout.write(f"Sent {mailed} mails, embedded {embedded} stories, erased {erased} expired plans.")
