"""The search in NLM's shape: what forms and programs written for NLM's service see."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes

import httpx2 as httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bot.http.service_client import client_of, service_of

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Hit
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.terminology.nlm.columns import COLUMNS, SHOWN_COLUMNS

PATH = "/api/hcpcs/v3/search"


async def search(client: httpx.AsyncClient, **parameters: object) -> Any:
    response = await client.get(PATH, params={key: str(value) for key, value in parameters.items()})
    assert response.status_code == 200, response.text
    return response.json()


async def codes(client: httpx.AsyncClient, **parameters: object) -> list[str]:
    found: list[str] = (await search(client, **parameters))[1]
    return found


async def test_total_codes_extra_fields_and_texts_in_that_order(terminology: httpx.AsyncClient) -> None:
    assert await search(terminology, terms="s9353") == [
        1,
        ["S9353"],
        None,
        [["S9353", "Home infusion therapy, continuous insulin infusion therapy"]],
    ]


async def test_an_exact_code_that_is_absent_is_not_found_and_no_other_takes_its_place(
    terminology: httpx.AsyncClient,
) -> None:
    for terms in ("S9354", "S935O", "99213", "E0450", "S9354 infusion", "zzzz insulin", "insulin zzzz", "?"):
        assert await search(terminology, terms=terms) == [0, [], None, []], terms


async def test_an_exact_code_or_modifier_stands_first(terminology: httpx.AsyncClient) -> None:
    for terms in ("S9328", "e0784", "RR"):
        assert (await codes(terminology, terms=terms))[0] == terms.upper()


async def test_every_word_must_match_and_may_be_unfinished(terminology: httpx.AsyncClient) -> None:
    assert set(await codes(terminology, terms="ins")) == {"S9353", "E0784", "E0788"}
    assert set(await codes(terminology, terms="ins pu")) == {"E0784", "E0788"}
    assert set(await codes(terminology, terms="pu ins disp")) == {"E0788"}
    assert set(await codes(terminology, terms="E07")) == {"E0784", "E0788"}


async def test_extra_fields_stand_beside_the_codes_under_their_aliases(terminology: httpx.AsyncClient) -> None:
    fields = "verdict,coverage:cov,coverage_meaning,term_dt,obsolete,is_noc,release,status,pricing"
    _, codes, extra, _ = await search(terminology, terms="home infusion", q="code:S93*8 code:S9353", ef=fields)
    assert dict(zip(codes, zip(*extra.values(), strict=True), strict=True)) == {
        "S9353": (
            "carrier_judgment",
            "C",
            "Carrier judgment",
            None,
            "false",
            "false",
            "HCPCS January 2026",
            "active",
            "00",
        ),
        "S9328": (
            "terminated",
            "C",
            "Carrier judgment",
            "20250930",
            "true",
            "false",
            "HCPCS January 2026",
            "terminated",
            "00",
        ),
    }
    assert set(extra) == {"cov" if field == "coverage:cov" else field for field in fields.split(",")}


async def test_a_code_that_cms_removed_is_obsolete(terminology: httpx.AsyncClient) -> None:
    _, codes, extra, _ = await search(terminology, terms="J9999", ef="obsolete,status,verdict,is_noc")
    assert (codes, extra) == (
        ["J9999"],
        {"obsolete": ["true"], "status": ["terminated"], "verdict": ["terminated"], "is_noc": ["true"]},
    )


async def test_fields_to_display_to_search_and_for_the_code_can_be_chosen(terminology: httpx.AsyncClient) -> None:
    answer = await search(terminology, terms="S93", sf="code", df="short_desc,coverage,betos", cf="add_dt", maxList=1)
    assert answer == [3, ["20020101"], None, [["Home infusion therapy, impla", "C", ""]]]
    assert await codes(terminology, terms="dme") == ["RR"]
    assert await codes(terminology, terms="dme", sf="code") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("obsolete:true", {"S9328", "J9999"}),
        ("obsolete:false AND code:E*", {"E0601", "E0784", "E0788"}),
        ("code:E07?8", {"E0788"}),
        ("code:E0601 OR code:RR", {"E0601", "RR"}),
        ("code:E0601 code:RR", {"E0601", "RR"}),
        ("code:(E0601 OR E0784) AND NOT pricing:36", {"E0601"}),
        ("code:E* -pricing:36", {"E0601", "E0788"}),
        ("code:E* !long_desc:insulin", {"E0601"}),
        ('long_desc:"infusion pump"', {"E0784", "E0788"}),
        ('display:"pump infusion"', set()),
        ("add_dt:[20250101 TO *]", {"E0788"}),
        ("code:[E0600 TO E0785]", {"E0601", "E0784"}),
        ("_exists_:term_dt", {"S9328"}),
        ("is_noc:true", {"J9999"}),
        ("insulin AND disposable", {"E0788"}),
        ("insul", set()),
        ("kind:modifier", {"RR"}),
        ("betos:x", set()),
        ("  ", {"S9353", "S9328", "E0601", "E0784", "E0788", "J9999", "RR", "S9359"}),
    ],
)
async def test_a_query_string_filters(terminology: httpx.AsyncClient, query: str, expected: set[str]) -> None:
    assert set(await codes(terminology, terms="", q=query, maxList="")) == expected


async def test_pages_do_not_overlap_and_have_the_same_total(terminology: httpx.AsyncClient) -> None:
    pages = [await search(terminology, terms="", count=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert {page[0] for page in pages} == {8}
    listed = [code for page in pages for code in page[1]]
    assert len(listed) == len(set(listed)) == 8
    assert len(await codes(terminology, terms="")) == 7
    assert len(await codes(terminology, terms="", maxList="")) == 8
    assert len(await codes(terminology, terms="", maxList=100_000)) == 8
    assert await search(terminology, terms="", count=0) == [8, [], None, []]


@pytest.mark.parametrize(
    ("parameters", "detail"),
    [
        ({}, "terms: give"),
        ({"terms": "x" * 201}, "terms: give at most"),
        ({"terms": "a", "count": "-1"}, "count: give a whole number"),
        ({"terms": "a", "maxList": "many"}, "maxList: give a whole number"),
        ({"terms": "a", "offset": "7,000"}, "offset: give a whole number"),
        ({"terms": "a", "offset": "7001", "count": "500"}, "at most 7,500"),
        ({"terms": "a", "offset": "9" * 5000}, "at most 7,500"),
        ({"terms": "a", "df": "name"}, "df: a field is not one of code,"),
        ({"terms": "a", "sf": "verdict"}, "sf: a field is not one of code,"),
        ({"terms": "a", "ef": "code:" + "x" * 61}, "ef: an alias has"),
        ({"terms": "a", "ef": ",".join(["code"] * 21)}, "ef: give at most 20"),
        ({"terms": "a", "q": "name:x"}, "q: a field is not one of"),
        ({"terms": "a", "q": "code:"}, "q: it ends where a value is expected"),
        ({"terms": "a", "q": '"'}, "q: a quotation mark"),
        ({"terms": "a", "q": "(code:E0601"}, "q: it ends where"),
        ({"terms": "a", "q": "code:E0601)"}, "q: a closing parenthesis"),
        ({"terms": "a", "q": "AND code:E0601"}, "q: it has a sign"),
        ({"terms": "a", "q": "code:E0601~2"}, "q: it has a sign"),
        ({"terms": "a", "q": "code:[A B]"}, "q: a range is written"),
        ({"terms": "a", "q": "(" * 400}, "q: more than 8 parentheses"),
        ({"terms": "a", "q": "code:a* " * 7}, "q: it looks for too many values"),
        ({"terms": "a", "q": "a" * 501}, "q: it is longer than 500"),
    ],
)
async def test_what_is_not_understood_is_refused_and_not_quoted(
    terminology: httpx.AsyncClient, parameters: dict[str, str], detail: str
) -> None:
    response = await terminology.get(PATH, params=parameters)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    assert detail in response.json()["detail"]
    assert response.headers["access-control-allow-origin"] == "*"


async def test_pages_of_other_sites_may_ask_and_what_they_have_is_not_sent_again(
    terminology: httpx.AsyncClient,
) -> None:
    first = await terminology.get(PATH, params={"terms": "ins"})
    again = await terminology.get(PATH, params={"terms": "ins"}, headers={"if-none-match": first.headers["etag"]})
    allowed = await terminology.options(PATH)
    assert (first.status_code, again.status_code, allowed.status_code) == (200, 304, 204)
    assert {one.headers["access-control-allow-origin"] for one in (first, again, allowed)} == {"*"}


async def test_the_same_request_is_searched_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    suggest = desk.index.suggest

    def counted(text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        searched.append(text)
        return suggest(text, limit=limit)

    monkeypatch.setattr(desk.index, "suggest", counted)
    async with client_of(service_of(lambda: desk)) as client:
        for terms in ("insulin", "pump", "insulin"):
            await codes(client, terms=terms)
    assert searched == ["insulin", "pump"]


async def test_a_cached_answer_is_of_the_data_in_use(desk: Desk) -> None:
    used = [desk]
    async with client_of(service_of(lambda: used[0])) as client:
        assert await codes(client, terms="S9359") == ["S9359"]
        assert await codes(client, terms="S9359") == ["S9359"]
        used[0] = starter_desk()
        assert await codes(client, terms="S9359") == []


_NAMES = st.sampled_from(["terms", "maxList", "count", "offset", "q", "df", "sf", "cf", "ef", "other"])
_WORDS = st.sampled_from(
    [*COLUMNS, *SHOWN_COLUMNS, "AND", "OR", "NOT", "TO", *'()[]":*?-!~ ,', "S9353", "7", "_exists_"]
)
_VALUES = (
    st.text(max_size=40) | st.lists(_WORDS, max_size=12).map("".join) | st.lists(_WORDS, max_size=12).map(" ".join)
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parameters=st.dictionaries(_NAMES, _VALUES), terms=_VALUES)
async def test_any_query_string_is_answered_or_refused(
    terminology: httpx.AsyncClient, parameters: dict[str, str], terms: str
) -> None:
    response = await terminology.get(PATH, params={"terms": terms, **parameters})
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        total, codes, extra, texts = response.json()
        assert total >= len(codes) == len(texts)
        assert extra is None or {len(values) for values in extra.values()} == {len(codes)}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.binary(max_size=60))
async def test_any_bytes_are_answered_or_refused(terminology: httpx.AsyncClient, query: bytes) -> None:
    response = await terminology.get(f"{PATH}?terms={quote_from_bytes(query, safe='&=%+')}")
    assert response.status_code in {200, 400}
