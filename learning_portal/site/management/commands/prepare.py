from django.core.management import call_command
from django.core.management.base import BaseCommand

from networks.models import Organisation, Topic
from stories.models import Story


class Command(BaseCommand):
    help = "Make a checkout ready to serve: tables, translations, roles, and topics, register and demo where none are."

    def handle(self, *args, **options) -> None:
        call_command("compile_translations")
        call_command("migrate", verbosity=0)
        call_command("load_roles")
        # Each by itself: whoever loaded one by hand still needs the other. What is there is the operator's own.
        if not Topic.objects.exists():
            call_command("load_topics")
        if not Organisation.objects.filter(is_example=False).exists():
            call_command("load_register")
        if not Story.objects.exists():
            call_command("load_demo")
