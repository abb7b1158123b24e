from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"

    def ready(self) -> None:
        from learning_portal.common.mail import kinds

        from . import mails

        kinds.register(*mails.OWN)
