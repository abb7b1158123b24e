from django.conf import settings
from django.urls import path

from .views import development, health, help, home

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", help.page, {"name": "about"}, name="about"),
    path("how-we-work-this-out/", help.how, name="how"),
    path("accessibility/", help.page, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", help.page, {"name": "privacy"}, name="privacy"),
    path("cookies/", help.page, {"name": "cookies"}, name="cookies"),
    path("help-with-disclosure/", help.page, {"name": "help_with_disclosure"}, name="help-with-disclosure"),
    path("feedback/", help.page, {"name": "feedback"}, name="feedback"),
    path("health/", health.health, name="health"),
]
if settings.DEBUG:
    urlpatterns += [
        path("dev/mail/", development.mail, name="mail"),
        path("dev/mail/<str:name>/", development.mail_html, name="mail-html"),
        path("dev/components/", development.components, name="components"),
    ]
