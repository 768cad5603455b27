"""Hits of a list: a line each, the words that decide in it, a reason only where the match isn't literal."""

from __future__ import annotations

from datetime import date

from hcpcs.answers.answer import Answer, HitVerdict, Verdict
from hcpcs.questions.subject import Subject
from hcpcs.search_port import Confidence, Hit, Why
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cards import CardPlace, CardTarget
from hcpcs_bot.slack.cards.lists.hits import DESCRIPTION_SHOWN, hit_list
from hcpcs_bot.slack.cards.lists.search import draw_search

STRIPS = (
    "Blood glucose test or reagent strips for home blood glucose monitor, of any kind that a supplier may furnish to "
    "a beneficiary at home, per 50 strips"
)


def why(rule: str, trail: str) -> Why:
    return Why(word="w", field="long_description", matched="m", rule=rule, trail=trail, place="in the description")


def hit(*reasons: Why) -> Hit:
    return Hit(code="A4253", score=1, short_description="s", long_description=STRIPS, active=True, why=reasons)


def answer(*hits: Hit) -> Answer:
    verdicts = tuple(HitVerdict(code=one.code, verdict=Verdict.CONDITIONAL) for one in hits)
    found = starter_desk().ask("S93*", today=date(2026, 1, 15))
    return found.model_copy(update={"hits": hits, "hit_verdicts": verdicts, "total": len(hits), "offset": 20})


def test_a_line_has_code_verdict_and_the_words_that_decide() -> None:
    (block,) = hit_list(answer(hit()))
    (item,) = block["elements"][0]["elements"]
    code, verdict, description = (run["text"] for run in item["elements"])
    assert (code, verdict) == ("A4253", " ⚠️ Maybe: conditions · ")
    assert description.startswith("Blood glucose test")
    assert description.endswith("per 50 strips")
    assert len(description) <= DESCRIPTION_SHOWN


def test_numbers_go_on_from_the_page_before() -> None:
    (block,) = hit_list(answer(hit()))
    assert block["elements"][0]["offset"] == 20


def test_a_long_headline_does_not_repeat_the_list_below_it() -> None:
    found = answer(hit(), hit()).model_copy(update={"headline": "x" * 200, "confidence": Confidence.HIGH, "offset": 0})
    card = draw_search(found, CardTarget(CardPlace.PRIVATE, date(2026, 1, 15)))
    assert card.blocks[0]["text"]["text"] == "2 matches. Top result: A4253."
    unsure = found.model_copy(update={"confidence": Confidence.LOW})
    assert "x" * 200 in str(draw_search(unsure, CardTarget(CardPlace.PRIVATE, date(2026, 1, 15))).blocks[0])


def test_a_long_headline_of_items_for_a_device_keeps_the_device() -> None:
    lead = 'Codes for "mask" with E0601, the best match first.'
    update = {"headline": "x" * 200, "lead": lead, "confidence": Confidence.HIGH, "offset": 0}
    card = draw_search(answer(hit(), hit()).model_copy(update=update), CardTarget(CardPlace.PRIVATE, date(2026, 1, 15)))
    assert lead in str(card.blocks[0])


def test_only_a_match_that_is_not_literal_has_a_reason() -> None:
    assert hit(why("word", "strips")).reason == ""
    assert hit(why("word", "strips"), why("brand", "accu-chek → glucose strips (brand)")).reason == (
        "accu-chek → glucose strips (brand)"
    )


def test_the_first_line_of_a_coverage_answer_is_its_verdict_and_not_the_number_of_hits() -> None:
    said = f"No. {'S9353 (Home infusion therapy), ' * 8}are not payable by Medicare."
    update = {"headline": said, "total": 3, "confidence": Confidence.HIGH}
    target = CardTarget(CardPlace.PRIVATE, date(2026, 1, 15))
    for subject, counted in ((Subject.COVERAGE, False), (Subject.SEARCH, True)):
        card = draw_search(answer(hit()).model_copy(update={**update, "subject": subject}), target)
        assert ("Top result" in str(card.blocks)) is counted
