"""The examples in the documentation of what is served over HTTP: each is answered."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.health_pages import HEALTH_PATHS, HealthPages
from hcpcs_bot.http.metrics import Metrics

DOCS = Path(__file__).resolve().parents[3] / "docs"
FILES = {
    "@codes.csv": "code,day\nS9353,2025-03-01\nS9328,\n",
    "@claims.csv": "claim,hcpcs,dos,n\n1,S9353,2025-03-01,1\n",
}
"""What the files have that the examples send."""
ADDRESSES = ("http://localhost:3000", "http://127.0.0.1:3000")


def examples() -> Iterator[object]:
    """Every ``curl`` of the pages, in one line or with a text in quotes over several."""
    for page in sorted(DOCS.glob("*.md")):
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.S):
            for command in re.split(r"^(?=curl )", block, flags=re.M):
                if command.startswith("curl "):
                    yield pytest.param(command, id=f"{page.stem}: {command.splitlines()[0]}")


def probes() -> HealthPages:
    """The probes of a server that has started."""
    pages = HealthPages((), Metrics(starter_desk))
    pages.started = True
    return pages


@pytest.mark.parametrize("command", list(examples()))
async def test_an_example_is_answered(client: httpx.AsyncClient, command: str) -> None:
    words = [word for word in shlex.split(command, comments=True)[1:] if word != "-s"]
    url, *options = words
    given = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for option, value in given if option == "-H")
    body = next((FILES.get(value, value) for option, value in given if option in {"-d", "--data-binary"}), None)
    address = next(one for one in ADDRESSES if url.startswith(f"{one}/"))
    path = url.removeprefix(address)
    asked = client_of(probes()) if path in HEALTH_PATHS else client
    response = await asked.request("GET" if body is None else "POST", path, headers=headers, content=body)
    assert response.status_code == 200
