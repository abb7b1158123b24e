from django.contrib import admin

from .admin_site import NeverDeleted
from .models import User


@admin.register(User)
class UserAdmin(NeverDeleted):
    list_display = ["email", "name", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "groups"]
