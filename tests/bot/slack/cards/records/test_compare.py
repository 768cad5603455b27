"""A comparison: the difference in a sentence, the fields that differ first, the same ones named at the end."""

from __future__ import annotations

from tests.bot.slack.cards.records.test_several import blocks, rows, told

from hcpcs.answers.desk import Desk

TWO = "compare E0143 and E0149"


def test_the_difference_is_a_sentence_with_the_values(desk: Desk) -> None:
    title, sentence, *_ = blocks(desk, TWO)
    assert title["text"]["text"] == "E0143 vs. E0149"
    text = sentence["elements"][0]["elements"][0]["text"]
    assert "Medicare coverage (D vs. C)" in text
    assert "pricing indicator (32 vs. 36)" in text


def test_only_what_differs_is_in_the_table_and_the_verdict_comes_first(desk: Desk) -> None:
    head, first, *rest = rows(desk, TWO)
    assert head == ["Field", "E0143 vs. E0149"]
    assert first == ["Medicare", "E0143 ⚠️ Maybe: conditions (D)\nE0149 ⚖️ Maybe: MAC decides (C)"]
    price = "E0143 32 · Inexpensive & routinely purchased DME\nE0149 36 · Capped rental DME"
    assert ["Pricing indicator 1", price] in rest
    assert "Also different: code added, action effective, Coverage Issues Manual" in told(desk, TWO)
    assert "Also the same: Status Active; Multiple pricing indicator; Anesthesia base units; BETOS D1E" in told(
        desk, TWO
    )


def test_three_codes_keep_their_descriptions(desk: Desk) -> None:
    described = next(row for row in rows(desk, "compare E0143 E0149 E0163") if row[0] == "Description")
    one, other, third = described[1].splitlines()
    assert one.startswith("E0143 Walker, folding, wheeled")
    assert (other[:5], third[:5]) == ("E0149", "E0163")


def test_two_codes_show_the_words_that_differ(desk: Desk) -> None:
    assert "[E0149: heavy duty, wheeled, rigid or]" in told(desk, TWO)
