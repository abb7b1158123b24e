from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"

    def ready(self) -> None:
        from learning_portal.common.mail import kinds
        from networks.evidence import register

        from . import mails
        from .evidence import shown_to_all

        kinds.register(*mails.OWN)
        register(shown_to_all)
