"""Every address of the portal."""

from django.urls import register_converter

from learning_portal.common.public_ids import PublicIdConverter

register_converter(PublicIdConverter, "public_id")

urlpatterns = []

handler400 = "learning_portal.common.views.errors.bad_request"
handler403 = "learning_portal.common.views.errors.permission_denied"
handler404 = "learning_portal.common.views.errors.not_found"
handler500 = "learning_portal.common.views.errors.server_error"
