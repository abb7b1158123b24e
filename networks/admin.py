"""Reference data only: no story, no draft and no reader's data is ever shown here."""

from django.contrib import admin

from learning_portal.common.admin_site import NeverDeleted, Recorded

from .forms import NewTopicForm
from .models import Affiliation, Membership, Network, Organisation, Topic


@admin.register(Organisation)
class OrganisationAdmin(NeverDeleted):
    list_display = ["name_en", "kind", "nation", "population", "is_example"]
    list_filter = ["kind", "nation", "is_example"]
    search_fields = ["name_en", "name_cy", "aliases", "code"]
    raw_id_fields = ["replaced_by"]


@admin.register(Topic)
class TopicAdmin(NeverDeleted):
    """A bit is never reused, so a topic is never deleted."""

    list_display = ["name", "name_cy", "group", "bit"]
    list_filter = ["group"]
    search_fields = ["name", "name_cy"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """By these stories are compared and addresses made: once given, they never change."""
        return ["group", "slug", "bit", "code"] if obj else []

    def get_form(self, request, obj=None, change=False, **options):
        return super().get_form(request, obj, change, **options if obj else {**options, "form": NewTopicForm})


@admin.register(Network)
class NetworkAdmin(NeverDeleted):
    """A proposed network is known to its two convenors alone. Who can join, and whether it rests, is for convenors."""

    list_display = ["name_en", "state", "how_to_join", "elsewhere_url"]
    list_filter = ["state", "how_to_join"]
    filter_horizontal = ["topics"]
    readonly_fields = ["how_to_join", "elsewhere_url", "state", "merged_into", "started_on", "kept_on", "why_new"]

    def get_queryset(self, request):
        return super().get_queryset(request).shown()


@admin.register(Membership)
class MembershipAdmin(Recorded):
    list_display = ["network", "user", "is_convenor", "left_on"]
    raw_id_fields = ["user"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "network":
            kwargs["queryset"] = Network.objects.shown()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Affiliation)
class AffiliationAdmin(Recorded):
    list_display = ["user", "organisation", "capacity", "verified_on", "ended_on"]
    raw_id_fields = ["user", "organisation"]
