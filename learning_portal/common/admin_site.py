"""The admin for reference data, without the doors through which it would tell of stories."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model
from django.http import HttpRequest

SHOWN = {"auth", "common", "networks"}


class ReferenceAdminSite(admin.AdminSite):
    """Django's admin for the reference data of these apps: what libraries register of their own stays out."""

    def register(self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class=None, **options) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().register([model for model in models if model._meta.app_label in SHOWN], admin_class, **options)

    def login(self, request: HttpRequest, extra_context=None):
        """By code, like everybody: Django's own form takes passwords, and any number of guesses."""
        from allauth.account.decorators import secure_admin_login  # needs the user model

        return secure_admin_login(super().login)(request, extra_context)

    def get_urls(self):
        """Without "view on site": that shortcut takes any model's key, and so tells which stories exist."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]


class ReferenceAdminConfig(AdminConfig):
    default_site = "learning_portal.common.admin_site.ReferenceAdminSite"


class NeverDeleted(admin.ModelAdmin):
    """What stories may point at: Django's page before a deletion would list them, whoever may read them."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
