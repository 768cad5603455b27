"""No word of a user in any log, at any level, whatever happened: marked text goes in, and is looked for."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from tests.slack_app import APP, context_for

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.logs import LIBRARY_EVENT, LibraryLogHandler, configure
from hcpcs_bot.serving.server import Server, asgi_app
from hcpcs_bot.settings import SettingsError
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import YOU

MARK = "Zyxwvut"
"""A patient's name that is in every text of the scenario and nowhere else."""
LIBRARIES = ("slack_sdk", "slack_bolt", "slack_bolt.AsyncApp", "slack_sdk.web.async_client", "aiohttp", "asyncio", "")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged at the lowest level, by us and by every library."""
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    stream = io.StringIO()
    configure("DEBUG", stream=stream, as_json=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, LibraryLogHandler)]:
        root.removeHandler(handler)
    structlog.reset_defaults()


class Breaking:
    """A desk that fails on every second question, with the question in its error."""

    def __init__(self) -> None:
        self._desk = starter_desk()
        self.catalog = self._desk.catalog
        self.companions = self._desk.companions
        self._asked = 0

    def ask(self, text: str, **more: Any) -> Any:
        self._asked += MARK in text
        if MARK in text and self._asked % 2 == 0:
            raise RuntimeError(f"no answer to {text}")
        return self._desk.ask(text, **more)

    def decode(self, text: str, **more: Any) -> Any:
        return self._desk.decode(text, **more)

    def suggest(self, text: str, **more: Any) -> Any:
        return self._desk.suggest(text, **more)


def serve(peer: SlackPeer) -> Server:
    return asgi_app(context_for(peer, Breaking(), burst=1_000))


async def scenario(peer: SlackPeer) -> None:
    """A person writes the mark wherever a person can write."""
    for _ in range(2):
        await peer.slash(f"/hcpcs is S9353 payable for {MARK}")
        await peer.slash(f"/hcpcs {MARK}")
        await peer.ask(f"@hcpcs S9328 for {MARK}")
        await peer.write(f"{MARK} had an insulin pump")
        await peer.shortcut("Decode HCPCS codes", await peer.say(f"{MARK}: S9353, 99213"))
        modal = await peer.shortcut("Look up a code")
        await peer.suggest("lookup", MARK, modal)
        await peer.enter("search", f"pump for {MARK}", await peer.open_home())
    shared = await peer.slash("/hcpcs S9328")
    await peer.press("Share to channel", shared)
    await peer.next()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
async def test_nothing_that_a_person_wrote_is_in_the_log_at_any_level(written: io.StringIO) -> None:
    async with connect_app(SlackPeer(APP, timeout=2.0), serve) as peer:
        await scenario(peer)
        secrets = (peer.bot_token, peer.signing_secret, "/hooks/", "trigger_id")
    log = written.getvalue()
    assert log.count("handled") > 10
    assert log.count('"failed"') > 2
    assert LIBRARY_EVENT in log
    assert MARK.lower() not in log.lower()
    assert YOU not in log
    for secret in secrets:
        assert secret not in log


def test_a_line_of_our_own_names_what_was_handled(written: io.StringIO) -> None:
    structlog.get_logger("hcpcs_bot.test").info("handled", codes=("S9328",), milliseconds=1.5)
    line = json.loads(written.getvalue())
    assert (line["event"], line["codes"], line["level"]) == ("handled", ["S9328"], "info")
    assert line["logger"] == "hcpcs_bot.test"


def test_a_library_s_error_keeps_its_kind_and_place_alone(written: io.StringIO) -> None:
    try:
        raise ValueError(MARK)
    except ValueError:
        logging.getLogger("slack_sdk.web").exception("failed on %s", MARK, stack_info=True)
    line = json.loads(written.getvalue())
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_logs.")
    assert MARK not in written.getvalue()


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR])
@pytest.mark.parametrize("library", [*filter(None, LIBRARIES), "uvicorn.access", "sqlalchemy.engine"])
def test_no_message_of_a_library_is_logged(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch, library: str, level: int
) -> None:
    logger = logging.getLogger(library)
    # A server that ran before in this process may have silenced it.
    monkeypatch.setattr(logger, "propagate", True)
    former = logger.level
    logger.setLevel(logging.DEBUG)
    logger.log(level, "payload of %s", MARK)
    logger.setLevel(former)
    line = json.loads(written.getvalue())
    assert (line["event"], line["level"]) == (LIBRARY_EVENT, logging.getLevelName(level).lower())
    assert MARK not in written.getvalue()


def test_a_place_alone_is_no_news_below_a_warning_unless_all_is_logged() -> None:
    stream = io.StringIO()
    configure("INFO", stream=stream)
    logger = logging.getLogger("alembic.runtime.migration")
    logger.setLevel(logging.INFO)
    logger.info("Context impl %s", MARK)
    assert stream.getvalue() == ""
    logger.warning("Payload of %s", MARK)
    assert json.loads(stream.getvalue())["event"] == LIBRARY_EVENT


def test_what_uvicorn_says_of_its_start_is_logged_whole(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    assert json.loads(written.getvalue())["event"] == "Started server process [7]"
    logging.getLogger("uvicorn.error").error("Exception in ASGI application for %s", MARK)
    assert MARK not in written.getvalue()


def test_the_level_is_kept(written: io.StringIO) -> None:
    configure("WARNING", stream=written, as_json=True)
    structlog.get_logger("hcpcs_bot").info("quiet")
    logging.getLogger("slack_sdk").info("quiet")
    assert written.getvalue() == ""
    structlog.get_logger("hcpcs_bot").warning("loud")
    assert "loud" in written.getvalue()


def test_an_unknown_level_is_one_clear_line() -> None:
    with pytest.raises(SettingsError, match="'LOUD' is not a log level: set HCPCS_LOG_LEVEL to"):
        configure("LOUD")
