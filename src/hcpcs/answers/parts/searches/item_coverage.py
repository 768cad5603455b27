"""Medicare's coverage of an item that is asked about in words: what the codes that its words surely find share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from hcpcs.answers.answer import Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.notices.payers import asks_other_payer_alone, with_payer
from hcpcs.answers.parts.searches.hit_labels import labeled_codes
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.answers.verdicts import COVERAGE_RULES, UNKNOWN_RULE, VerdictRule
from hcpcs.records.record import RecordKind
from hcpcs.search_port import Confidence, Hit, SearchResult

SURE_SHARE: Final = 2 / 3
"""Share of the best hit's score that a hit must have to be the item asked about.

For "shower chair", E0240 has 54.0 and a shower protector for a tracheostomy 4.9; for "lift chair", E0627 has 54.0,
E0629 50.2 and a commode chair with a lift 25.1.
"""
CODES_NAMED: Final = 3
"""Maximum codes that the first sentence names for each verdict."""


class ItemCoverage(NamedTuple):
    """The first sentence on the coverage of an item, and the verdict if all of its codes share it."""

    headline: str
    verdict: Verdict | None


def sure_hits(result: SearchResult) -> tuple[Hit, ...]:
    """The valid codes that are surely the item asked about; none where the words were guessed or match in part."""
    if result.confidence is not Confidence.HIGH or result.hits[0].ended is not None:
        return ()
    least = SURE_SHARE * result.hits[0].score
    return tuple(hit for hit in result.hits if hit.score >= least and hit.active)


def coverage_of_item(context: AnswerContext, result: SearchResult) -> ItemCoverage | None:
    """Medicare's coverage of the item that ``result`` finds; ``None`` where no procedure is surely that item."""
    rulings: dict[VerdictRule, list[Hit]] = {}
    for hit in sure_hits(result):
        statement = context.state(hit.code)
        if statement is None or statement.record.kind is not RecordKind.PROCEDURE:
            return None
        rule = COVERAGE_RULES.get(statement.record.coverage, UNKNOWN_RULE)
        if context.judge(statement).label != rule.label:  # the day asked about decides, not the coverage code
            return None
        rulings.setdefault(rule, []).append(hit)
    if not rulings:
        return None
    claims = [_claim(rule, hits) for rule, hits in rulings.items()]
    only_the_other = asks_other_payer_alone(context.question)
    opening = "It depends on the code." if len(claims) > 1 else next(iter(rulings)).word
    verdicts = {rule.verdict for rule in rulings}
    count = sum(map(len, rulings.values()))
    total = f" {result.total:,} matches." if result.total > count else ""
    return ItemCoverage(
        headline=with_payer(context, " ".join(claims if only_the_other else (opening, *claims))) + total,
        verdict=verdicts.pop() if len(verdicts) == 1 and not only_the_other else None,
    )


def uncertain_coverage(context: AnswerContext, result: SearchResult) -> str:
    """Why there is no one verdict where the words match no code for certain, with those on the closest codes."""
    hits = [hit for hit in result.hits if hit.active][:CODES_NAMED]
    rulings: dict[VerdictRule, list[Hit]] = {}
    for hit in hits:
        statement = context.state(hit.code)
        if statement is not None and statement.record.kind is RecordKind.PROCEDURE:
            rulings.setdefault(COVERAGE_RULES.get(statement.record.coverage, UNKNOWN_RULE), []).append(hit)
    if not rulings:
        return ""
    lacking = join_words([f'"{word}"' for word in result.lacking], last="or")
    sentences = [
        "It isn't clear which code is meant.",
        *(_claim(rule, group) for rule, group in rulings.items()),
        f"{hits[0].code} doesn't mention {lacking}." if lacking else "",
    ]
    return with_payer(context, " ".join(filter(None, sentences)))


def verdicts_on(context: AnswerContext, hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """Medicare's verdict on the code of each hit, one sentence each."""
    statements = (context.state(hit.code) for hit in hits)
    return tuple(
        Evidence(
            kind=EvidenceKind.VERDICT,
            text=f"{context.judge(statement).label}.",
            code=statement.record.code,
            field="coverage",
            label=statement.record.code,
        )
        for statement in statements
        if statement is not None
    )


def _claim(rule: VerdictRule, hits: list[Hit]) -> str:
    """What a coverage code means for hits: ``V5261 (Hearing aid, binaural) and 3 more are not covered by Medicare.``"""
    named = labeled_codes(hits[:CODES_NAMED], more=len(hits) - CODES_NAMED)
    return rule.claim_of(named, len(hits))
