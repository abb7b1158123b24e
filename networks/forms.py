"""Forms for the staff who look after the reference data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import TopicGroup
from .models import Topic


class NewTopicForm(forms.ModelForm):
    """A topic that the team adds. It is given the next numbers that no topic has had."""

    beside = forms.ModelChoiceField(
        Topic.objects.filter(group=TopicGroup.SERVICE),
        label=_("Related service area"),
        help_text=_("For a service area: one that counts as half like it. Leave it empty for other topics."),
        required=False,
    )

    class Meta:
        model = Topic
        fields = ["name", "slug", "group", "beside", "name_cy", "meaning_en", "meaning_cy", "words_en", "words_cy"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        group, beside = cleaned.get("group"), cleaned.get("beside")
        if not group or "beside" in self.errors:
            return cleaned
        if (group == TopicGroup.SERVICE) != bool(beside):
            self.add_error("beside", _("Choose one for a service area, and none for other topics"))
            return cleaned
        self.instance.bit = Topic.next_bit(group)
        self.instance.code = Topic.next_code(beside.code) if beside else None
        if self.instance.bit is None:
            self.add_error("group", _("This group is full: it has all the topics that can be compared"))
        elif beside and self.instance.code is None:
            self.add_error("beside", _("Eight service areas are related to this one already. Choose another"))
        return cleaned
