"""Every path of the API over two releases: what it answers is as its documentation describes it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import httpx2 as httpx
import pytest
from pydantic import BaseModel
from tests.bot.http.service_client import TODAY, client_of, service_of
from tests.bot.some_releases import JULY, OCTOBER, record, release

from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.json_form import answer_json, search_json
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs_bot.bootstrap import desk_of
from hcpcs_bot.http.api.change_routes import CHANGES_A_PART, PAGE_CHANGES
from hcpcs_bot.http.api.models import (
    AnswerObject,
    BatchObject,
    ChangesObject,
    FactsObject,
    FieldsObject,
    ReleaseObject,
    SearchObject,
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_of(Catalog.build([JULY, OCTOBER]))


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(service_of(lambda: desk)) as asking:
        yield asking


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("ask?q=is+S9353+payable", AnswerObject),
        ("codes/S9353", AnswerObject),
        ("codes/S9353?state=TX", AnswerObject),
        ("compare?code=S9353&code=S9328", AnswerObject),
        ("history/S9353", AnswerObject),
        ("units?code=S9353&amount=2.5&unit=mg", AnswerObject),
        ("search?q=infusion", SearchObject),
        ("changes", ChangesObject),
        ("facts/S9353", FactsObject),
        ("facts/S9353?state=tx&as_of=2025-01-01", FactsObject),
        ("release", ReleaseObject),
        ("fields", FieldsObject),
    ],
)
async def test_what_is_read_is_as_documented_and_not_sent_twice(
    client: httpx.AsyncClient, path: str, model: type[BaseModel]
) -> None:
    response = await client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    model.model_validate_json(response.content)
    tag = response.headers["etag"]
    assert (await client.get(f"/api/v1/{path}", headers={"if-none-match": tag})).status_code == 304


async def test_a_search_is_the_command_line_s(client: httpx.AsyncClient, desk: Desk) -> None:
    found = await client.get("/api/v1/search", params={"q": "infusion", "limit": 1})
    assert found.json() == search_json(desk.search("infusion", limit=1))
    ended = await client.get("/api/v1/search", params={"q": "infusion", "kind": "modifier"})
    assert ended.json()["total"] == 0


async def test_changes_are_filtered_and_paged(client: httpx.AsyncClient) -> None:
    every = (await client.get("/api/v1/changes")).json()
    assert every["total"] == len(every["changes"]) > 1
    kinds = {change["kind"] for change in every["changes"]}
    for kind in kinds:
        of_kind = (await client.get("/api/v1/changes", params={"kind": kind})).json()
        assert {change["kind"] for change in of_kind["changes"]} == {kind}
    second = (await client.get("/api/v1/changes", params={"offset": 1, "limit": 1})).json()
    assert (second["total"], second["changes"]) == (every["total"], every["changes"][1:2])
    none = (await client.get("/api/v1/changes", params={"family": "Z9"})).json()
    assert none == {"from": "2025-07", "to": "2025-10", "total": 0, "next_offset": None, "changes": []}


async def test_pages_of_changes_follow_one_another_until_there_is_no_next_one(client: httpx.AsyncClient) -> None:
    every = (await client.get("/api/v1/changes")).json()["changes"]
    listed, offset = [], 0
    while offset is not None:
        page = (await client.get("/api/v1/changes", params={"offset": offset, "limit": 2})).json()
        listed += page["changes"]
        offset = page["next_offset"]
    assert listed == every
    beyond = (await client.get("/api/v1/changes", params={"offset": 900_000})).json()
    assert (beyond["changes"], beyond["next_offset"]) == ([], None)


async def test_a_page_of_changes_reads_only_its_own_codes_and_a_table_all(monkeypatch: pytest.MonkeyPatch) -> None:
    new = [record(f"K{number:04}", f"Item {number}") for number in range(PAGE_CHANGES + 250)]
    desk = desk_of(Catalog.build([JULY, release("2025-10", *JULY.records, *new)]))
    read: list[int] = []

    def changes_of(catalog: Catalog, codes: Iterable[str], before: str, after: str) -> tuple[Change, ...]:
        named = list(codes)
        read.append(len(named))
        return actual(catalog, named, before, after)

    actual = Catalog.changes_of
    monkeypatch.setattr(Catalog, "changes_of", changes_of)
    async with client_of(service_of(lambda: desk)) as client:
        first = (await client.get("/api/v1/changes")).json()
        assert (len(first["changes"]), first["next_offset"], first["total"]) == (PAGE_CHANGES, PAGE_CHANGES, len(new))
        assert read == [PAGE_CHANGES]
        last = (await client.get("/api/v1/changes", params={"offset": PAGE_CHANGES})).json()
        assert (len(last["changes"]), last["next_offset"]) == (250, None)
        assert (await client.get("/api/v1/changes", params={"limit": PAGE_CHANGES + 1})).status_code == 400
        read.clear()
        table = await client.get("/api/v1/changes", params={"format": "csv"})
        codes = {line.partition(",")[0] for line in table.text.splitlines()[1:]}
        assert codes == {one.code for one in new}
        assert max(read) == CHANGES_A_PART


async def test_changes_as_a_table(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/changes", params={"format": "csv"})
    assert response.headers["content-type"].startswith("text/csv")
    assert response.text.startswith("code,kind,field,before,after,short_description\n")


async def test_many_codes_are_answered_in_their_order_each_on_its_day(client: httpx.AsyncClient, desk: Desk) -> None:
    body = {"codes": [{"code": "S9353"}, {"code": "s9328", "day": "2025-08-01"}, {"code": "S0000"}]}
    response = await client.post("/api/v1/codes:batch", json=body)
    BatchObject.model_validate_json(response.content)
    answers = response.json()["answers"]
    first = desk.answer(question_about(["S9353"], Intent.CARD), today=TODAY)
    assert answers[0] == answer_json(first)
    assert [answer["outcome"] for answer in answers] == ["answered", "answered", "not_found"]
    assert answers[1]["source"]["day"] == "2025-08-01"


async def test_many_codes_as_a_table_without_formulas(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "text/csv", "accept": "text/csv"}
    body = "Code,Day,patient\r\ns9353,2025-10-05,Jane Roe\r\n=1+1,,\r\n"
    response = await client.post("/api/v1/codes:batch", content=body, headers=headers)
    rows = response.text.splitlines()
    assert rows[0] == "code,outcome,description,status,verdict,not_otherwise_classified,answer"
    assert rows[1].startswith("s9353,answered,")
    assert rows[2].startswith("'=1+1,not_found,")
    assert "Roe" not in response.text


@pytest.mark.parametrize(
    ("content", "media_type", "detail"),
    [
        (b"{", "application/json", "Invalid JSON"),
        (b'{"codes": []}', "application/json", "codes: "),
        (b'{"codes": [{"code": "S9353", "day": "tomorrow"}]}', "application/json", "codes.0.day: "),
        (b"\xff\xfe", "text/csv", "UTF-8"),
        (b"name,day\nS9353,\n", "text/csv", "a column code"),
        (b"code,day\nS9353,tomorrow\n", "text/csv", "codes.0.day: "),
        (b"", "text/csv", "a column code"),
        (b"code\n" + b"S9353\n" * 1_001, "text/csv", "1000"),
    ],
)
async def test_a_batch_that_can_not_be_read_is_one_problem(
    client: httpx.AsyncClient, content: bytes, media_type: str, detail: str
) -> None:
    response = await client.post("/api/v1/codes:batch", content=content, headers={"content-type": media_type})
    assert response.status_code == 400
    assert detail in response.json()["detail"]


async def test_a_text_is_decoded_and_not_kept(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/decode", json={"text": "Jane Roe 10/05/2025 S9353 x3 99213"})
    answer = AnswerObject.model_validate_json(response.content)
    assert "S9353" in answer.codes
    assert "Roe" not in response.text


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("codes/S9353?state=QQ", 400, "state: not the abbreviation of a state or territory"),
        ("compare?code=S9353", 400, "code: "),
        ("compare?code=S9353&code=s9353", 400, "two to four different codes"),
        ("compare?code=S0001&code=S0000", 404, "S0001"),
        ("history/S0000", 404, "S0000"),
        ("changes?from=1999-01", 404, "That release isn't loaded."),
        ("changes?kind=renamed", 400, "kind: "),
        ("search", 400, "q: "),
        ("search?q=x&limit=0", 400, "limit: "),
        ("units?code=J1745&amount=-1&unit=mg", 400, "amount: "),
    ],
)
async def test_what_can_not_be_answered_says_why(
    client: httpx.AsyncClient, path: str, status: int, detail: str
) -> None:
    response = await client.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert detail in response.json()["detail"]
