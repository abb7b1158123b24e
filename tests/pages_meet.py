"""The pages about asking and meeting, for the tests that compare what two readers get."""

from learning_portal.common.public_ids import encode
from tests.asks import Ask, post
from tests.cast import Stage


def introducing(stage: Stage, hidden: list[int]) -> list[Ask]:
    """Asking about stories that are seen, that are not, and that have no name; and what became of it."""
    seen = [story.pk for story in stage.shelf[:8]]
    words = {"text": "How did you tell the board?", "question_1": "How?", "format": "call", "name": "Ann Example"}
    return [
        *(Ask(f"/stories/{encode(key)}/ask/{page}") for key in [*seen, *hidden] for page in ("", "sent/")),
        *(post(f"/stories/{encode(key)}/ask/", **words) for key in [*seen, *hidden]),
        *(Ask(f"/stories/{encode(key)}/ask/", "HEAD") for key in hidden[:1]),
        *(Ask(f"/stories/{encode(key)}/ask/", language="cy") for key in hidden[:2]),
        Ask(f"/people/{stage.contact.public_id}/ask/"),
        Ask("/meet/"),
        Ask("/meet/", language="cy"),
        Ask("/meet/reports/"),
        *(Ask(f"/meet/{part}{encode(1)}/") for part in ("", "sent/")),
        Ask(f"/meet/{encode(1)}/change/"),
        Ask("/meet/with/guess/change/"),
        *(Ask(f"/meet/{part}/guess/") for part in ("answer", "with", "afterwards")),
    ]
