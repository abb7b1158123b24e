from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by code. Organisations and second factors come with the telling of stories."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody may have an account: it shows them nothing more until somebody has verified where they work."""
        return True

    def populate_username(self, request: HttpRequest, user) -> None:
        """The e-mail address is the name."""
