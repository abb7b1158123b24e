from django.core.management.base import BaseCommand
from django.db import transaction

from learning_portal.site.demo import load
from learning_portal.site.demo.reader import ORGANISATIONS
from networks.actions import BadRows, save_organisations
from networks.importing.bodies import read_bodies
from networks.importing.console import failing_clearly
from networks.importing.tables import read_csv
from stories.models import Story


class Command(BaseCommand):
    help = "Load the demo: invented organisations, people, networks and stories. Does nothing where it is loaded."

    @failing_clearly
    @transaction.atomic
    def handle(self, *args, **options) -> None:
        if Story.objects.filter(origin="example").exists():
            self.stdout.write("The demo is loaded already.")
            return
        bodies, problems, _unread = read_bodies(read_csv(ORGANISATIONS))
        if problems:
            raise BadRows(problems)
        save_organisations(bodies=bodies, by=load.BY, is_example=True)
        stories = load.load_stories()
        load.load_people()
        load.load_meeting(stories)
        self.stdout.write(f"{len(stories)} example stories loaded.")
