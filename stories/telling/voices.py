"""Page 1: the voices, each with the plain paragraph that says what it means, and where it happened."""

import dataclasses
from collections.abc import Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from networks.models import Organisation

from ..choices import Voice


class Hinted(forms.RadioSelect):
    """Radios whose choices each have a hint below: see `_offers.html`."""

    def create_option(self, *args, **kwargs):
        option = super().create_option(*args, **kwargs)
        if identifier := option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{identifier}_hint"
        return option


class HintedBoxes(Hinted, forms.CheckboxSelectMultiple):
    """The same with boxes."""


@dataclasses.dataclass(frozen=True)
class Choice:
    """A choice and what it means."""

    label: Promise
    hint: Promise


VOICES = [
    (
        Voice.NAMED,
        Choice(
            _("Named"),
            _(
                "Your organisation stands on the story. We keep that you wrote it, so that you can come back to it, "
                "and people who plan something similar can be led to you if you offer that."
            ),
        ),
    ),
    (
        Voice.CONFIDENTIAL,
        Choice(
            _("Confidential"),
            _(
                "Readers see a kind of place that at least five organisations share, such as a medium-sized council in "
                "Wales. The service keeps a link to you for messages. It is erased when you say so, when you withdraw "
                "the story, and 90 days after publication. Only a custodian can open it, for a written reason, and you "
                "are told."
            ),
        ),
    ),
    (
        Voice.ANONYMOUS,
        Choice(
            _("Anonymous"),
            _(
                "We check that you are a verified public servant, and then keep no link. You get a receipt to write "
                "down: it is the only way back, and we cannot replace it. Two different moderators must agree. If you "
                "do not answer a question within eight weeks, the story is erased."
            ),
        ),
    ),
]


class VoiceForm(forms.Form):
    """Page 1: keep my name? And where it happened, for those who work at more than one place."""

    voice = forms.ChoiceField(
        label=_("Shall we keep your name?"),
        choices=VOICES,
        widget=Hinted,
        error_messages={
            "required": _("Choose whether we keep your name"),
            "invalid_choice": _("Choose whether we keep your name"),
        },
    )

    def __init__(self, *args, places: Sequence[Organisation] = (), **kwargs):
        super().__init__(*args, **kwargs)
        if len(places) > 1:
            message = _("Choose the organisation where it happened")
            self.fields["place"] = forms.ChoiceField(
                label=_("Where did it happen?"),
                choices=[(place.code, place.name) for place in places],
                widget=forms.RadioSelect,
                error_messages={"required": message, "invalid_choice": message},
            )
