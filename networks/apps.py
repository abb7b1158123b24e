from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"

    def ready(self) -> None:
        from learning_portal.common.mail import kinds

        from .mail_kinds import OWN

        kinds.register(*OWN)
