"""What somebody wants the matching desk to find."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from networks.choices import MeetingFormat
from networks.introduction_forms import CHOOSE, SHORTEN, LineField
from networks.introductions import Request
from networks.models import Topic
from networks.models.introduction import LONGEST_PLAN, LONGEST_QUESTION


class FindForm(forms.Form):
    """Shown again, to be confirmed, before it is sent."""

    name = LineField(
        label=_("Your name"),
        limit=120,
        error_messages={"required": _("Type your name: they see who asks")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    plan = CountedText(
        label=_("What are you planning?"),
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": SHORTEN, "required": _("Describe your plan in a sentence or two")},
    )
    question = LineField(
        label=_("What would you ask somebody who has done it?"),
        limit=LONGEST_QUESTION,
        error_messages={"required": _("Write one question at least")},
    )
    format = forms.ChoiceField(
        label=_("How would you like to meet?"),
        choices=MeetingFormat.choices,
        initial=MeetingFormat.VIDEO,
        widget=forms.RadioSelect,
        error_messages={**CHOOSE, "required": _("Choose how you would like to meet")},
    )

    def __init__(self, *args, name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if name:
            del self.fields["name"]

    def request(self, topics: list[Topic]) -> Request:
        told = self.cleaned_data
        return Request(
            questions=(told["question"],),
            format=told["format"],
            plan=told["plan"],
            topics=tuple(topics),
            name=told.get("name", ""),
        )
