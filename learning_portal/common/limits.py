"""How often something may be tried, counted exactly over all workers: in one row of the database, by compare-and-set.

    wait = CODE_TRIES.take(f"{session}:{address}")   # seconds to wait, or 0: go on

Ask before anything that costs time or says something. The row holds a keyed hash, so a copy of the table names nobody.
"""

import dataclasses
import time

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from .models import Limit


@dataclasses.dataclass(frozen=True)
class Rate:
    """So many tries in so many seconds, which begin with the first."""

    name: str
    most: int
    seconds: int

    def take(self, key: str) -> int:
        """Count one try. 0 if it may go on, else the seconds to wait. Of any number at once, `most` go on."""
        what = self._hash(key)
        while True:
            now = int(time.time())
            counting = Limit.objects.filter(what=what, until__gt=now)
            if counting.filter(tries__lt=self.most).update(tries=F("tries") + 1):
                return 0
            until = counting.values_list("until", flat=True).first()
            if until is not None:
                return until - now
            if self._begin(what, now):
                return 0

    def _begin(self, what: str, now: int) -> bool:
        """Begin to count anew; False if somebody else began just now."""
        begun = {"tries": 1, "until": now + self.seconds}
        if Limit.objects.filter(what=what, until__lte=now).update(**begun):
            return True
        try:
            with transaction.atomic():
                Limit.objects.create(what=what, **begun)
        except IntegrityError:
            return False
        return True

    def forget(self, key: str) -> None:
        """It went well: what was tried before counts no more."""
        Limit.objects.filter(what=self._hash(key)).delete()

    def _hash(self, key: str) -> str:
        return salted_hmac("learning_portal.limits", f"{self.name}:{key}", algorithm="sha256").hexdigest()


CODE_TRIES = Rate("code tries", 5, 15 * 60)
"""Wrong codes of one browser for one address, as long as a code is good."""
CODES_AT_ONCE = Rate("codes at once", 3, 60)
CODES_AN_HOUR = Rate("codes an hour", 20, 60 * 60)
"""Codes mailed to one address, whether it has an account or not."""
CODES_FROM = Rate("codes from", 60, 60)
"""Codes that one network address asks for. A whole office, or a room where the portal is shown, may share one."""
SECOND_FACTOR_TRIES = Rate("second factor", 5, 5 * 60)
"""Wrong second factors of one person."""
SECOND_FACTOR_USED = Rate("second factor used", 1, 5 * 60)
"""A code of an app works once."""


def erase_old_limits() -> int:
    """Forget what counts no more; how many rows."""
    return Limit.objects.filter(until__lte=int(time.time())).delete()[0]
