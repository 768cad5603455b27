"""Answers that were given already: the same bytes, no look-up, and nothing of a former release or day."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import date, timedelta

import pytest
from tests.bot.http.service_client import TODAY, client_of

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.starter import starter_release
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.asgi import Receive, Scope, Send
from hcpcs_bot.http.caching import answer_cache
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.service import QueryService, create_service
from hcpcs_bot.http.terminology.nlm import nlm_routes
from hcpcs_index import memory_index

CODE = "/api/v1/codes/S9353"
PATHS = (CODE, f"{CODE}?as_of=2025-03-01", "/api/hcpcs/v3/search?terms=insulin", "/api/v1/facts/S9353")


def other_desk() -> Desk:
    """A desk of another release with the same two codes."""
    starter = starter_release()
    release = starter.release.model_copy(update={"label": "HCPCS another", "digest": "0" * 64})
    catalog = Catalog.build([starter.model_copy(update={"release": release})])
    return Desk(catalog, memory_index(catalog))


class CountedDesk:
    """A desk that counts how often it is asked for, and the day."""

    def __init__(self, desk: Desk | None = None) -> None:
        self.desk = desk or starter_desk()
        self.day = TODAY
        self.times = 0

    def __call__(self) -> Desk:
        self.times += 1
        return self.desk

    def today(self) -> date:
        return self.day

    def service(self) -> QueryService:
        return create_service(QueryContext(self, self.today), Metrics(lambda: self.desk, today=self.today))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encodings", [("identity", "identity"), ("gzip", "identity"), ("identity", "gzip")])
async def test_an_answer_is_the_same_when_it_is_asked_again(path: str, encodings: tuple[str, str]) -> None:
    desk = CountedDesk()
    async with client_of(desk.service()) as client:
        first = await client.get(path, headers={"accept-encoding": encodings[0]})
        looked_up = desk.times
        again = await client.get(path, headers={"accept-encoding": encodings[1]})
        # Only the entity tag is looked at.
        assert desk.times == looked_up + 1
    assert (first.status_code, first.content) == (200, again.content)
    assert ("gzip" in again.headers.get("content-encoding", "")) is (
        encodings[1] == "gzip" and len(first.content) > 999
    )
    for name in ("etag", "content-type", "cache-control"):
        assert first.headers[name] == again.headers[name]
    for one in (first, again):
        assert int(one.headers["content-length"]) == len(one.content) or "content-encoding" in one.headers


async def test_what_a_client_has_already_is_not_sent_again() -> None:
    async with client_of(CountedDesk().service()) as client:
        tag = (await client.get(CODE)).headers["etag"]
        for _ in range(2):
            again = await client.get(CODE, headers={"if-none-match": tag})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


async def test_another_day_or_release_gets_its_own_answer() -> None:
    desk = CountedDesk()
    service = desk.service()
    async with client_of(service) as client:
        first = await client.get(CODE)
        desk.day += timedelta(days=1)
        tomorrow = await client.get(CODE)
        desk.desk = other_desk()
        newer = await client.get(CODE)
    assert first.json()["source"]["day"] != tomorrow.json()["source"]["day"]
    assert newer.json()["source"]["digest"] != first.json()["source"]["digest"]
    assert len({one.headers["etag"] for one in (first, tomorrow, newer)}) == 3
    assert len(service.cache) == 1


async def test_an_answer_that_was_begun_before_a_change_is_not_kept() -> None:
    desk = CountedDesk()
    service = desk.service()

    async def change_while_answering(scope: object, receive: object, send: object) -> None:
        await inner(scope, receive, send)  # type: ignore[arg-type]
        desk.desk = other_desk()

    inner = service.cache._app
    service.cache._app = change_while_answering  # type: ignore[assignment]
    async with client_of(service) as client:
        await client.get(CODE)
        service.cache._app = inner
        assert (await client.get(CODE)).json()["source"]["release"] == desk.desk.catalog.newest.label


async def test_problems_and_questions_are_not_kept() -> None:
    service = CountedDesk().service()
    async with client_of(service) as client:
        for path in ("/api/v1/codes/S9999", "/api/v1/codes/S9353?as_of=x", "/api/v1/ask?q=S9353", "/codes/S9353"):
            await client.get(path)
        await client.post("/api/v1/ask", json={"question": "S9353"})
    assert len(service.cache) == 0


async def test_that_a_client_has_an_answer_already_is_not_kept_as_the_answer() -> None:
    async with client_of(CountedDesk().service()) as client:
        tag = (await client.get(CODE)).headers["etag"]
    async with client_of(CountedDesk().service()) as client:
        assert (await client.get(CODE, headers={"if-none-match": tag})).status_code == 304
        other = await client.get(CODE)
    assert other.status_code == 200
    assert other.json()["codes"] == ["S9353"]


async def test_a_long_answer_is_given_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MAX_ANSWER", 100)
    service = CountedDesk().service()
    async with client_of(service) as client:
        assert (await client.get(CODE)).json()["codes"] == ["S9353"]
    assert len(service.cache) == 0


async def test_an_answer_that_is_made_in_parts_is_whole_at_first_and_again() -> None:
    async def in_parts(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"now")]})
        for part in (b"first ", b"second "):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body"})

    cache = answer_cache.AnswerCache(in_parts, lambda: "now")
    async with client_of(cache) as client:
        answers = [(await client.get(CODE)).content for _ in range(2)]
    assert answers == [b"first second "] * 2
    assert len(cache) == 1


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    service = CountedDesk().service()
    service.cache._max_bytes = 10 * answer_cache.OWN_BYTES
    async with client_of(service) as client:
        for number in range(50):
            await client.get(f"/api/hcpcs/v3/search?terms=none{number}")
    assert 0 < len(service.cache) < 10
    assert service.cache.bytes <= 10 * answer_cache.OWN_BYTES


async def test_an_answer_that_is_kept_takes_no_more_memory_than_is_counted() -> None:
    service = CountedDesk().service()
    async with client_of(service) as client:
        await client.get("/api/hcpcs/v3/search?terms=insulin")
        before = service.cache.bytes
        tracemalloc.start()
        for number in range(50):
            await client.get(f"/api/hcpcs/v3/search?terms=none{number}")
        written = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, nlm_routes.__file__)])
        tracemalloc.stop()
    assert sum(trace.size for trace in written.traces) < service.cache.bytes - before


async def test_an_answer_that_is_asked_twice_at_once_is_kept_once() -> None:
    once, twice = CountedDesk().service(), CountedDesk().service()
    async with client_of(once) as client:
        await client.get(CODE)
    inner, together = twice.cache._app, asyncio.Barrier(3)

    async def wait_for_the_others(scope: object, receive: object, send: object) -> None:
        await together.wait()
        await inner(scope, receive, send)  # type: ignore[arg-type]

    twice.cache._app = wait_for_the_others  # type: ignore[assignment]
    async with client_of(twice) as client:
        await asyncio.gather(*(client.get(CODE) for _ in range(3)))
    assert len(twice.cache) == 1
    assert twice.cache.bytes == once.cache.bytes


async def test_only_gets_are_answered_from_what_is_kept() -> None:
    service = CountedDesk().service()
    async with client_of(service) as client:
        before = await client.request("DELETE", CODE)
        await client.get(CODE)
        after = await client.request("DELETE", CODE)
    assert before.status_code == after.status_code == 405
    assert before.content == after.content
