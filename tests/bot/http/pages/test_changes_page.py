"""The page of what changed."""

from __future__ import annotations

import re
from collections import Counter

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of

from hcpcs.answers.desk import Desk
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.http.pages.change_counts import CHART_HEIGHT, changes_by_release, draw_chart

pytestmark = pytest.mark.slow


async def test_the_starter_says_that_it_is_one(client: httpx.AsyncClient) -> None:
    response = await client.get("/changes")
    assert response.status_code == 200
    assert "Only the two starter codes are loaded" in response.text


@pytest.mark.parametrize(
    "query", ["release=1999-01", "kind=nothing", "page=0", "page=99", "page=x", "release=%3Cscript%3E"]
)
async def test_what_is_not_listed_is_not_found(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"/changes?{query}")
    assert response.status_code == 404
    assert "<script>" not in response.text


async def test_one_release_is_read_by_its_action_codes(one_release: Desk) -> None:
    async with client_of(service_of(lambda: one_release)) as client:
        page = (await client.get("/changes?kind=added")).text
    assert "no older one is loaded to compare it with" in page
    assert '<strong class="kind added">added</strong>' in page
    assert "<svg" not in page


@pytest.mark.slow
async def test_a_release_is_compared_with_the_one_before(three_releases: Desk) -> None:
    async with client_of(service_of(lambda: three_releases)) as client:
        page = (await client.get("/changes")).text
    assert "Compared with HCPCS July 2024, the release before it that is loaded here." in page
    changes = three_releases.catalog.changes("2024-07", "2025-10")
    kinds = Counter(one.kind for one in changes)
    added, ended = kinds[ChangeKind.ADDED], kinds[ChangeKind.DISCONTINUED]
    assert f'<h2 id="list">{len(changes)} changes</h2>' in page
    assert f"{added} added" in page
    assert "style=" not in page
    # The table says what the bars show.
    row = rf'<a href="/changes\?release=2025-10"[^>]*>October 2025</a></th><td>{added}</td><td>{ended}</td>'
    assert re.search(row, page)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", *ChangeKind])
async def test_every_page_of_every_kind_is_listed(three_releases: Desk, kind: str) -> None:
    expected = [
        one.code for one in three_releases.catalog.changes("2024-07", "2025-10") if kind in {"", one.kind.value}
    ]
    listed: list[str] = []
    async with client_of(service_of(lambda: three_releases)) as client:
        address = f"/changes?release=2025-10&kind={kind}&page=1"
        while address:
            page = (await client.get(address)).text
            listed += re.findall(r'<li><a class="code" href="/codes/(\w+)">', page)
            following = re.search(r'href="([^"]+)">Next', page)
            address = following[1].replace("&amp;", "&") if following else ""
    assert listed == expected


@pytest.mark.slow
def test_the_bars_are_as_high_as_the_counts(three_releases: Desk) -> None:
    listed = changes_by_release(three_releases.catalog)
    chart = draw_chart(listed)
    assert [bar.changes.release.id for bar in chart.bars] == ["2024-07", "2025-10"]
    highest = max(chart.bars, key=lambda bar: bar.changes.total)
    assert sum(part.height for part in highest.parts) == pytest.approx(CHART_HEIGHT, abs=0.5)
    for bar in chart.bars:
        first = bar.parts[0]
        assert first.kind is ChangeKind.ADDED
        assert first.y + first.height == pytest.approx(chart.base)
        share = bar.changes.counts[ChangeKind.ADDED] / highest.changes.total
        assert first.height == pytest.approx(CHART_HEIGHT * share, abs=0.1)
