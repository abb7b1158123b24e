"""Words of Django and django-allauth that readers meet, and whose Welsh is missing there or wrong: marked here so that
extraction keeps ours."""

from django.utils.translation import gettext_noop as _

BORROWED = (
    _("Email"),
    _("Incorrect code."),
    _("Too many failed login attempts. Try again later."),
    _("Invalid or expired key."),
    _("Be patient, you are sending too many requests."),
    _("Enter a valid email address."),
    _("This field is required."),
    _("July"),
)
