"""Every address of the portal."""

from allauth.account import views as account_views
from django.contrib import admin
from django.urls import include, path, register_converter
from django.views.generic import RedirectView

from learning_portal.common.public_ids import PublicIdConverter


def elsewhere(name: str):
    """A view that leads to another page, with the query string."""
    return RedirectView.as_view(pattern_name=name, query_string=True)


register_converter(PublicIdConverter, "public_id")

# Only those of allauth's pages that sign-in by code needs: there are no passwords to set, change or forget. Names that
# its mails and redirects still ask for lead to what stands in their place.
account_patterns = [
    path("", account_views.request_login_code, name="account_request_login_code"),
    path("start/", elsewhere("account_request_login_code"), name="account_login"),
    path("forgotten/", elsewhere("account_request_login_code"), name="account_reset_password"),
    path("address/", elsewhere("common:account"), name="account_email"),
    path("code/", account_views.confirm_login_code, name="account_confirm_login_code"),
    path("new/", account_views.signup, name="account_signup"),
    path("verify/", account_views.email_verification_sent, name="account_email_verification_sent"),
    path("out/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
]

urlpatterns = [
    path("", include("learning_portal.site.urls")),
    path("", include("learning_portal.common.urls")),
    path("", include("stories.urls")),
    path("sign-in/", include(account_patterns)),
    path("admin/", admin.site.urls),
]

handler400 = "learning_portal.common.views.errors.bad_request"
handler403 = "learning_portal.common.views.errors.permission_denied"
handler404 = "learning_portal.common.views.errors.not_found"
handler500 = "learning_portal.common.views.errors.server_error"
