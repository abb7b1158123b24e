import logging
import os
import time
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from learning_portal.common.actions import deliver_mail, tell_programme_team
from learning_portal.common.limits import erase_old_limits
from networks import coffee_jobs, introductions
from networks.event_actions import forget_attendance, free_places
from networks.left_actions import erase_old_left_reports
from networks.network_actions import erase_old_admissions
from networks.network_life import ask_quiet_networks, rest_unanswered
from networks.network_questions import count_questions
from networks.pledges import erase_old_pledges
from networks.promises import ask_what_became, remind_of_actions
from networks.still_you import ask_still_you
from networks.work_actions import erase_old_sponsorships, follow_domains
from stories.actions import (
    contacts,
    erase_expired_plans,
    follow_register,
    following,
    hand_on,
    invite,
    keep,
    leave_dates,
    leavers,
    meet,
    people,
    projects,
    publish,
    recognise,
    report,
    tell_holders,
    tell_of_late,
    watch,
)
from stories.search import embedding, index

log = logging.getLogger(__name__)

EVERY = 30
"""Seconds between two ticks in a loop."""


class Command(BaseCommand):
    help = (
        "Do the late work: what is to be forgotten, stories that are ready, mail, embeddings, word statistics, expired "
        "plans, changed organisations. "
        "Idempotent; run it every minute."
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
        """Each job by itself, erasing first: what goes wrong in one must not keep the others from being done."""
        for job in JOBS:
            try:
                if done := job():
                    self.stdout.write(f"{job.__name__}: {done}")
            except Exception:
                log.exception("A job of the tick failed: %s", job.__name__)


def erase_expired_sessions() -> None:
    """With the plans that stand in them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def hand_on_what_waits() -> int:
    """Stories that a moderator did not get to."""
    return hand_on(today=timezone.localdate())


JOBS: tuple[Callable[[], object], ...] = (
    erase_expired_sessions,
    erase_old_limits,
    erase_expired_plans,
    erase_old_pledges,
    forget_attendance,
    report.erase_answered_reports,
    report.close_moot_reports,
    report.tell_moderators,
    keep.erase_receipts,
    keep.erase_messages,
    keep.warn_of_forgetting,
    keep.erase_links,
    keep.erase_unanswered,
    keep.erase_drafts,
    projects.erase_old_lists,
    people.erase_old_invitations,
    watch.erase_old_watches,
    leave_dates.erase_past_leave,
    invite.forget_silent_leads,
    leavers.erase_leavers,
    introductions.erase_old_introductions,
    meet.erase_old_questions,
    keep.scatter,
    publish.publish_due,
    hand_on_what_waits,
    tell_holders,
    tell_of_late,
    erase_old_sponsorships,
    erase_old_left_reports,
    contacts.hand_over_contacts,
    erase_old_admissions,
    count_questions,
    ask_quiet_networks,
    rest_unanswered,
    follow_domains,
    follow_register,
    coffee_jobs.erase_coffee,
    coffee_jobs.close_coffee,
    coffee_jobs.prepare_coffee,
    coffee_jobs.send_coffee,
    coffee_jobs.ask_whether_met,
    tell_programme_team,
    recognise.tell_helped,
    watch.tell_watchers,
    following.tell_followers,
    invite.invite_leads,
    invite.remind_leads,
    leavers.mail_leavers,
    leavers.remind_leavers,
    ask_still_you,
    meet.pass_questions_on,
    meet.release_answers,
    introductions.desk.tell_desk,
    introductions.note_due,
    introductions.pass_on_unanswered,
    introductions.follow_up,
    introductions.close_unheard,
    free_places,
    remind_of_actions,
    ask_what_became,
    deliver_mail,
    embedding.embed_pending,
    index.refresh_terms,
)
