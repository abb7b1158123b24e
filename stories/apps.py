from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"

    def ready(self) -> None:
        from learning_portal.common.mail import kinds
        from networks import began, evidence

        from . import mails
        from .evidence import shown_to_all
        from .meetings import story_before

        kinds.register(*mails.OWN)
        evidence.register(shown_to_all)
        began.register(story_before)
