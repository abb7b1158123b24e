"""A passkey in a real browser: its authenticator is Chromium's own, in software."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.roles import NEWCOMER

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def origin(portal, settings) -> str:
    """Browsers make passkeys for names only, and without TLS for this one alone."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    return portal.url.replace("127.0.0.1", "localhost")


class Device:
    """The device of one tab: it has a passkey or not, and its owner is recognised or not."""

    def __init__(self, page: Page):
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]

    @property
    def passkeys(self) -> list[dict]:
        return self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def recognises(self, owner: bool) -> None:
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": owner})


def sign_in_by_code(page: Page) -> None:
    page.goto("/sign-in/?next=/custody/")
    page.locator("input[name=email]").fill(NEWCOMER)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    [code] = re.findall(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.MULTILINE)
    page.locator("input[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()


def test_one_is_added_and_is_the_second_factor_from_then_on(tab, portal, origin):
    page = tab(session=portal.sessions["newcomer"], base_url=origin)
    device = Device(page)
    page.goto("/custody/")
    expect(page.locator("h1")).to_have_text("Your second factor")
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("input[name=name]").fill("Blue laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    [passkey] = device.passkeys
    page.goto("/account/second-factor/")
    expect(page.locator("main")).to_contain_text("Blue laptop")

    page.goto("/sign-in/out/")
    page.locator("main form button[type=submit]").first.click()
    sign_in_by_code(page)
    expect(page.locator("h1")).to_have_text("Show your second factor")
    device.recognises(owner=False)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("The passkey did not work. Try again, or use another way.")
    device.recognises(owner=True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_have_text("Who wrote a confidential story")
    [used] = device.passkeys
    assert (used["credentialId"], used["signCount"]) == (passkey["credentialId"], passkey["signCount"] + 1)
