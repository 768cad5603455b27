"""The README followed literally: CMS's site, its files and Slack are stand-ins, all else is what a reader runs."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import httpx2
import pytest
import yaml
from tests.bot.cms_page import ZIPS, link, path_of
from tests.bot.companion_site import CompanionSite, fees_zip, limits_zip
from tests.bot.some_releases import JULY
from tests.cms_server import PAGE_PATH, CmsServer, Served, serving
from tests.distribution.readme import ROOT, commands, environment, exported
from tests.peer.test_emulator import free_port
from tests.src.hcpcs.releases.writing import fixed_text, zip_of

from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE
from slack_peer.app_manifest import AppManifest
from slack_peer.delivery.connection import Post, Reply, SignedConnection, sign
from slack_peer.peer import SlackPeer

pytestmark = pytest.mark.slow

SLACK: Final = "In your Slack"
FILES: Final = {
    "october-2025-alpha-numeric-hcpcs-file.zip": ZIPS["october"],
    "2018-Alpha-Numeric-HCPCS-File.zip": zip_of({"HCPC2018_CONTR_ANWEB.txt": fixed_text(*JULY.records)}),
    "dme26.zip": fees_zip("January", 2026),
    "january-2026-asp-pricing-file.zip": limits_zip("January", 2026),
    "claims.csv": b"hcpcs,dos,n\nS9353,2025-10-02,1\n",
    "HCPC2020_OCT_ANWEB.txt": fixed_text(*JULY.records),
}
"""What a reader has in the folder. The last is loaded beforehand, since the README compares its release."""


@pytest.fixture(scope="module")
def cms() -> Iterator[CmsServer]:
    """A server in the place of cms.gov, with pages of releases and companion files."""
    with serving(CmsServer()) as server:
        server.things[path_of("october")] = Served(ZIPS["october"], etag='"october"')
        CompanionSite(server)
        server.page(link("october"))
        server.things[QUARTERLY_PAGE.removeprefix("https://www.cms.gov")] = server.things.pop(PAGE_PATH)
        yield server


@pytest.fixture(scope="module")
def reader(cms: CmsServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reader's environment, after the section about loading, each command of which must have worked."""
    folder = tmp_path_factory.mktemp("reader")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    variables = environment(HCPCS_HOME=str(folder / "home"), HCPCS_CMS_URL=cms.address, PWD=str(folder))
    for words in commands("Load the full code set"):
        # Some companion files are not on the pages of the stand-in, and that is said.
        run(words, variables, accepted={0, 1} if words[1] == "update" else {0})
    run(["hcpcs", "load", "HCPC2020_OCT_ANWEB.txt"], variables)
    return variables


