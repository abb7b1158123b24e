"""What each role gets from asking the matching desk, and from the desk."""

from django.utils import timezone

from learning_portal.common.public_ids import encode
from networks.models import Introduction
from tests.access_rows import (
    NOT_FOUND,
    NOT_FOUND_FORM,
    READ,
    SEND,
    SIGN_IN_FIRST,
    SIGN_IN_FORM,
    TEAM,
    Row,
    led_in,
    only,
)
from tests.cast import Stage


def at_desk(stage: Stage) -> str:
    """The author looks for somebody."""
    made = Introduction.objects.create(
        asker=stage.users["author"], questions="How?", format="call", state="at_desk", sent_on=timezone.localdate()
    )
    return f"/desk/{encode(made.pk)}/"


DESK = [
    Row("find/", SEND, but={"visitor": SIGN_IN_FORM}),
    Row("desk/", NOT_FOUND, but={"visitor": SIGN_IN_FIRST, **only(TEAM, READ)}),
    Row("desk/<public_id:key>/", NOT_FOUND_FORM, but=led_in(TEAM, SEND), path=at_desk),
    Row("desk/<public_id:key>/", NOT_FOUND_FORM, led_in(), lambda stage: f"/desk/{encode(1)}/", case="unknown"),
]
