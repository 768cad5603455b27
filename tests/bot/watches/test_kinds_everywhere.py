"""Every word for a kind of change means the same in a question and in a watch, and every kind has a place on cards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.bot.some_releases import JULY, OCTOBER, desk_of

from hcpcs.answers.desk import Desk
from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.catalog.changes import Change
from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Intent
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text, kinds_of_word
from hcpcs_bot.slack.cards import draw
from hcpcs_bot.slack.cards.lists.digest import draw_digest
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.watches.digest import Digest, MatchedChange
from hcpcs_bot.watches.watch import About
from hcpcs_bot.watches.watch_parser import parse_watches

TODAY = date(2025, 11, 21)


def phrases() -> Iterator[tuple[str, str, frozenset[ChangeKind]]]:
    """Each word of the table as it is asked and as it is watched, with the kinds that it means."""
    for spec in change_kinds().values():
        for word in spec.codes:
            yield f"{word} codes this quarter", f"{word} codes", kinds_of_word(word)
        for word in spec.events:
            yield f"{word} this quarter", word, kinds_of_word(word)
        for word in (*spec.subjects, *spec.before_changes):
            yield f"{word} changes", f"{word} changes", kinds_of_word(word)
            yield f"what {word} changes were there this quarter", f"{word} changes", kinds_of_word(word)


@pytest.mark.parametrize(("question", "watched", "kinds"), list(phrases()))
def test_a_word_means_the_same_in_a_question_and_in_a_watch(
    question: str, watched: str, kinds: frozenset[ChangeKind]
) -> None:
    asked = parse_question(question, TODAY)
    assert asked.intent is Intent.CHANGES
    assert asked.change_kinds == kinds
    (watch,) = parse_watches(watched)
    assert (watch.about, watch.kinds) == (About.ALL, kinds)
    assert parse_watches(watch.phrase) == (watch,)


@pytest.mark.parametrize("word", [word for spec in change_kinds().values() for word in spec.codes])
def test_a_word_said_of_codes_may_be_around_what_they_are_for(word: str) -> None:
    (watch,) = parse_watches(f"{word} wheelchair codes")
    assert (watch.about, watch.pattern, watch.kinds) == (About.WORDS, "wheelchair", kinds_of_word(word))


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_is_shown_by_its_name_and_sign(kind: ChangeKind) -> None:
    spec = change_kinds()[kind]
    change = Change(code="S9353", kind=kind, before={}, after={}, short_description="Hit cont insulin diem")
    assert change_sentence(change) == f"S9353 (Hit cont insulin diem) {spec.label}."
    matched = MatchedChange(change=change, phrases=("all",))
    digest = Digest(before=None, after=OCTOBER.release, matched=(matched,), counts={kind: 1})
    card = draw_digest(digest)
    assert count_text(1, kind) in card.text
    assert f"{spec.sign} {spec.label.capitalize()} (1)" in str(card.blocks)


def test_a_question_about_one_kind_shows_that_kind_alone() -> None:
    small = desk_of(JULY, OCTOBER)
    answer = Desk(small.catalog, small.index).ask("what wording changes were there this quarter", today=TODAY)
    assert answer.headline == "Changes from October 1, 2025 to December 31, 2025: 1 description change."
    card = draw(answer, CardTarget(CardPlace.PRIVATE, TODAY))
    assert change_kinds()[ChangeKind.DESCRIPTION].sign in str(card.blocks)
    assert "E0601" in card.text
