"""Sign-in from an LMS: the settings as they stand, and a launch by an LMS of the test's own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.hub import a_hub

pytestmark = pytest.mark.slow

# What an LMS does: a key of its own, and tokens signed with it. PyJWT is among the hub's packages.
SIGNS = """
import json, sys, time, jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
key = rsa.generate_private_key(65537, 2048)
public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
print(json.dumps({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}), flush=True)
for line in sys.stdin:
    claims = {**json.loads(line), "iat": int(time.time()), "exp": int(time.time()) + 60}
    print(jwt.encode(claims, key, "RS256", headers={"kid": "one"}), flush=True)
"""
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"


class Signer:
    """An LMS: what it publishes, and what it signs."""

    def __init__(self, packages: Path, folder: Path) -> None:
        call = [sys.executable, "-c", SIGNS]
        env = a_hub.environment(packages, folder)
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(call, env=env, stdin=pipe, stdout=pipe, text=True, bufsize=1)
        self.keys = self._line()

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def signed(self, claims: Mapping[str, object]) -> str:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(claims) + "\n")
        return self._line()

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture
def lms(packages: Path, tmp_path: Path) -> Iterator[tuple[str, Signer]]:
    """The address of an LMS on loopback and its pen."""
    signer = Signer(packages, tmp_path)

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(signer.keys.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Keys) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}", signer
        server.shutdown()
    signer.end()


def test_an_lms_signs_its_people_in_and_nobody_else_can(
    tmp_path: Path, packages: Path, proxy: Path, lms: tuple[str, Signer]
) -> None:
    address, signer = lms
    local = (a_hub.HUB / "lms.py").read_text("utf-8").replace("https://lms.example.edu", address)
    local = local.replace('uri_scheme = "https"', 'uri_scheme = "http"')
    with a_hub.running(tmp_path / "hub", packages, proxy, local) as hub:
        assert 'name="password"' not in requests.get(f"{hub.url}/hub/login", timeout=30).text
        assert "Follow the link in your course." in requests.get(f"{hub.url}/hub/login", timeout=30).text
        assert launched(hub.url, address, signer, sub="4711") == ("4711", 200)
        assert launched(hub.url, address, signer, sub="../up")[1] == 403
        assert launched(hub.url, address, signer, sub="4711", aud="another-client")[1] >= 400
        forger = Signer(packages, tmp_path)
        assert launched(hub.url, address, forger, sub="4711")[1] >= 400
        forger.end()
    log = (tmp_path / "hub/hub.log").read_text("utf-8")
    assert "Ada Example" not in log and not re.search("Traceback", log)


def launched(hub: str, lms: str, signer: Signer, **claims: str) -> tuple[str, int]:
    """Follow the link in an LMS: the name that the hub then knows, and the status of its page."""
    with requests.Session() as browser:
        begin = {"iss": lms, "login_hint": "7", "target_link_uri": f"{hub}/hub/home"}
        begin |= {"client_id": "the-id-that-the-lms-shows", "lti_message_hint": "7"}
        sent = browser.post(f"{hub}/hub/lti13/oauth_login", data=begin, allow_redirects=False, timeout=30)
        asked = {name: each[0] for name, each in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
        token = {
            "iss": lms,
            "aud": asked["client_id"],
            "nonce": asked["nonce"],
            "name": "Ada Example",
            "email": "ada@example.org",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}target_link_uri": f"{hub}/hub/home",
            f"{CLAIM}resource_link": {"id": "1"},
            f"{CLAIM}roles": [],
            **claims,
        }
        form = {"id_token": signer.signed(token), "state": asked["state"]}
        page = browser.post(asked["redirect_uri"], data=form, timeout=30)
        home = browser.get(f"{hub}/hub/home", timeout=30)
        found = re.search(r'data-user="([^"]*)"|user: "([^"]*)"', home.text)
        return (found[1] or found[2]) if found else "", page.status_code
