"""The admin for reference data, without the doors through which it would tell of stories."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


class ReferenceAdminSite(admin.AdminSite):
    """Django's admin for what is registered with a class of ours: what libraries register of their own stays out."""

    def register(self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class=None, **options) -> None:
        if admin_class and issubclass(admin_class, Recorded):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context=None):
        """By code, like everybody: Django's own form takes passwords, and any number of guesses, so it is never
        shown."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        from allauth.account.decorators import secure_admin_login  # needs the user model

        return secure_admin_login(super().login)(request, extra_context)

    def get_urls(self):
        """Without "view on site": that shortcut takes any model's key, and so tells which stories exist."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]


class ReferenceAdminConfig(AdminConfig):
    default_site = "learning_portal.common.admin_site.ReferenceAdminSite"


class Recorded(admin.ModelAdmin):
    """Each thing that is added, changed or deleted leaves a line in the audit trail: by whom, and what it is now."""

    def save_related(self, request, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or not change:
            self._record(request, "changed" if change else "added", form.instance, changes_in(form))

    def delete_model(self, request, obj: Model) -> None:
        self._record(request, "deleted", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset: QuerySet) -> None:
        for obj in queryset:
            self._record(request, "deleted", obj)
        super().delete_queryset(request, queryset)

    def _record(self, request, done: str, obj: Model, detail: str = "") -> None:
        from .actions import record  # needs the models

        record(by=request.user.email, verb=f"{done} {self.opts.model_name}", subject=f"{obj} [{obj.pk}]", detail=detail)


def changes_in(form: ModelForm) -> str:
    """Each field that was changed, on a line of its own, with what stands there now."""
    return "\n".join(f"{name}: {_in_words(form.cleaned_data[name])}" for name in form.changed_data)


def _in_words(value: Any) -> str:
    if isinstance(value, QuerySet | list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None or value == "" else str(value)


class NeverDeleted(Recorded):
    """What stories may point at: Django's page before a deletion would list them, whoever may read them."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
