"""A web server on this machine that stands in for cms.gov: a page of links, files, and every way to fail."""

from __future__ import annotations

import asyncio
import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Protocol, TypeVar

from aiohttp import web

PAGE_PATH = "/medicare/quarterly-update"


@dataclass
class Served:
    """One thing that the server has: its bytes, what it calls this issue, and how it misbehaves.

    ``etag`` and ``modified`` are sent unless they are blank.

    ``faults`` are used up one a request: a status to answer with, ``cut`` (the connection breaks after half of
    what is left), or ``swap`` (cut, and ``after_swap`` is served from then on, with ``etag_after_swap``).
    """

    body: bytes
    content_type: str = "application/zip"
    etag: str = '"one"'
    modified: str = formatdate(1_700_000_000, usegmt=True)
    faults: list[int | str] = field(default_factory=list)
    after_swap: bytes = b""
    etag_after_swap: str = '"two"'
    ranges: bool = True
    chunk: int = 65536
    pause: float = 0.0
    redirect: str = ""
    states_length: bool = True


class CmsServer:
    """What the server has by path, and what was asked of it."""

    def __init__(self) -> None:
        self.things: dict[str, Served] = {}
        self.asked: list[tuple[str, str]] = []
        self.sent = 0
        self.address = ""

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self.address + path

    def page(self, *links: str, body: str | None = None) -> str:
        """Puts a page with these links in place, and gives its address."""
        items = "".join(f"<li>{link}</li>" for link in links)
        html = body if body is not None else f"<html><body><h1>Quarterly Update</h1><ul>{items}</ul></body></html>"
        self.things[PAGE_PATH] = Served(html.encode(), content_type="text/html; charset=utf-8", etag="")
        return self.url(PAGE_PATH)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One answer."""
        self.asked.append((request.path, request.headers.get("range", "")))
        thing = self.things.get(request.path)
        if thing is None:
            return web.Response(status=404, text="not found")
        if thing.redirect:
            return web.Response(status=302, headers={"location": thing.redirect})
        fault = thing.faults.pop(0) if thing.faults else None
        if isinstance(fault, int):
            return web.Response(status=fault, text="a fault", headers={"retry-after": "0"})
        stated = {"content-type": thing.content_type, "last-modified": thing.modified, "etag": thing.etag}
        headers = {name: value for name, value in stated.items() if value}
        if thing.etag and request.headers.get("if-none-match") == thing.etag:
            return web.Response(status=304, headers=headers)
        body, status = thing.body, 200
        wanted = request.headers.get("range", "")
        if wanted and thing.ranges and request.headers.get("if-range") in (thing.etag, thing.modified):
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                return web.Response(status=416)
            headers["content-range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            body, status = body[start:], 206
        return await self._stream(request, thing, status, headers, body, fault)

    async def _stream(
        self,
        request: web.Request,
        thing: Served,
        status: int,
        headers: dict[str, str],
        body: bytes,
        fault: int | str | None,
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers=headers)
        if thing.states_length:
            response.content_length = len(body)
        try:
            await response.prepare(request)
        except ConnectionResetError:
            return response
        upto = len(body) // 2 if fault in ("cut", "swap") else len(body)
        for start in range(0, upto, thing.chunk):
            piece = body[start : min(start + thing.chunk, upto)]
            # Counted before it is written: a client that has it all may be gone before the write returns.
            self.sent += len(piece)
            try:
                await response.write(piece)
            except ConnectionResetError:
                return response
            if thing.pause:
                await asyncio.sleep(thing.pause)
        if fault == "swap":
            thing.body, thing.etag = thing.after_swap, thing.etag_after_swap
        if fault in ("cut", "swap"):
            # What was written must be on its way before the connection breaks.
            await asyncio.sleep(0.02)
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write_eof()
        return response


class Answering(Protocol):
    """Whatever answers requests, and wants to know its address."""

    address: str

    async def answer(self, request: web.Request) -> web.StreamResponse: ...


Server = TypeVar("Server", bound=Answering)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serves in a thread of its own while the block runs."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", server.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        server.address = f"http://{host}:{port}"
        started.set()
        await stop.wait()
        await runner.cleanup()
        # A handler that still sends slowly has nobody left to send to.
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert started.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def small_zip(name: str, text: str, padding: int = 0) -> bytes:
    """A .zip of one member, not packed, so that its size is known; ``padding`` bytes are put in a second one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
        if padding:
            archive.writestr("README.txt", "x" * padding)
    return out.getvalue()
