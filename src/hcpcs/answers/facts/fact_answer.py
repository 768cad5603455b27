"""What the answers from companion files share: the model, amounts and days in words, and the proof of a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, Edition, EditionKind, Fact, FactLookUp
from hcpcs.companions.edition_kinds import edition_kinds, has_newer
from hcpcs.companions.forms.prior_authorization import NATIONWIDE
from hcpcs.questions.question import AskedDetail, Intent
from hcpcs.records.billing.areas import area_name
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement

ROWS_NAMED: Final = 4
"""Maximum rows of a file that a sentence names."""
_WITHOUT_YES_OR_NO: Final = frozenset({AskedDetail.SINCE_WHEN, AskedDetail.WHICH})
CODES_LISTED: Final = 60
"""Maximum codes and ranges of codes that a sentence lists; the facts have all of them."""


class FactAnswer(NamedTuple):
    """An answer from companion files: its first sentence, the sentences under it, and the facts that it is drawn from.

    It is empty where no edition of the subject is loaded. ``absence`` says why a list has no fact for its day.
    """

    headline: str = ""
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    absence: Absence | None = None


def expects_yes_or_no(context: AnswerContext) -> bool:
    """Whether yes or no answers the question on one code, and not "when" or "which"."""
    asked = context.question
    plain = AskedDetail.YES_NO in asked.details and asked.details.isdisjoint(_WITHOUT_YES_OR_NO)
    return plain and asked.intent is Intent.REFERRAL and len(asked.codes) == 1


AnswerOfOneCode = Callable[[str, tuple[Fact, ...], Edition], FactAnswer]
"""Answers for a code that an edition lists, from its facts."""


def answer_each(
    context: AnswerContext, kind: EditionKind, statements: Sequence[Statement], answer_one: AnswerOfOneCode
) -> FactAnswer:
    """The answers of ``answer_one`` for each code, one after the other; why there is none for a code without facts.

    Empty if no edition of ``kind`` is loaded.
    """
    answers: list[FactAnswer] = []
    for code in (statement.record.code for statement in statements):
        look_up = context.facts_of(kind, code)
        if look_up.absence is Absence.NOT_LOADED:
            return FactAnswer()
        if look_up.facts and look_up.edition is not None:
            answers.append(answer_one(code, look_up.facts, look_up.edition))
        else:
            answers.append(FactAnswer(absence_sentence(look_up, code)))
    return FactAnswer(
        " ".join(answer.headline for answer in answers),
        tuple(dict.fromkeys(sentence for answer in answers for sentence in answer.evidence)),
        tuple(fact for answer in answers for fact in answer.facts),
    )


def money(amount: Decimal) -> str:
    """An amount of dollars with at least two decimals: ``$50.90``, ``$3.364``, ``$1,296.92``."""
    decimals = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"${amount:,.{decimals}f}"


def cents(amount: Decimal) -> Decimal:
    """An amount rounded to cents, half a cent up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def dollars(amount: Decimal) -> str:
    """An amount rounded to cents, as it is billed: ``$1,296.92``."""
    return f"${cents(amount):,.2f}"


def fact_evidence(text: str, code: str, label: str = "") -> Evidence:
    """A sentence that a companion file states about a code."""
    return Evidence(kind=EvidenceKind.FACT, text=text, code=code or None, label=label)


def proof_of(facts: Iterable[Fact], edition: Edition, day: date) -> Evidence:
    """The edition, file and rows that prove some facts; where the edition is outdated on ``day``, also that."""
    rows = list(dict.fromkeys(str(fact.row) for fact in facts))
    numbers = (
        join_words(rows)
        if len(rows) <= ROWS_NAMED
        else f"{', '.join(rows[:ROWS_NAMED])} and {len(rows) - ROWS_NAMED} more"
    )
    where = f", {'row' if len(rows) == 1 else 'rows'} {numbers}" if rows else ""
    text = f"{edition.label} ({edition.file}{where}).{age_of(edition, day)}"
    return Evidence(kind=EvidenceKind.FACT, text=text, label="From")


def names_of(editions: Iterable[Edition]) -> list[str]:
    """The labels of editions; several of one group and period have one: ``MUE tables July 2024``."""
    grouped: dict[tuple[str, date | None], list[Edition]] = {}
    for edition in dict.fromkeys(editions):
        group = edition_kinds()[edition.kind].group
        grouped.setdefault((group or edition.label, edition.from_day), []).append(edition)
    return [
        members[0].label if len(members) == 1 or first is None else f"{name} {first:%B %Y}"
        for (name, first), members in grouped.items()
    ]


def proofs_of(look_ups: Iterable[FactLookUp], day: date) -> tuple[Evidence, ...]:
    """What proves the facts of several look-ups: one line per file of one period."""
    by_file: dict[tuple[str, date | None], list[FactLookUp]] = {}
    for look_up in look_ups:
        if look_up.edition is not None and look_up.facts:
            by_file.setdefault((look_up.edition.file, look_up.edition.from_day), []).append(look_up)
    proofs = []
    for group in by_file.values():
        editions = [look_up.edition for look_up in group if look_up.edition is not None]
        one = editions[0].model_copy(update={"label": join_words(names_of(editions))})
        proofs.append(proof_of([fact for look_up in group for fact in look_up.facts], one, day))
    return tuple(proofs)


def age_of(edition: Edition, day: date) -> str:
    """The sentence that CMS has published a newer edition by ``day``; blank while the edition is new enough."""
    if not has_newer(edition, day):
        return ""
    if edition.to_day is None:
        return " CMS renews it every week; load a newer one."
    return f" Its quarter ended on {long_date(edition.to_day)}; CMS has published a newer edition since."


def absence_sentence(look_up: FactLookUp, what: str) -> str:
    """Why there is no fact about ``what`` (a code, an NDC); it never answers "no"."""
    name = edition_kinds()[look_up.kind].name
    if look_up.absence is Absence.NOT_LISTED and look_up.edition is not None:
        return f"{what} is not on the {look_up.edition.label}."
    if look_up.absence is Absence.NOT_IN_FORCE:
        return f"No loaded edition of the {name} was in force on {long_date(look_up.day)}."
    return f"No {name} is loaded."


def loaded_look_ups(
    context: AnswerContext, kinds: Sequence[EditionKind], code: str, other_code: str | None = None
) -> list[FactLookUp]:
    """The look-ups of a code in each of ``kinds`` that has a loaded edition."""
    look_ups = [context.facts_of(kind, code, other_code=other_code) for kind in kinds]
    return [look_up for look_up in look_ups if look_up.absence is not Absence.NOT_LOADED]


def starts(fact: Fact, first: date, last: date) -> bool:
    """Whether a fact begins to hold on a day of a period."""
    return fact.first_day is not None and first <= fact.first_day <= last


def states_in_words(states: Sequence[str]) -> str:
    """States of a list by their names: ``Illinois and New York``; ``nationwide`` for all."""
    return "nationwide" if NATIONWIDE in states else f"in {join_words([area_name(state) for state in states])}"


def codes_in_words(codes: Sequence[str]) -> str:
    """How many codes, and which: ``4 codes (E0194 and E0466 to E0468)``, with the number of those left out."""
    if len(codes) == 1:
        return codes[0]
    runs: list[list[str]] = []
    for code in codes:
        if runs and code[0] == runs[-1][-1][0] and int(code[1:]) == int(runs[-1][-1][1:]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    named = [one for run in runs for one in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]
    if len(named) > CODES_LISTED:
        named = [*named[:CODES_LISTED], f"{len(named) - CODES_LISTED} more"]
    return f"{len(codes)} codes ({join_words(named)})"
