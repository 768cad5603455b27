"""The page of a code, as a browser and a program get it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.code_pages import CodePages


async def get(path: str, method: str = "GET") -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    await CodePages(starter_desk)({"type": "http", "path": path, "method": method}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


async def test_a_code_has_a_page() -> None:
    status, headers, body = await get("/codes/s9353")
    assert status == 200
    assert headers[b"content-type"].startswith(b"text/html")
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert b"continuous insulin infusion therapy" in body
    assert b"<dt>Coverage code</dt><dd>I (Not payable by Medicare)</dd>" in body


async def test_the_same_answer_in_json() -> None:
    status, _, body = await get("/codes/S9353.json")
    assert status == 200
    assert orjson.loads(body)["codes"] == ["S9353"]


@pytest.mark.parametrize(
    "path",
    ["/codes/S9354", "/codes/99213", "/codes/", "/codes/S9353/x", "/codes/hello", "/codes/S93", "/other"],
)
async def test_what_is_not_there_is_not_found(path: str) -> None:
    assert (await get(path))[0] == 404


async def test_only_reading_is_allowed() -> None:
    assert (await get("/codes/S9353", "POST"))[0] == 405


@pytest.mark.slow
@given(path=st.text(max_size=40))
async def test_any_path_is_answered(path: str) -> None:
    status, _, body = await get(f"/codes/{path}")
    assert status in (200, 404)
    assert b"<script" not in body


async def test_a_modifier_that_is_a_word_is_looked_up() -> None:
    status, _, body = await get("/codes/HI.json")
    assert status == 200
    assert orjson.loads(body)["codes"] == ["HI"]
