from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from .admin_site import NeverDeleted, Recorded
from .models import AuditEvent, User


@admin.register(User)
class UserAdmin(NeverDeleted):
    list_display = ["email", "name", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "groups"]


@admin.register(Group)
class RoleAdmin(Recorded, GroupAdmin):
    """Roles are groups of the names in `Role`."""


@admin.register(AuditEvent)
class AuditEventAdmin(NeverDeleted):
    """The trail is read here. Nothing in it is ever written by hand."""

    list_display = ["at", "by", "verb", "subject"]
    search_fields = ["by", "verb", "subject"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
