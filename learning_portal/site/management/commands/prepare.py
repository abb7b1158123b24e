from django.core.management import call_command
from django.core.management.base import BaseCommand

from networks.models import Topic
from stories.models import Story


class Command(BaseCommand):
    help = "Make an empty checkout ready to serve: tables, translations, topics, register, demo."

    def handle(self, *args, **options) -> None:
        call_command("compile_translations")
        call_command("migrate", verbosity=0)
        if not Topic.objects.exists():
            call_command("load_topics")
            call_command("load_register")
        if not Story.objects.exists():
            call_command("load_demo")
