"""When a mail may leave: at once, in the morning, or not yet. Pure: no Django, no database.

The outbox keeps moments as *quarters*: whole quarter hours since 1970, UTC. A column of them cannot hold a second.
"""

import dataclasses
import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
QUARTER = 15 * 60
"""Seconds."""
OPENS, CLOSES = 8, 18
"""Hours in London between which unasked mail leaves, on working days."""
GAP = timedelta(days=7)
"""Between two unasked mails to one person."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (15, 30, 60, 120, 240, 480, 960, 1440, 1440))
"""After each failed try, the longer the later."""
LAST_TRY = len(PAUSES) + 1
LAST_DIGEST = 3
"""In so many weekly mails that could not be delivered, a message goes along; then it has failed itself."""
LONGEST_DIGEST = 10
"""Messages in one weekly mail, unless more need an answer."""
MOST_FOLLOW_UPS = 2
"""A follow-up that was ignored so often is not sent again."""
STALE = timedelta(weeks=4)
"""After this, what needs no answer is no news any more."""


def begun(moment: datetime) -> int:
    """The quarter that this moment lies in."""
    return math.floor(moment.timestamp() / QUARTER)


def later(moment: datetime, pause: timedelta) -> int:
    """The first quarter that begins no sooner than this long after the moment."""
    return math.ceil((moment + pause).timestamp() / QUARTER)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries, of which there was at least one."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def day_of(moment: datetime) -> date:
    """Its date in London."""
    return moment.astimezone(LONDON).date()


def is_working_day(day: date) -> bool:
    """Monday to Friday, but not from Christmas Eve to New Year's Day. That pause also keeps either half of a year to 26
    unasked mails: July to December could hold 27 weeks' starts."""
    return day.weekday() < 5 and (day.month, day.day) < (12, 24) and (day.month, day.day) != (1, 1)


def is_mail_time(moment: datetime) -> bool:
    """Whether unasked mail may leave now."""
    local = moment.astimezone(LONDON)
    return is_working_day(local.date()) and OPENS <= local.hour < CLOSES


def next_morning(moment: datetime) -> int:
    """The quarter in which the next working day begins: what is queued today leaves with all else of today."""
    day = day_of(moment) + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return begun(datetime.combine(day, time(OPENS), LONDON))


def last_day_that_blocks(today: date) -> date:
    """Who had their weekly mail after this day gets none today."""
    return today - GAP


def before(moment: datetime, span: timedelta) -> int:
    """The quarter that lies this long before the moment."""
    return begun(moment - span)


def midnight(moment: datetime) -> int:
    """The quarter in which its day began in London: all that is kept of when something went."""
    return begun(datetime.combine(day_of(moment), time(), LONDON))


@dataclasses.dataclass(frozen=True)
class Waiting:
    """What decides the place of a message in a weekly mail."""

    key: int
    needs_answer: bool
    priority: int
    """Lower comes first."""
    since: int
    """The quarter from which it could have left."""


def digest_of(waiting: Iterable[Waiting]) -> list[Waiting]:
    """What goes into one person's weekly mail, in order: all that needs an answer, then as much else as it holds."""
    ordered = sorted(waiting, key=lambda one: (not one.needs_answer, one.priority, one.since, one.key))
    asking = sum(one.needs_answer for one in ordered)
    return ordered[: max(asking, LONGEST_DIGEST)]
