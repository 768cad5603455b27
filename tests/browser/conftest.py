"""The playground in a real Chromium: one browser for all tests, a playground and a page of its own for each."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import open_desk, publish_index, starter_desk
from hcpcs_bot.http.asgi import Asgi
from hcpcs_bot.serving.playground import MakeContext, open_playground, post_as_colleague
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.updates.load import load_files
from slack_peer.peer import SlackPeer

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = Path(__file__).resolve().parents[2] / "artefacts"
TALL = 2600
SETTLED = 300
"""Milliseconds after which the navigation has slid away."""
LOOKS: dict[str, tuple[int, Literal["light", "dark"]]] = {
    "": (1280, "light"),
    "-dark": (1280, "dark"),
    "-phone": (390, "light"),
}
"""The looks in which a card is pictured: the ending of the file's name, the width in pixels, and the color scheme."""
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Picture = Callable[[Page, str], Awaitable[None]]
Visit = Callable[..., Awaitable[tuple[Page, SlackPeer]]]


@asynccontextmanager
async def served(application: Asgi) -> AsyncIterator[str]:
    """The address of an application that listens on a free port."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    await serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium; where it is missing the tests skip and say so, unless HCPCS_DEMAND_ALL=1."""
    if not CHROMIUM.exists():
        if os.environ.get("HCPCS_DEMAND_ALL") == "1":
            pytest.fail(f"HCPCS_DEMAND_ALL=1, but there is no {CHROMIUM}")
        pytest.skip(f"needs Chromium at {CHROMIUM} (Debian: apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIETLY))
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def full(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk of the release of October 2025."""
    settings = Settings().at(tmp_path_factory.mktemp("home"))
    release = shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"
    load_files(Shelf(settings.home), [release], publish_index, lambda _: lambda done, total: None)
    return open_desk(settings)


@pytest.fixture(scope="session")
def starter() -> Desk:
    """The desk of the two codes that the package carries."""
    return starter_desk()


@asynccontextmanager
async def visiting(browser: Browser) -> AsyncIterator[Visit]:
    """Opens playgrounds in new pages; at the end there was no error in any page and no request to anywhere else."""
    closing: list[Callable[[], Awaitable[object]]] = []
    problems: list[str] = []

    async def opening(
        desk: Desk, *, width: int = 1280, height: int = 900, dark: bool = False, make: MakeContext | None = None
    ) -> tuple[Page, SlackPeer]:
        playground = open_playground(make or (lambda config: SlackContext(config, lambda: desk)))
        peer = await playground.__aenter__()
        closing.append(lambda: playground.__aexit__(None, None, None))
        post_as_colleague(peer)
        context = await browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-US"
        )
        closing.append(context.close)
        context.set_default_timeout(15_000)
        page = await context.new_page()
        page.on("console", lambda entry: problems.append(entry.text) if entry.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: _check_address(request.url, peer.address, problems))
        await page.goto(peer.address)
        await page.wait_for_selector("body[data-ready]")
        return page, peer

    yield opening
    for close in reversed(closing):
        await close()
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """Opens the playground of a desk in a new page."""
    async with visiting(browser) as opening:
        yield opening


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(browser: Browser, full: Desk) -> AsyncIterator[tuple[Page, SlackPeer]]:
    """One playground and one tall page, to look at many cards one after another."""
    async with visiting(browser) as opening:
        yield await opening(full, height=1400)


def _check_address(url: str, address: str, problems: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        problems.append(f"a request left for {url}")


@pytest.fixture
def picture() -> Picture:
    """Takes a picture of the page for people to look at. It proves nothing, so a picture that fails is not an error."""

    async def take(page: Page, name: str, selector: str = "") -> None:
        PICTURES.mkdir(exist_ok=True)
        if not selector:
            await page.screenshot(path=PICTURES / f"{name}.png")
            return
        for look, (width, scheme) in LOOKS.items():
            # A card that is taller than the window would be put together from pieces.
            await page.set_viewport_size({"width": width, "height": TALL})
            await page.emulate_media(color_scheme=scheme)
            await page.wait_for_timeout(SETTLED)
            await page.locator(selector).last.screenshot(path=PICTURES / f"{name}{look}.png")
        await page.set_viewport_size({"width": 1280, "height": TALL})
        await page.emulate_media(color_scheme="light")

    return take
