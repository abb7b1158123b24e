"""The pages of coffee rounds, of a network and of a round, for the tests that compare what two readers get."""

from learning_portal.common.public_ids import encode
from tests.asks import Ask, post
from tests.cast import Stage

PAGES = ("", "rounds/", "preview/")


def coffee_pages(stage: Stage) -> list[Ask]:
    return [
        *(Ask(f"/networks/{network.slug}/coffee/{page}") for network in stage.networks for page in PAGES),
        Ask("/networks/no-such-network/coffee/"),
        post(f"/networks/{stage.networks[0].slug}/coffee/", part="yes", reach="Ring me", name="A"),
        post(f"/networks/{stage.networks[0].slug}/coffee/rounds/", do="start", rhythm="monthly", starts_on="1/1/2027"),
        post(f"/networks/{stage.networks[0].slug}/coffee/preview/", do="make"),
        Ask(f"/networks/{stage.networks[0].slug}/coffee/", language="cy"),
        Ask(f"/coffee/{encode(1)}/"),
        Ask("/coffee/met/guess/"),
        post("/coffee/met/guess/", met="yes"),
    ]
