"""Every address of the portal."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount.providers.openid_connect import views as organisation_views
from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from learning_portal.common.public_ids import PublicIdConverter
from learning_portal.common.views import second_factor, sign_in


def elsewhere(name: str):
    """A view that leads to another page, with the query string."""
    return RedirectView.as_view(pattern_name=name, query_string=True)


register_converter(PublicIdConverter, "public_id")

# Only those of allauth's pages that sign-in by code needs: there are no passwords to set, change or forget. Names that
# its mails and redirects still ask for lead to what stands in their place.
account_patterns = [
    path("", sign_in.RequestCode.as_view(), name="account_request_login_code"),
    path("start/", elsewhere("account_request_login_code"), name="account_login"),
    path("forgotten/", elsewhere("account_request_login_code"), name="account_reset_password"),
    path("address/", elsewhere("common:account"), name="account_email"),
    path("code/", sign_in.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("new/", sign_in.Signup.as_view(), name="account_signup"),
    path("verify/", sign_in.ConfirmAddress.as_view(), name="account_email_verification_sent"),
    path("out/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("again/", elsewhere("mfa_reauthenticate"), name="account_reauthenticate"),
]

second_factor_patterns = [
    path("", mfa_views.index, name="mfa_index"),
    path("sign-in/", second_factor.Authenticate.as_view(), name="mfa_authenticate"),
    path("again/", second_factor.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", second_factor.ReauthenticatePasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("app/", second_factor.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/", elsewhere("mfa_index"), name="mfa_list_webauthn"),
    path("passkeys/add/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkey_views.remove_webauthn, name="mfa_remove_webauthn"),
    path("recovery/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery/new/", recovery_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

organisation_patterns = [
    path("refused/", elsewhere("account_request_login_code"), name="socialaccount_login_cancelled"),
    path("failed/", elsewhere("account_request_login_code"), name="socialaccount_login_error"),
    path("new/", elsewhere("account_request_login_code"), name="socialaccount_signup"),
    path("all/", elsewhere("common:account"), name="socialaccount_connections"),
    path("<slug:provider_id>/", organisation_views.login, name="openid_connect_login"),
    path("<slug:provider_id>/back/", organisation_views.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path("", include("learning_portal.site.urls")),
    path("", include("learning_portal.common.urls")),
    path("", include("networks.urls")),
    path("", include("stories.urls")),
    path("sign-in/", include(account_patterns)),
    path("sign-in/with/", include(organisation_patterns)),
    path("account/second-factor/", include(second_factor_patterns)),
    path("admin/", admin.site.urls),
]

handler400 = "learning_portal.common.views.errors.bad_request"
handler403 = "learning_portal.common.views.errors.permission_denied"
handler404 = "learning_portal.common.views.errors.not_found"
handler500 = "learning_portal.common.views.errors.server_error"
