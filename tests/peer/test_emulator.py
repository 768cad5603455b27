"""The served app and an independent Slack emulator, each a process of its own, talk over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

from hcpcs_bot.slack.installation.app_manifest import MANIFEST

pytestmark = pytest.mark.peer

HERE = Path(__file__).resolve().parent
SECRET, TOKEN = "8f742231b10e8888abcd99yyyzzz85a5", "xoxb-emulated"
HCPCS = (sys.executable, "-c", "from hcpcs_bot.cli import main; main()")
PATIENCE = 20.0
NO = "No. S9353 is not payable by Medicare."


class Emulator:
    """The emulator's process: orders go in as lines, answers come out."""

    def __init__(self, node: str, desk: str) -> None:
        scopes = ",".join(MANIFEST["oauth_config"]["scopes"]["bot"])
        self._process = subprocess.Popen(
            [node, "emulator.mjs", desk, SECRET, TOKEN, scopes],
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        begun = self._read()
        self.api, self.bot = begun["url"].replace("localhost", "127.0.0.1") + "/api/", begun["bot"]

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def order(self, order: str, **details: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"order": order, **details}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def call(self, method: str, **details: Any) -> dict[str, Any]:
        """A person's call of the Web API."""
        answer = self.order("call", method=method, details=details)
        assert answer["ok"], answer
        return answer

    def replies(self, channel: str, ts: str, count: int = 1) -> list[dict[str, Any]]:
        """The answers in a thread, once there are ``count`` of them."""
        ending = time.monotonic() + PATIENCE
        while time.monotonic() < ending:
            messages = self.call("conversations.replies", channel=channel, ts=ts)["messages"]
            if len(messages) > count:
                return [message for message in messages if message["ts"] != ts]
            time.sleep(0.05)
        raise AssertionError("no answer came")

    def close(self) -> None:
        self._process.communicate(timeout=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def slack(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator, with ``hcpcs serve`` subscribed to its events."""
    port = free_port()
    emulator = Emulator(node, f"http://127.0.0.1:{port}/slack/events")
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": TOKEN,
        "HCPCS_HOME": str(tmp_path_factory.mktemp("home")),
    }
    serving = subprocess.Popen(
        [*HCPCS, "serve", "--starter", "--port", str(port), "--slack-api", emulator.api],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_known(port)
        yield emulator
    finally:
        serving.terminate()
        serving.wait(timeout=30)
        emulator.close()


def _wait_until_known(port: int) -> None:
    """Until the app has asked the emulator who it is, and was told."""
    ending = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < ending:
            try:
                parts = client.get(f"http://127.0.0.1:{port}/readyz").json()["parts"]
                if parts.get("slack", {}).get("condition") == "ok":
                    return
            except (httpx.TransportError, json.JSONDecodeError):
                pass
            time.sleep(0.05)
    raise AssertionError("hcpcs serve did not become ready")


def _mention(slack: Emulator, text: str) -> dict[str, Any]:
    posted = slack.call("chat.postMessage", channel="C000000001", text=f"<@{slack.bot}> {text}")["message"]
    return {**posted, "type": "app_mention", "channel": "C000000001"}


def test_a_mention_is_answered_in_its_thread_with_text_and_blocks(slack: Emulator) -> None:
    mention = _mention(slack, "is S9353 payable by Medicare?")

    assert slack.order("event", event=mention, event_id="Ev1")["status"] == 200

    [answer] = slack.replies("C000000001", mention["ts"])
    assert answer["text"].startswith(NO)
    assert answer["user"] == slack.bot
    assert answer["blocks"][0]["type"] == "header"


def test_a_delivery_that_is_repeated_is_answered_once(slack: Emulator) -> None:
    first, other = _mention(slack, "S9328"), _mention(slack, "S9353")

    for _ in range(3):
        assert slack.order("event", event=first, event_id="Ev2")["status"] == 200
    slack.order("event", event=other, event_id="Ev3")

    slack.replies("C000000001", other["ts"])
    assert len(slack.replies("C000000001", first["ts"])) == 1


def test_an_unsigned_delivery_is_refused(slack: Emulator) -> None:
    mention = _mention(slack, "S9328")

    assert slack.order("event", event=mention, event_id="Ev4", signed=False)["status"] == 401


def test_a_direct_message_is_answered_there(slack: Emulator) -> None:
    channel = slack.call("conversations.open", users=slack.bot)["channel"]["id"]
    posted = slack.call("chat.postMessage", channel=channel, text="is S9353 payable by Medicare?")["message"]
    event = {**posted, "type": "message", "channel": channel, "channel_type": "im"}

    assert slack.order("event", event=event, event_id="Ev5")["status"] == 200

    ending = time.monotonic() + PATIENCE
    texts: list[str] = []
    while time.monotonic() < ending and not any(text.startswith(NO) for text in texts):
        texts = [message["text"] for message in slack.call("conversations.history", channel=channel)["messages"]]
    assert any(text.startswith(NO) for text in texts)


def test_the_home_is_published(slack: Emulator) -> None:
    event = {"type": "app_home_opened", "user": "U000000001", "channel": "D000000001", "tab": "home"}

    assert slack.order("event", event=event, event_id="Ev6")["status"] == 200

    ending = time.monotonic() + PATIENCE
    homes: list[dict[str, Any]] = []
    while time.monotonic() < ending and not homes:
        homes = slack.order("homes")["homes"]
    assert homes[0]["user_id"] == "U000000001"
