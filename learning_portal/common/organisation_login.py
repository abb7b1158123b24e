"""Signing in with one's organisation's own login: what its server says is believed for its own addresses only."""

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from learning_portal.organisation_logins import OrganisationLogin


class OrganisationLoginAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse an address for which this server does not speak; keep nothing of what it tells besides.

        An account that the server's own number found must have the address that it names now: people leave, and
        numbers and addresses are given to others.
        """
        login = login_of(sociallogin.account.provider)
        address = _address(sociallogin, login) if login else None
        if address is None or (sociallogin.is_existing and sociallogin.user.email.lower() != address.email):
            raise ImmediateHttpResponse(refused(request))
        sociallogin.email_addresses = [address]
        if sociallogin.account.pk:
            forget_details(sociallogin.account)
        else:
            sociallogin.account.extra_data = {}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None):
        user = super().save_user(request, sociallogin, form)
        forget_details(sociallogin.account)
        return user

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data):
        user = sociallogin.user
        user.email = str(data.get("email") or "").strip().lower()[:254]
        user.name = " ".join(str(data.get("name") or "").replace("\x00", " ").split())[:120]
        return user

    def on_authentication_error(self, request: HttpRequest, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(refused(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount) -> str:
        return "/"


def login_of(provider_id: str) -> OrganisationLogin | None:
    return next((login for login in settings.ORGANISATION_LOGINS if login.id == provider_id), None)


def _address(sociallogin: SocialLogin, login: OrganisationLogin) -> EmailAddress | None:
    """The one proved address at one of the login's own domains. Domains match exactly."""
    for given in sociallogin.email_addresses:
        address = given.email.strip().lower()
        proved = given.verified is True or login.verified
        if proved and address.count("@") == 1 and address.rpartition("@")[2] in login.domains:
            return EmailAddress(email=address, verified=True, primary=True)
    return None


def refused(request: HttpRequest):
    messages.error(
        request,
        _("Your organisation's login did not tell us a work email address that we can trust. Ask for a code instead."),
    )
    return redirect("account_request_login_code")


def forget_details(account: SocialAccount) -> None:
    """When somebody signed in, and what their organisation tells of them, is kept nowhere."""
    SocialAccount.objects.filter(pk=account.pk).update(extra_data={}, last_login=account.date_joined)
