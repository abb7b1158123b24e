"""A passkey in software, as a browser would answer for it: ES256, no attestation."""

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "https://testserver"
HOST = "testserver"
PRESENT_AND_VERIFIED, WITH_CREDENTIAL = 0x05, 0x40


class Passkey:
    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)

    def create(self, options: dict[str, Any]) -> str:
        """The answer to the options of `navigator.credentials.create`, as JSON."""
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        authenticator = AuthenticatorData.create(
            hashlib.sha256(HOST.encode()).digest(), PRESENT_AND_VERIFIED | WITH_CREDENTIAL, 0, data
        )
        attestation = AttestationObject.create("none", authenticator, {})
        client = _client_data("webauthn.create", options)
        return self._answer({"clientDataJSON": client, "attestationObject": bytes(attestation)})

    def get(self, options: dict[str, Any]) -> str:
        """The answer to the options of `navigator.credentials.get`, as JSON."""
        client = _client_data("webauthn.get", options)
        rp = hashlib.sha256(HOST.encode()).digest()
        authenticator = rp + bytes([PRESENT_AND_VERIFIED]) + struct.pack(">I", 1)
        signature = self.key.sign(authenticator + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": authenticator, "signature": signature})

    def _answer(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {key: websafe_encode(value) for key, value in response.items()},
                "clientExtensionResults": {},
            }
        )


def _client_data(kind: str, options: dict[str, Any]) -> bytes:
    challenge = options["publicKey"]["challenge"]
    return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}).encode()
