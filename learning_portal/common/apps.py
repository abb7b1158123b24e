from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "learning_portal.common"
    label = "common"
