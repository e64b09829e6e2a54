"""A small OpenID Connect provider on 127.0.0.1: honest unless it is told to lie."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from academy import clock
from academy.providers import Provider

CLIENT = "academy-client"
SECRET = "s3cret/with:signs"
Claims = dict[str, Any]
Change = Callable[[Claims], Claims]

KEY = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})


def same(claims: Claims) -> Claims:
    return claims


@dataclass(slots=True)
class House:
    """What the provider knows, and how it misbehaves."""

    issuer: str = ""
    user: Claims = field(default_factory=dict)
    codes: dict[str, Claims] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: list[RSAKey] = field(default_factory=lambda: [KEY])
    metadata: Change = same
    forge: Change = same
    tokens: Change = same
    userinfo: Claims | None = None
    sign: Callable[[Claims], str] = lambda claims: signed(claims)
    status: dict[str, int] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    drip: float = 0.0

    def authorise(self, location: str, **more: str) -> str:
        """Somebody signs in here: the address they are sent back to, as a path of the academy."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        code = f"code-{len(self.codes)}-{self.issuer[-4:]}"
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], **more}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(answer)}"

    def redeem(self, posted: Mapping[str, str]) -> tuple[int, Claims]:
        """The tokens a code stands for: once, for this client, and for who holds the verifier."""
        asked = self.codes.pop(posted.get("code", ""), None)
        digest = hashlib.sha256(posted.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["redirect_uri"] != posted.get("redirect_uri"):
            return 400, {"error": "invalid_grant", "error_description": "ada@aurore.example"}
        if asked["code_challenge"] != challenge or asked["code_challenge_method"] != "S256":
            return 400, {"error": "invalid_grant"}
        if (posted.get("client_id"), posted.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.user,
        }
        id_token = self.sign(self.forge(claims))
        given = {"access_token": "opaque", "token_type": "Bearer", "id_token": id_token}
        return 200, self.tokens(given)

    def document(self) -> Claims:
        return self.metadata(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/leave",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo else {}),
            }
        )

    def answer(self, path: str, posted: Mapping[str, str]) -> tuple[int, Any]:
        self.asked.append(path)
        if path in self.status:
            return self.status[path], {}
        if path == "/token":
            return self.redeem(posted)
        said: dict[str, Callable[[], Any]] = {
            "/.well-known/openid-configuration": self.document,
            "/keys": lambda: {"keys": [key.as_dict(private=False) for key in self.keys]},
            "/userinfo": lambda: self.userinfo,
        }
        return 200, said[path]()


def signed(claims: Claims, key: RSAKey = KEY, alg: str = "RS256") -> str:
    return jwt.encode({"alg": alg, "kid": key.kid}, claims, key, algorithms=[alg])


def provider(house: House, **more: Any) -> Provider:
    """How the settings describe it."""
    told = {
        "key": "house",
        "issuer": house.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "domains": frozenset({"aurore.example"}),
        "label_fr": "Compte Aurore",
        "label_en": "Aurore account",
    }
    return Provider(**{**told, **more})


class Street(ThreadingHTTPServer):
    """Where the house stands."""

    daemon_threads = True

    def __init__(self, house: House) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.house = house
        house.issuer = f"http://127.0.0.1:{self.server_port}"


class Door(BaseHTTPRequestHandler):
    """What is asked of the house, and what it says."""

    server: Street

    def do_GET(self) -> None:
        self._say(*self.server.house.answer(urlsplit(self.path).path, {}))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        posted = {name: values[0] for name, values in parse_qs(body).items()}
        self._say(*self.server.house.answer(urlsplit(self.path).path, posted))

    def _say(self, status: int, said: Any) -> None:
        house = self.server.house
        body = house.raw.get(urlsplit(self.path).path) or json.dumps(said).encode()
        self.send_response(status)
        if status in {301, 302}:
            self.send_header("Location", f"{house.issuer}/elsewhere")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # nobody waits for the end
            self._send(body, house.drip)

    def _send(self, body: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(body)
            return
        for one in body:
            self.wfile.write(bytes([one]))
            self.wfile.flush()
            time.sleep(drip)

    def log_message(self, *_said: Any) -> None:
        """Nothing of what a test asks is worth a line."""


@contextmanager
def open_house() -> Iterator[House]:
    """The provider, listening."""
    house = House()
    server = Street(house)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
