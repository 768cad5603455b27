"""What every path of the query service does alike: problems, limits, and what a client has already."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.openapi.utils import get_openapi
from tests.bot.http.service_client import TODAY, client_of, service_of

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.admission.body_limit import MAX_BODY, BodyLimit
from hcpcs_bot.http.asgi import Message
from hcpcs_bot.http.caching.revalidation import matches
from hcpcs_bot.http.problems import ProblemForms
from hcpcs_bot.http.service import QUESTION_THREADS

CODE = "/api/v1/codes/S9353"


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "/nothing", 404, "Nothing is served at this path."),
        ("DELETE", CODE, 405, "This path doesn't take this method."),
        ("GET", "/api/v1/codes/S9353?as_of=yesterday", 400, "as_of: "),
        ("GET", "/api/v1/codes/%F0%9F%98%80", 400, "code: "),
        ("GET", "/api/v1/ask", 400, "q: "),
        ("GET", "/api/v1/codes/S9999", 404, "S9999"),
    ],
)
async def test_what_is_not_answered_is_a_problem_that_says_why(
    client: httpx.AsyncClient, method: str, path: str, status: int, detail: str
) -> None:
    response = await client.request(method, path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = response.json()
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert detail in problem["detail"]


async def test_a_problem_does_not_quote_what_was_sent(client: httpx.AsyncClient) -> None:
    for response in (
        await client.get("/api/v1/codes/S9353?as_of=Jane+Roe"),
        await client.post("/api/v1/ask", content=b'{"question": "Jane Roe", "patient": "Jane Roe"}'),
        await client.post("/api/v1/ask", content=b"Jane Roe"),
    ):
        assert response.status_code == 400
        assert "Roe" not in response.text


async def test_a_query_string_of_any_bytes_is_refused_with_a_problem() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    for path in ("/api/v1/nothing", "/fhir/R4/nothing"):
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"\xff\xfe=%", "headers": []}
        await service_of(starter_desk)(scope, receive, send)
    assert [message["status"] for message in sent if message["type"] == "http.response.start"] == [404, 404]


async def test_a_fault_is_a_problem_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Desk:
        raise RuntimeError("Jane Roe")

    async with client_of(service_of(broken)) as client:
        response = await client.get("/api/v1/ask?q=S9353")
    assert (response.status_code, response.json()["title"]) == (500, "Internal Server Error")
    assert "Roe" not in response.text


async def test_what_a_client_has_already_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get(CODE)
    tag = first.headers["etag"]
    again = await client.get(CODE, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await client.get(CODE, headers={"if-none-match": '"other"'})).status_code == 200
    async with client_of(service_of(starter_desk, TODAY + timedelta(days=1))) as tomorrow:
        assert (await tomorrow.get(CODE, headers={"if-none-match": tag})).status_code == 200


@pytest.mark.parametrize(
    ("header", "named"),
    [('W/"a"', True), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False), ("a", False)],
)
def test_tags_are_compared_weakly(header: str, named: bool) -> None:
    assert matches(header, 'W/"a"') is named


async def test_a_long_answer_is_compressed(client: httpx.AsyncClient) -> None:
    assert (await client.get(CODE, headers={"accept-encoding": "gzip"})).headers["content-encoding"] == "gzip"


async def test_a_body_that_is_not_json_is_named_with_the_place_of_the_fault(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    for body, place in ((b"{", 2), (b'{"question": oops}', 14)):
        response = await client.post("/api/v1/ask", content=body, headers=headers)
        assert response.status_code == 400
        assert response.json()["detail"] == f"The body is not valid JSON: see character {place}."


@pytest.mark.parametrize(
    "body", [b'{"question":"\xff"}', gzip.compress(b'{"question":"S9353"}', mtime=0), b"[" * 100_000]
)
async def test_a_body_that_can_not_be_read_is_told_how_to_send_it(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert response.json()["detail"] == "The body can't be read. Send JSON in UTF-8, and don't compress it."


async def test_a_form_instead_of_json_is_named(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/ask", data={"question": "S9353"})
    assert response.status_code == 400
    assert response.json()["detail"] == "The body is not a JSON object that was sent as application/json."


async def test_only_some_questions_are_at_work_at_once_and_codes_are_looked_up_meanwhile() -> None:
    asked = threading.Semaphore(0)
    answering = threading.Event()

    class SlowDesk:
        """A desk whose questions in words wait until they are let go."""

        def __getattr__(self, name: str) -> Any:
            return getattr(starter_desk(), name)

        def ask(self, question: str, **options: Any) -> Answer:
            asked.release()
            answering.wait(60)
            return starter_desk().ask(question, **options)

    desk = SlowDesk()
    async with client_of(service_of(lambda: desk)) as client:  # type: ignore[arg-type, return-value]
        questions = [asyncio.create_task(client.get("/api/v1/ask?q=help")) for _ in range(QUESTION_THREADS + 4)]
        for _ in range(QUESTION_THREADS):
            assert await asyncio.to_thread(asked.acquire, timeout=60)
        assert (await client.get(CODE)).status_code == 200
        assert not asked.acquire(blocking=False)
        answering.set()
        assert {answer.status_code for answer in await asyncio.gather(*questions)} == {200}


async def test_the_description_is_not_made_in_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    def describe(**stated: Any) -> dict[str, Any]:
        threads.append(threading.current_thread())
        return get_openapi(**stated)

    monkeypatch.setattr("hcpcs_bot.http.service.get_openapi", describe)
    async with client_of(service_of(starter_desk)) as client:
        assert (await client.get("/openapi.json")).json()["info"]["title"] == "HCPCS desk"
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


async def parts(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b" " * size


async def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(client: httpx.AsyncClient) -> None:
    for response in (
        await client.post("/api/v1/ask", content=b" " * (MAX_BODY + 1)),
        await client.post("/api/v1/ask", content=parts(MAX_BODY // 4, 5)),
        await client.post("/api/v1/ask", content=b"{}", headers={"content-length": "9" * 30}),
    ):
        assert (response.status_code, response.json()["title"]) == (413, "Content Too Large")
        assert response.headers["connection"] == "close"


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent: list[dict[str, object]] = []

    async def silence() -> dict[str, object]:
        import asyncio

        await asyncio.sleep(3600)
        return {}

    async def application(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]

    async def send(message: object) -> None:
        sent.append(message)  # type: ignore[arg-type]

    limited = BodyLimit(application, ProblemForms({}), seconds=0.01)  # type: ignore[arg-type]
    await limited({"type": "http", "method": "POST", "path": "/", "headers": []}, silence, send)
    assert sent[0]["status"] == 408


async def test_the_description_of_the_api_names_every_path_and_its_problems(client: httpx.AsyncClient) -> None:
    stated = (await client.get("/openapi.json")).json()
    assert {"/api/v1/ask", "/api/v1/codes/{code}"} <= set(stated["paths"])
    for path in stated["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert "application/problem+json" in operation["responses"]["400"]["content"]
            assert "422" not in operation["responses"]
