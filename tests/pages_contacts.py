"""What one reader walks through of cards and people, for `pages`."""

from learning_portal.common.public_ids import encode
from tests.asks import Ask, post
from tests.cast import Stage
from tests.worlds import key_of

HIDDEN_CARDS = tuple(key_of(f"hidden card {number}") for number in range(8))
"""Keys that a world may have cards for. This reader sees none of them."""
QUERIES = ("topic=problem-0", "format=visit", "sector=1", "language=cy", "network=network-of-0", "order=newest&page=2")


def contact_pages(stage: Stage) -> list[Ask]:
    keys = [encode(key) for key in HIDDEN_CARDS[:2]]
    own = f"/people/{stage.contact.public_id}/"
    return [
        Ask("/people/"),
        Ask("/people/", language="cy"),
        *(Ask(f"/people/?{query}") for query in QUERIES),
        Ask(own),
        Ask(f"{own}left/"),
        *(Ask(f"/people/{key}/{page}") for key in keys for page in ("", "left/")),
        post(f"/people/{keys[0]}/left/", words="Gone."),
        Ask("/people/at-risk/"),
        post("/people/at-risk/", report=keys[0], answer="left"),
        Ask("/people/left/guess/"),
        Ask("/card/answer/guess/"),
        Ask("/account/card/"),
        *(Ask(f"/account/card/{part}/") for part in ("who", "help", "how", "audience")),
        post("/account/card/who/", name="Ann Example", role="Chief", audience="members", deputy=keys[0]),
    ]
