"""The proxies with TLS: valid, and what they pass on to a real server behind them."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.deploy.tools import DEPLOY, program, run

from hcpcs_bot.http.admission.body_limit import LARGER_BODIES
from hcpcs_bot.settings import Settings

CADDYFILE = DEPLOY / "proxy/Caddyfile"
NGINX = DEPLOY / "proxy/nginx.conf"


class Headers(BaseHTTPRequestHandler):
    """Answers every request with the headers that it had."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer()

    def _answer(self) -> None:
        body = json.dumps({"path": self.path, **{name.lower(): text for name, text in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def behind() -> Iterator[int]:
    """The port of a server behind the proxy."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Headers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """The proxy, once it listens."""
    with (folder / "proxy.log").open("wb") as log:
        environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "proxy.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(params=["caddy", "nginx"])
def proxy(request: pytest.FixtureRequest, behind: int, tmp_path: Path) -> Iterator[HTTPConnection]:
    """A connection to each of the proxies, with its own configuration but for addresses and certificate."""
    port = _free_port()
    if request.param == "caddy":
        config = CADDYFILE.read_text(encoding="utf-8").replace("127.0.0.1:3000", f"127.0.0.1:{behind}")
        config = config.replace("desk.example.com {", f"http://127.0.0.1:{port} {{", 1)
        path = tmp_path / "Caddyfile"
        path.write_text("{\n\tadmin off\n\tpersist_config off\n}\n" + config, encoding="utf-8")
        command = [program("caddy"), "run", "--config", str(path), "--adapter", "caddyfile"]
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
    else:
        path = _nginx(tmp_path, port=port, behind=behind)
        command = [program("nginx"), "-p", str(tmp_path), "-c", str(path), "-e", "stderr", "-g", "daemon off;"]
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)
    with _running(command, port, tmp_path):
        yield connection
        connection.close()


def _nginx(folder: Path, *, port: int, behind: int) -> Path:
    """The configuration around the file, as Debian's ``nginx.conf`` includes it."""
    subject = ("-subj", "/CN=desk.example.com", "-days", "2", "-nodes")
    pair = ("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem")
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", *subject, *pair)
    text = NGINX.read_text(encoding="utf-8").replace("/etc/ssl/hcpcs", str(folder))
    text = text.replace("127.0.0.1:3000", f"127.0.0.1:{behind}").replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("listen 80", f"listen 127.0.0.1:{_free_port()}")
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""  # its workers write into our folder
    path = folder / "nginx.conf"
    path.write_text(
        f"{user}pid {folder}/pid; worker_processes 1; events {{}} http {{ access_log off; {places}\n{text}\n}}",
        encoding="utf-8",
    )
    return path


def _asked(proxy: HTTPConnection, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
    proxy.request(method, path, body or None, {name.replace("_", "-"): text for name, text in headers.items()})
    response = proxy.getresponse()
    content = response.read()
    return response.status, json.loads(content) if content.startswith(b"{") else content


def test_a_signed_request_reaches_the_server_unchanged(proxy: HTTPConnection) -> None:
    status, seen = _asked(proxy, "POST", "/slack/events", b"payload=1", x_slack_signature="v0=1", content_type="a/b")
    assert status == 200
    assert (seen["x-slack-signature"], seen["content-type"], seen["content-length"]) == ("v0=1", "a/b", "9")


def test_a_client_cannot_say_who_it_is(proxy: HTTPConnection) -> None:
    _, seen = _asked(proxy, "GET", "/codes/S9353", x_forwarded_for="203.0.113.7")
    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert "x-forwarded-proto" in seen


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/livez"])
def test_health_and_metrics_stay_inside(proxy: HTTPConnection, path: str) -> None:
    assert _asked(proxy, "GET", path)[0] == 404


def test_a_body_larger_than_the_server_takes_is_refused(proxy: HTTPConnection) -> None:
    assert _asked(proxy, "POST", "/api/v1/ask", b"x" * 3_000_000)[0] == 413


def test_a_claims_file_may_be_as_large_as_the_server_takes(proxy: HTTPConnection) -> None:
    for path, bound in LARGER_BODIES.items():
        status, seen = _asked(proxy, "POST", path, b"x" * (bound.bytes - 1_000))
        assert (status, seen["content-length"]) == (200, str(bound.bytes - 1_000))


def test_caddy_accepts_its_file_in_its_own_format() -> None:
    run("caddy", "validate", "--config", CADDYFILE, "--adapter", "caddyfile")
    run("caddy", "fmt", "--diff", CADDYFILE)


def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    run("nginx", "-t", "-p", tmp_path, "-e", "stderr", "-c", _nginx(tmp_path, port=_free_port(), behind=_free_port()))


@pytest.mark.parametrize(("file", "pattern"), [(CADDYFILE, r"keepalive (\d+)s"), (NGINX, r"keepalive_timeout (\d+)s")])
def test_the_proxy_ends_an_idle_connection_before_the_server_does(file: Path, pattern: str) -> None:
    seconds = [int(number) for number in re.findall(pattern, file.read_text(encoding="utf-8"))]
    assert seconds[0] < Settings().keep_alive_seconds
