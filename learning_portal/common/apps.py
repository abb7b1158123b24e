from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "learning_portal.common"
    label = "common"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_used
        from django.contrib.auth.signals import user_logged_in

        from . import second_factor, staff_sessions
        from .mail import kinds

        kinds.register(*kinds.OWN)
        user_logged_in.connect(staff_sessions.begin)
        authenticator_added.connect(second_factor.added)
        authenticator_used.connect(second_factor.used)
