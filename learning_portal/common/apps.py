from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "learning_portal.common"
    label = "common"

    def ready(self) -> None:
        from .mail import kinds

        kinds.register(*kinds.OWN)