def run(words: list[str], variables: Mapping[str, str], accepted: set[int] | frozenset[int] = frozenset({0})) -> str:
    """What a command prints."""
    ran = subprocess.run(
        words, cwd=variables["PWD"], env=dict(variables), capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode in accepted, f"{' '.join(words)}\n{ran.stdout}{ran.stderr}"
    assert "Traceback" not in ran.stderr
    return ran.stdout


def test_make_run_sets_up_what_it_needs_and_answers(tmp_path: Path) -> None:
    first, second = commands("Try it")
    assert (first, second) == (["make", "run"], ["make", "test"])
    tools = os.pathsep.join([os.environ["PATH"], str(ROOT / ".venv-deploy" / "bin")])
    variables = environment(HCPCS_HOME=str(tmp_path / "home"), PWD=str(ROOT), CI="1") | {"PATH": tools}
    printed = run([*first, f"VENV={tmp_path / 'venv'}"], variables)
    assert "MB to download" in printed
    assert printed.count("No. S9353 is not payable by Medicare.") == 2, "in the terminal, and in the playground"
    assert "Setting up" not in run([*first, f"VENV={tmp_path / 'venv'}"], variables)


def test_the_command_is_installed_as_a_tool(tmp_path: Path) -> None:
    ((*_, package),) = commands("Install")
    uv = shutil.which("uv", path=os.pathsep.join([str(ROOT / ".venv-deploy" / "bin"), os.environ["PATH"]]))
    if uv is None:
        pytest.skip("uv is not on this machine (make deploy-tools)")
    folders = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    run([uv, "tool", "install", package], environment(PWD=str(ROOT), **folders))
    variables = environment(HCPCS_HOME=str(tmp_path / "home"), PWD=str(tmp_path))
    assert "No. S9353" in run([str(tmp_path / "bin" / "hcpcs"), "ask", "is S9353 payable by Medicare?"], variables)
    assert "No. S9353" in run([str(tmp_path / "bin" / "hcpcs"), "playground", "--exit"], variables)


def test_every_command_of_the_terminal_works(reader: dict[str, str]) -> None:
    for words in commands("In the terminal"):
        printed = run([*words, "--exit"] if words[1] == "playground" else words, reader)
        assert printed or "--output" in words, words
    assert "S9353" in (Path(reader["PWD"]) / "annotated.csv").read_text(encoding="utf-8")


def steps(program: str, option: str = "") -> list[list[str]]:
    """The commands of a program in the section about Slack that have an option."""
    return [words for words in commands(SLACK) if words[0] == program and (not option or option in words)]


@asynccontextmanager
async def workspace(printed: str) -> AsyncIterator[SlackPeer]:
    """A workspace in which the app was made from the manifest that was printed."""
    peer = SlackPeer(AppManifest.from_mapping(yaml.safe_load(printed)), timeout=60)
    await peer.start()
    try:
        yield peer
    finally:
        await peer.stop()


@asynccontextmanager
async def started(words: list[str], variables: Mapping[str, str]) -> AsyncIterator[None]:
    process = await asyncio.create_subprocess_exec(
        *words, env=dict(variables), cwd=variables["PWD"], stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def secrets_of(peer: SlackPeer, words: list[str]) -> dict[str, str]:
    """What the reader copied from Slack's pages: for every variable that the README exports, and no other."""
    values = {
        "SLACK_BOT_TOKEN": peer.bot_token,
        "SLACK_APP_TOKEN": peer.app_token,
        "SLACK_SIGNING_SECRET": peer.signing_secret,
    }
    return {name: values[name] for name in exported(words)}


async def test_the_steps_of_socket_mode_end_with_answers(reader: dict[str, str]) -> None:
    (manifest,), (serve,) = steps("hcpcs", "--socket")[:1], steps("hcpcs", "--socket")[1:]
    (export,) = (words for words in steps("export") if "SLACK_APP_TOKEN" in exported(words))
    async with workspace(run(manifest, reader)) as peer:
        stand_in = ["--slack-api", peer.api_url, "--port", str(free_port())]
        async with started([*serve, *stand_in], reader | secrets_of(peer, export)):
            await peer.connect_socket()
            assert "S9328" in (await peer.slash("/hcpcs S9328")).text
            assert "S9353" in (await peer.ask("@hcpcs is S9353 payable by Medicare?")).text
            assert "S9353" in (await peer.write("is S9353 payable by Medicare?")).text
        assert peer.violations == []


async def test_over_http_slack_can_check_the_address_only_once_the_server_runs(reader: dict[str, str]) -> None:
    (manifest,) = [words for words in steps("hcpcs", "--host") if words[1] == "manifest"]
    (serve,) = [words for words in steps("hcpcs", "--port") if words[1] == "serve"]
    (proxy,) = steps("caddy")
    (export,) = (words for words in steps("export") if "SLACK_SIGNING_SECRET" in exported(words))
    assert proxy[-1].removeprefix("localhost:") == serve[serve.index("--port") + 1]
    assert proxy[proxy.index("--from") + 1] == manifest[manifest.index("--host") + 1]
    printed = run(manifest, reader)
    (address,) = {
        yaml.safe_load(printed)["settings"]["event_subscriptions"]["request_url"],
        yaml.safe_load(printed)["features"]["slash_commands"][0]["url"],
    }
    port = free_port()
    serve[serve.index("--port") + 1] = str(port)
    served = address.replace(f"https://{proxy[proxy.index('--from') + 1]}", f"http://127.0.0.1:{port}")
    async with workspace(printed) as peer, httpx2.AsyncClient(trust_env=False) as http:

        async def post(headers: Mapping[str, str], body: bytes) -> Reply:
            response = await http.post(served, headers=dict(headers), content=body)
            return Reply(response.status_code, response.headers, response.content)

        with pytest.raises(httpx2.ConnectError):
            await challenge(post, peer)
        async with started([*serve, "--slack-api", peer.api_url], reader | secrets_of(peer, export)):
            async with asyncio.timeout(60):
                while not await is_ready(http, f"http://127.0.0.1:{port}/readyz"):
                    await asyncio.sleep(0.1)
            assert await challenge(post, peer) == "3eZbrw1aB"
            peer.connect(SignedConnection(post, peer.signing_secret))
            assert "S9328" in (await peer.slash("/hcpcs S9328")).text
            assert "S9353" in (await peer.ask("@hcpcs is S9353 payable by Medicare?")).text
        assert peer.violations == []


async def is_ready(http: httpx2.AsyncClient, address: str) -> bool:
    try:
        return (await http.get(address)).status_code == 200
    except httpx2.ConnectError:
        return False


async def challenge(post: Post, peer: SlackPeer) -> str:
    """What the server answers when Slack checks the address."""
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}).encode()
    now = str(int(time.time()))
    headers = {
        "content-type": "application/json",
        "x-slack-request-timestamp": now,
        "x-slack-signature": sign(peer.signing_secret, now, body),
    }
    reply = await post(headers, body)
    text = reply.body.decode()
    return json.loads(text)["challenge"] if text.startswith("{") else text
