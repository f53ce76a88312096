"""A small OpenID Connect provider on loopback, whose accounts are whatever claims a test gives them."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "houseview", "only-for-tests"

Claims = Mapping[str, object]


class Provider(ThreadingHTTPServer):
    """Signs in, with PKCE and without a password, whoever picks an account on its page."""

    def __init__(self, accounts: Mapping[str, Claims]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.accounts = accounts
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.pending: dict[str, dict[str, str]] = {}

    def secrets_toml(self, app: str) -> str:
        """Return the `secrets.toml` of an app at an address."""
        return (
            f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{secrets.token_hex(32)}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{self.address}/.well-known/openid-configuration"\n'
        )

    def discovery(self) -> dict[str, object]:
        at = self.address
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def choice(self, asked: dict[str, str]) -> str:
        """Return the page on which an account is picked."""
        links = "".join(
            f'<p><a href="/pick?{escape(urlencode({**asked, "account": name}))}">{escape(name)}</a></p>'
            for name in self.accounts
        )
        return f"<!doctype html><title>Accounts</title>{links}"

    def picked(self, asked: dict[str, str]) -> str:
        """Return where the browser goes with the code for the account that it picked."""
        code = secrets.token_urlsafe()
        self.pending[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, object] | None:
        """Return the tokens for a code, given once, to whoever proves to have asked for it."""
        asked = self.pending.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if asked is None or urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": asked["nonce"]}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.accounts[asked["account"]], self.key)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600, "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, _fields(urlsplit(self.path).query)
        if path == "/pick":
            self.send_response(302)
            self.send_header("Location", self.server.picked(asked))
            self.end_headers()
        elif path == "/authorize":
            self._send(self.server.choice(asked).encode(), "text/html")
        elif path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        else:
            self._json(self.server.discovery())

    def do_POST(self) -> None:
        form = _fields(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.token(form)
        self._json(token or {"error": "invalid_grant"}, 200 if token else 400)

    def log_message(self, *_: object) -> None:
        pass

    def _json(self, value: object, status: int = 200) -> None:
        self._send(json.dumps(value).encode(), "application/json", status)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _fields(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def providing(accounts: Mapping[str, Claims]) -> Iterator[Provider]:
    """Run a provider of some accounts."""
    server = Provider(accounts)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
