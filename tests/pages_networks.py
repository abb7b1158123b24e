"""The pages of networks, as one reader would walk through them: nothing there says what is told to members alone, nor
which networks wait for a second convenor, but to those who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learning_portal.common.public_ids import encode
from tests.worlds import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Stage
    from tests.pages import Ask

OF_A_NETWORK = ("", "members/", "edit/", "join/", "rest/", "ask/")
SLUGS = ("network-of-0", "network-of-1", "hidden-network", "nowhere")
HIDDEN = tuple(key_of(f"hidden {name}") for name in ("post", "question", "admission"))
"""Keys of what `tests.networks.test_network_worlds` hides."""


def networking(stage: Stage, hidden: list[int], ask: type[Ask], post: Callable[..., Ask]) -> list[Ask]:
    """The requests; `ask` and `post` make them, as in `tests/pages.py`, which this file cannot import."""
    stories = [encode(key) for key in hidden[:2]]
    said, asked, admission = (encode(key) for key in HIDDEN)
    return [
        ask("/networks/"),
        ask("/networks/", language="cy"),
        ask("/networks/?topic=problem-0"),
        ask("/networks/?sector=1"),
        ask("/networks/new/"),
        ask("/networks/new/?topics=problem-0&sectors=1"),
        post("/networks/new/?topics=problem-0", name_en="Hidden network"),
        ask("/networks/elsewhere/new/"),
        *(ask(f"/networks/{slug}/{page}") for slug in SLUGS for page in OF_A_NETWORK),
        *(post(f"/networks/{slug}/{page}/") for slug in SLUGS for page in ("posts", "join/take-back", "move")),
        *(post("/networks/network-of-0/posts/", words="Hello", story=key) for key in stories),
        *(ask(f"/networks/{slug}/questions/{asked}/") for slug in SLUGS[:2]),
        *(post(f"/networks/{slug}/posts/{said}/") for slug in SLUGS[:2]),
        *(ask(f"/networks/{page}/{admission}/") for page in ("invitations", "proposed")),
        post(f"/networks/invitations/{admission}/", answer="accept"),
        ask("/networks/still/guess/"),
        *(post(f"/networks/{slug}/leave/") for slug in SLUGS),
    ]
