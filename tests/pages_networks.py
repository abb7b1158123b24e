"""The pages of networks, as one reader would walk through them: nothing there says what is told to members alone, nor
which networks wait for a second convenor, but to those who may know."""

from learning_portal.common.public_ids import encode
from tests.asks import Ask, post
from tests.cast import Stage
from tests.worlds import key_of

OF_A_NETWORK = ("", "members/", "edit/", "join/", "rest/", "ask/")
SLUGS = ("network-of-0", "network-of-1", "hidden-network", "nowhere")
HIDDEN = tuple(key_of(f"hidden {name}") for name in ("post", "question", "admission"))
"""Keys of what `tests.networks.test_network_worlds` hides."""


def networking(stage: Stage, hidden: list[int]) -> list[Ask]:
    stories = [encode(key) for key in hidden[:2]]
    said, asked, admission = (encode(key) for key in HIDDEN)
    return [
        Ask("/networks/"),
        Ask("/networks/", language="cy"),
        Ask("/networks/?topic=problem-0"),
        Ask("/networks/?sector=1"),
        Ask("/networks/new/"),
        Ask("/networks/new/?topics=problem-0&sectors=1"),
        post("/networks/new/?topics=problem-0", name_en="Hidden network"),
        Ask("/networks/elsewhere/new/"),
        *(Ask(f"/networks/{slug}/{page}") for slug in SLUGS for page in OF_A_NETWORK),
        *(post(f"/networks/{slug}/{page}/") for slug in SLUGS for page in ("posts", "join/take-back", "move")),
        *(post("/networks/network-of-0/posts/", words="Hello", story=key) for key in stories),
        *(Ask(f"/networks/{slug}/questions/{asked}/") for slug in SLUGS[:2]),
        *(post(f"/networks/{slug}/posts/{said}/") for slug in SLUGS[:2]),
        *(Ask(f"/networks/{page}/{admission}/") for page in ("invitations", "proposed")),
        post(f"/networks/invitations/{admission}/", answer="accept"),
        Ask("/networks/still/guess/"),
        *(post(f"/networks/{slug}/leave/") for slug in SLUGS),
    ]
