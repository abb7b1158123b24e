"""What a member says to the others, of a story or of anything."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from networks.network_talk_forms import PostForm

from ..models import Story


class StoryField(forms.ModelChoiceField):
    def label_from_instance(self, story: Story) -> str:
        return story.content.title


class TalkForm(PostForm):
    story = StoryField(
        Story.objects.none(),
        label=_("Is it about one of these stories?"),
        empty_label=_("No, about something else"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list")},
    )

    def __init__(self, *args, stories: QuerySet[Story], **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["story"]).queryset = stories.select_related("published_version")
