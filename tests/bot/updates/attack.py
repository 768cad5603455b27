"""Updates from servers that are slow, endless, redirecting or lying, and updates that are killed: what is loaded stays.

Each server serves the page of releases, or the newest file, in one bad way. An update must end by itself, in one line
that says why, with the catalog as it was. The last lines state the figures.

Usage: python -m tests.bot.updates.attack [--kills 100]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import httpx2 as httpx
from aiohttp import web
from tests.bot.cms_page import ZIPS, link, path_of
from tests.bot.some_releases import JULY
from tests.bot.updates.test_update_chaos import ReleasesWithoutEnd
from tests.cms_server import PAGE_PATH, CmsServer, Served, serving
from tests.killed_processes import run_chaos
from tests.src.hcpcs.releases.writing import fixed_text, zip_of

from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import HcpcsError
from hcpcs.releases.download.web import Web
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.update import update

TODAY: Final = date(2025, 11, 26)
MAX_SECONDS: Final = 2.0
"""Seconds after which a response is given up here; half an hour in earnest."""
FILE: Final = path_of("october")
HTML: Final = "text/html"
JULY_AGAIN: Final = zip_of({"HCPC2025_JUL_ANWEB.txt": fixed_text(*JULY.records), "README.txt": b"another zip"})


class AttackedUpdate(NamedTuple):
    """What came of an update: why it ended (blank if it loaded something), what it asked for, whether all stayed."""

    server: str
    ended: str
    requests: int
    seconds: float
    unchanged: bool

    @property
    def withstood(self) -> bool:
        """Whether it ended in one line and changed nothing."""
        return bool(self.ended) and "\n" not in self.ended and self.unchanged


class EndlessServer(CmsServer):
    """Sends the bodies that begin with ``ENDLESS`` again and again until the client has gone."""

    endless: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path != self.endless:
            return await super().answer(request)
        self.asked.append((request.path, ""))
        body = self.things[request.path]
        response = web.StreamResponse(headers={"content-type": body.content_type})
        await response.prepare(request)
        try:
            await response.write(body.body)
            while True:
                await response.write(bytes(65_536))
                await asyncio.sleep(0)
        except ConnectionError:
            return response


def slow(path: str) -> Callable[[EndlessServer], None]:
    """A byte now and then."""

    def spoil(cms: EndlessServer) -> None:
        cms.things[path].chunk, cms.things[path].pause = 1, 0.2

    return spoil


def endless(path: str) -> Callable[[EndlessServer], None]:
    """A body without an end."""
    return lambda cms: setattr(cms, "endless", path)


def redirecting(path: str, to: str) -> Callable[[EndlessServer], None]:
    """A redirect to another address."""
    return lambda cms: cms.things.update({path: Served(b"", redirect=to)})


def served(path: str, body: bytes, content_type: str = "application/zip") -> Callable[[EndlessServer], None]:
    """Another body."""
    return lambda cms: cms.things.update({path: Served(body, content_type=content_type)})


def failing(path: str, *faults: int | str) -> Callable[[EndlessServer], None]:
    """Faults without an end."""
    return lambda cms: setattr(cms.things[path], "faults", list(faults) * 20)


def only(spoil: Callable[[EndlessServer], None]) -> Callable[[EndlessServer], None]:
    """A page that is spoiled, on a site without files, so that none is found by its name."""

    def spoil_page(cms: EndlessServer) -> None:
        page = cms.things[PAGE_PATH]
        cms.things.clear()
        cms.things[PAGE_PATH] = page
        spoil(cms)

    return spoil_page


SERVERS: Final[dict[str, Callable[[EndlessServer], None]]] = {
    "a page of a byte now and then": only(slow(PAGE_PATH)),
    "a page without an end": only(endless(PAGE_PATH)),
    "a page that redirects to itself": only(redirecting(PAGE_PATH, PAGE_PATH)),
    "a page that redirects to another scheme": only(redirecting(PAGE_PATH, "file:///etc/passwd")),
    "a page that redirects to an unsafe site": only(redirecting(PAGE_PATH, "http://192.0.2.1/page")),
    "a page that always fails": only(failing(PAGE_PATH, 503)),
    "a page without links": only(served(PAGE_PATH, b"<html>Please log in</html>", HTML)),
    "a file of a byte now and then": slow(FILE),
    "a file without an end": endless(FILE),
    "a file that redirects to itself": redirecting(FILE, FILE),
    "a file that always breaks off": failing(FILE, "cut"),
    "a file that always fails": failing(FILE, 500, 429),
    "a page in place of a file": served(FILE, b"<!doctype html><p>License agreement", HTML),
    "an older release under a newer name": served(FILE, JULY_AGAIN),
    "a file that is not a zip": served(FILE, b"MZ" + bytes(1_000)),
    "a damaged zip": served(FILE, ZIPS["october"][:60] + b"0123456789" + ZIPS["october"][70:]),
    "an empty file": served(FILE, b""),
}


def attack(home: Path, name: str, spoil: Callable[[EndlessServer], None]) -> AttackedUpdate:
    """Loads July, then updates to October from a server that is spoiled."""
    shelf = Shelf(home)
    with serving(EndlessServer()) as cms:
        for release, body in ZIPS.items():
            cms.things[path_of(release)] = Served(body, etag=f'"{release}"')
        cms.page(link("july"), link("october"))

        def run(path: str) -> None:
            patient = Web(attempts=3, first_pause=0.001, timeout=httpx.Timeout(2.0), max_seconds=MAX_SECONDS)
            update(shelf, publish_index, today=TODAY, url=cms.url(path), web=patient)

        run(path_of("july"))
        spoil(cms)
        version, asked, ended = shelf.current_version(), len(cms.asked), ""
        started = time.monotonic()
        try:
            run(PAGE_PATH)
        except HcpcsError as error:
            ended = str(error)
        seconds = time.monotonic() - started
        return AttackedUpdate(name, ended, len(cms.asked) - asked, seconds, shelf.current_version() == version)


def attack_updates(folder: Path) -> list[AttackedUpdate]:
    """What came of an update from each server."""
    return [attack(folder / str(number), name, spoil) for number, (name, spoil) in enumerate(SERVERS.items())]


def main() -> int:
    """Runs every attack, and kills updates; 1 if anything changed what was loaded."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    kills = parser.parse_args().kills
    with tempfile.TemporaryDirectory() as folder:
        updates = attack_updates(Path(folder))
        for one in updates:
            kept = "as it was" if one.unchanged else "CHANGED"
            sys.stdout.write(f"{one.server}: {one.requests} requests, {one.seconds:.1f} s, {kept}: {one.ended}\n")
        with serving(ReleasesWithoutEnd()) as cms:
            (loaded,) = run_chaos("bot.updates.kill_updates", Path(folder) / "killed", kills, cms.address)
            resumed = sum(bool(ranges) for _, ranges in cms.asked)
    withstood, longest = sum(one.withstood for one in updates), max(one.seconds for one in updates)
    sys.stdout.write(
        f"{withstood} of {len(updates)} servers withstood, the longest update {longest:.1f} s\n"
        f"{kills} updates killed: no half catalog, {loaded} releases loaded by them, {resumed} downloads resumed\n"
    )
    return 0 if withstood == len(updates) else 1


if __name__ == "__main__":
    sys.exit(main())
