"""The admin for reference data, without the doors through which it would tell of stories."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class ReferenceAdminSite(admin.AdminSite):
    """Django's admin without "view on site": that shortcut takes any model's key, and so tells which stories exist."""

    def get_urls(self):
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]


class ReferenceAdminConfig(AdminConfig):
    default_site = "learning_portal.common.admin_site.ReferenceAdminSite"


class NeverDeleted(admin.ModelAdmin):
    """What stories may point at: Django's page before a deletion would list them, whoever may read them."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
