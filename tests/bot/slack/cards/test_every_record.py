"""Cards of a third of the records at each run: nothing that Slack would refuse, nothing cut without a way on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from random import randrange
from typing import Any

import pytest
from slack_sdk.models.blocks import Block as SdkBlock

from hcpcs.answers.desk import Desk
from hcpcs.answers.intents.decode import CODES_DECODED
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_release
from hcpcs_bot.slack.blockkit.newer_blocks import NewerBlock, with_newer_blocks
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw, draw_decode
from hcpcs_bot.slack.cards.views.full_record import draw_full_record
from hcpcs_bot.slack.ids import code_question
from hcpcs_bot.slack.replies.views import reading_view
from hcpcs_index import memory_index
from slack_peer.rules.block_rules import BlockSurface, problems, text_size, view_problems

pytestmark = pytest.mark.slow

TODAY = date(2026, 1, 15)
RELEASE = "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"
SAMPLE = 12
"""The slow checks look at every twelfth record."""
LONGEST = "G0556"
THIRD = 3


@pytest.fixture(scope="module")
def desk(shared_data: Path) -> Desk:
    catalog = Catalog.build([read_release(shared_data / "releases" / RELEASE)])
    return Desk(catalog, memory_index(catalog))


def message(card: Card) -> list[str]:
    wrong = problems(card.blocks) + problems(with_newer_blocks(card.blocks, NewerBlock))
    if not 0 < len(card.text) < 4_000:
        wrong.append(f"text of {len(card.text)}")
    if text_size(card.blocks) > 13_000:
        wrong.append("over 13,000 characters")
    return wrong


def plain(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: plain(value) for name, value in part.items() if name != "emoji"}
    return [plain(item) for item in part] if isinstance(part, (list, tuple)) else part


def same_in_slack_sdk(blocks: list[dict[str, Any]]) -> bool:
    parsed = [SdkBlock.parse(block) for block in blocks]
    return plain([block.to_dict() for block in parsed if block is not None]) == plain(blocks)


def codes(desk: Desk) -> list[str]:
    """A third of the codes, another one at each run, and the longest record: all of them take minutes."""
    return sorted({*list(desk.catalog.codes())[randrange(THIRD) :: THIRD], LONGEST})


def batched(items: list[str], size: int) -> Iterator[tuple[str, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def refused(found: Iterator[tuple[str, list[str]]]) -> dict[str, list[str]]:
    return {code: wrong for code, wrong in found if wrong}


def test_the_card_of_every_code_with_its_fields_and_description_keeps_the_limits(desk: Desk) -> None:
    def found() -> Iterator[tuple[str, list[str]]]:
        for number, code in enumerate(codes(desk)):
            answer = desk.ask(code_question(code), today=TODAY)
            assert answer.codes == (code,), code
            card = draw(answer, CardTarget(CardPlace.PRIVATE, TODAY))
            record = draw_full_record(answer)
            yield code, message(card)
            yield code, problems(record, BlockSurface.MODAL)
            yield code, problems(with_newer_blocks(record, NewerBlock), BlockSurface.MODAL)
            if number % SAMPLE == 0 or code == LONGEST:
                yield code, view_problems(reading_view("x", draw(answer, CardTarget(CardPlace.VIEW, TODAY)).blocks))
                assert same_in_slack_sdk(card.blocks), code
                assert same_in_slack_sdk(record), code

    assert refused(found()) == {}


def test_the_coverage_answer_of_every_code_keeps_the_limits(desk: Desk) -> None:
    def found() -> Iterator[tuple[str, list[str]]]:
        for number, code in enumerate(codes(desk)):
            card = draw(
                desk.ask(f"is {code_question(code)} payable by Medicare?", today=TODAY),
                CardTarget(CardPlace.PRIVATE, TODAY),
            )
            yield code, message(card)
            if number % SAMPLE == 0 or code == LONGEST:
                assert same_in_slack_sdk(card.blocks), code

    assert refused(found()) == {}


def test_every_code_compared_with_a_neighbour_keeps_the_limits(desk: Desk) -> None:
    def found() -> Iterator[tuple[str, list[str]]]:
        some = codes(desk)  # of an odd number all but the last
        for number, (code, other) in enumerate(zip(some[::2], some[1::2], strict=False)):
            card = draw(
                desk.ask(f"compare {code_question(code)} and {code_question(other)}", today=TODAY),
                CardTarget(CardPlace.PRIVATE, TODAY),
            )
            yield code, message(card)
            if number % SAMPLE == 0 or LONGEST in {code, other}:
                assert same_in_slack_sdk(card.blocks), code

    assert refused(found()) == {}


def test_all_codes_twelve_at_a_time_and_decoded_fifty_at_a_time_keep_the_limits(desk: Desk) -> None:
    for several in batched(codes(desk), 12):
        card = draw(
            desk.ask(", ".join(code_question(code) for code in several), today=TODAY),
            CardTarget(CardPlace.PRIVATE, TODAY),
        )
        assert message(card) == [], several
    for pasted in batched(codes(desk), CODES_DECODED):
        text = "\n".join(f"{line:02} {code} 1 {line * 10}.00" for line, code in enumerate(pasted))
        answer = desk.decode(text, today=TODAY)
        assert message(draw_decode(answer, CardTarget(CardPlace.PRIVATE, TODAY))) == [], pasted
        view = reading_view("x", draw_decode(answer, CardTarget(CardPlace.VIEW, TODAY)).blocks)
        assert view_problems(view) == [], pasted


def test_every_family_of_codes_is_listed_within_the_limits(desk: Desk) -> None:
    for prefix in sorted({code[:3] for code in codes(desk) if len(code) == 5}):
        for offset in (0, 10, 90):
            card = draw(desk.ask(f"{prefix}*", today=TODAY, offset=offset), CardTarget(CardPlace.PRIVATE, TODAY))
            assert message(card) == [], prefix


def test_the_longest_description_is_cut_on_the_card_and_whole_behind_a_button(desk: Desk) -> None:
    answer = desk.ask(LONGEST, today=TODAY)
    description = answer.records[0].value("long_description")
    assert len(description) == 4_492
    card = draw(answer, CardTarget(CardPlace.PRIVATE, TODAY))
    assert description not in str(card.blocks)
    assert "Full record" in str(card.blocks)
    texts = [run["text"] for block in draw_full_record(answer)[2:4] for run in block["elements"][0]["elements"]]
    assert " ".join(texts) == description
