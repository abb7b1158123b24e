from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "learning_portal.site"
    label = "site"
