"""The message of a digest: whole in words, well-formed to look at, and safe whatever is watched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from tests.bot.some_releases import JULY, OCTOBER, desk_of
from tests.bot.watches.small_editions import april_store

from hcpcs.catalog.changes import Change
from hcpcs.companions.edition import EditionKind
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.slack.cards.lists.digest import draw_digest
from hcpcs_bot.watches.digest import Digest, MatchedChange, build_digest, period_since
from hcpcs_bot.watches.editions_digest import build_editions_digest, editions_to_compare, newest_days
from hcpcs_bot.watches.matching import word_search
from hcpcs_bot.watches.watch_parser import parse_watches

DESK = desk_of(JULY, OCTOBER)


def digest(text: str = "S93*") -> Digest:
    span = period_since(DESK.catalog, "2025-07", "2025-10")
    assert span is not None
    found = build_digest(DESK.catalog, span, parse_watches(text), word_search(DESK.index))
    assert found is not None
    return found


def large(number: int, text: str = "x" * 400, phrase: str = "all") -> Digest:
    change = Change(
        code="S9353",
        kind=ChangeKind.DESCRIPTION,
        before={"short_description": text},
        after={"short_description": text[::-1]},
        short_description=text[:28],
    )
    caught = tuple(MatchedChange(change=change, phrases=(phrase,) * 6) for _ in range(number))
    return digest().model_copy(update={"matched": caught, "counts": {ChangeKind.DESCRIPTION: number + 5}})


def test_the_text_says_all_of_it() -> None:
    card = draw_digest(digest())
    title, compared, ended, changed, *_ = card.text.splitlines()
    assert title == "HCPCS October 2025: 2 changes to what this channel watches"
    assert compared == "From HCPCS July 2025 to HCPCS October 2025: 1 discontinued and 1 coverage change."
    assert ended.startswith("S9328 (Home infusion therapy, impla) discontinued")
    assert ended.endswith("[watch: S93*]")
    assert changed.startswith("S9353 (Home infusion therapy, conti) coverage changed")
    assert "I -&gt; C" in changed
    assert "/hcpcs unwatch" in card.text
    assert OCTOBER.release.short_digest in card.text


def test_one_change_is_one() -> None:
    assert draw_digest(digest("S9353")).text.startswith("HCPCS October 2025: 1 change to what")


def test_it_looks_like_its_text() -> None:
    card = draw_digest(digest("all"))
    assert [block["type"] for block in card.blocks] == ["header", "context", *["rich_text"] * 5, "context"]
    shown = json.dumps(card.blocks, ensure_ascii=False)
    for code in ("E0788", "S9328", "E0601", "S9353", "E0784"):
        assert code in shown
        assert code in card.text


@pytest.mark.parametrize("found", [digest("all"), digest(), large(30), large(1)])
def test_blocks_are_as_slack_wants_them(found: Digest) -> None:
    card = draw_digest(found)
    assert len(card.blocks) <= 50
    assert len(json.dumps(card.blocks)) < 26_000
    for block in card.blocks:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == block


def test_a_large_digest_stays_readable_and_counts_the_rest() -> None:
    card = draw_digest(large(30))
    assert len(card.text) <= 3900
    told = card.text.count("\nS9353")
    assert f"And {35 - told:,} more: /hcpcs changes" in card.text
    shown = sum(len(run["text"]) for block in card.blocks if block["type"] == "rich_text" for run in texts(block))
    assert shown < 12_000
    assert "And 5 more: /hcpcs changes" in json.dumps(card.blocks)


def texts(element: dict[str, object]) -> list[dict[str, str]]:
    inner = element.get("elements")
    if isinstance(inner, list):
        return [run for one in inner for run in texts(one)]
    return [element] if isinstance(element.get("text"), str) else []  # type: ignore[list-item]


@given(st.text(max_size=60) | st.sampled_from(["<!channel>", "<@U123>", "<http://x|y>", "&lt;", "*bold* `x`"]))
def test_nothing_that_is_watched_or_described_becomes_a_mention_or_link(text: str) -> None:
    card = draw_digest(large(2, text=text, phrase=text))
    assert not re.search(r"<[!@#h]", card.text)
    assert not re.search(r"<[!@#h]", "".join(run["text"] for block in card.blocks for run in texts(block)))


def test_without_a_release_before_it_says_by_what_it_goes() -> None:
    assert "By CMS's action codes" in draw_digest(digest().model_copy(update={"before": None})).text


def of_editions(tmp_path: Path, *texts: str, area: str = "") -> Digest:
    """The digest of companion files alone."""
    companions = april_store(tmp_path)
    last = {EditionKind.ASP: "2026-01-01", EditionKind.DMEPOS: "2025-10-01"}
    watches = [watch for text in texts for watch in parse_watches(text)]
    compared = editions_to_compare(companions, last, newest_days(companions))
    editions = build_editions_digest(companions, compared, watches, word_search(DESK.index), area)
    assert editions is not None
    return Digest(before=None, after=OCTOBER.release, matched=(), counts={}, editions=editions)


def test_companion_files_are_told_with_old_and_new_value_unit_and_percent(tmp_path: Path) -> None:
    card = draw_digest(of_editions(tmp_path, "amount of J1745"))
    title, heading, change, source = card.text.splitlines()
    assert title == "Medicare Part B payment limits April 2026: 1 change to what this channel watches"
    assert heading == "Medicare Part B payment limits April 2026, compared with January 2026 (1)"
    assert change == (
        "J1745: payment limit $31.415 -&gt; $32.50 per 10 MG (+3.45 percent) [watch: amount changes J1745]"
    )
    assert source.startswith("Source: Medicare Part B payment limits April 2026 (")
    for block in card.blocks:
        Block.parse(block).validate_json()


def test_several_companion_files_are_told_with_a_release(tmp_path: Path) -> None:
    editions = of_editions(tmp_path, "amount of J1745", "amount of E0601 in TX")
    card = draw_digest(digest().model_copy(update={"editions": editions.editions}))
    assert card.text.startswith("HCPCS October 2025: 4 changes to what this channel watches\nFrom HCPCS July 2025")
    assert (
        "E0601-RR: in TX $49.06 -&gt; $50.50 per month (+2.94 percent) [watch: amount changes E0601 in TX]" in card.text
    )
    assert draw_digest(editions).text.startswith("Companion files: 2 changes to what this channel watches\n")
