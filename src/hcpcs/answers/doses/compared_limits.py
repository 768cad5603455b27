"""A number of units of a question beside the limits of its code: whether "4 units of A7034" are more than allowed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import number_of, of_role, plain_number
from hcpcs.answers.doses.unit_counts import number_of_units
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Fact
from hcpcs.questions.question import AskedDetail, Quantity, QuantityRole, Question
from hcpcs.questions.recognizers.quantities.counted_items import ITEM
from hcpcs.records.billing.billing_units import NoUnitSize, UnitSize, unit_size
from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.billing.units import Dimension
from hcpcs.records.manuals.dme_policies import UsualBound, UsualMaximum, usual_maximum
from hcpcs.records.record import CodeRecord, Statement

_ITEMS: Final = frozenset({ITEM, "unit"})


class AskedUnits(NamedTuple):
    """The units that a question gives for its only code, and the days that they are for; ``None`` without a period."""

    code: str
    number: Decimal
    days: int | None

    @property
    def written(self) -> str:
        """``4 units of A7034``."""
        return f"{number_of_units(self.number)} of {self.code}"


class LimitComparison(NamedTuple):
    """The sentence that compares units with a limit, blank where none can, and whether it states the usual maximum."""

    sentence: str = ""
    states_usual: bool = False


def asked_units(context: AnswerContext, statements: Sequence[Statement]) -> AskedUnits | None:
    """The units to compare with a limit; ``None`` without a number, or where it is ambiguous.

    Of several codes of an item in words ("90 strips a month") the only one with a usual maximum counts. "40 units" of a
    code that is per 1000 units may be a dose or billing units: nothing is compared.
    """
    if len(statements) > 1 and not context.question.codes:
        statements = [one for one in statements if usual_maximum(one.record.code)]
    return _units_of(context.question, statements[0].record) if len(statements) == 1 else None


def _units_of(question: Question, record: CodeRecord) -> AskedUnits | None:
    size = unit_size(record.long_description)
    of_activity = isinstance(size, UnitSize) and size.unit.dimension is Dimension.ACTIVITY and size.amount != 1
    if of_activity and any(one.unit == "unit" for one in question.quantities):
        return None
    exact = units_of_code(record.code, record.long_description, question).exact
    if exact is None and isinstance(size, NoUnitSize) and size.per is None:
        # A descriptor that states no unit is of one item: "A4353 200 per month".
        items = (number_of(one) for one in question.quantities if one.unit in _ITEMS)
        exact = next(items, None)
    if exact is None:
        return None
    rate = next((one for one in of_role(question.quantities, QuantityRole.RATE) if one.per in DAYS_OF), None)
    period = question.limit_period.days if question.limit_period else None
    return AskedUnits(record.code, exact, _days_of(question, rate) if rate else period)


def _days_of(question: Question, rate: Quantity) -> int:
    """The days that the units of a rate are for: 30 of "5 a day x 30"."""
    for lasting in of_role(question.quantities, QuantityRole.DURATION):
        return int(lasting.amount * DAYS_OF[lasting.unit])
    times = [one for one in of_role(question.quantities, QuantityRole.TIMES) if not one.unit]
    return int(times[0].amount * DAYS_OF[rate.per]) if times else DAYS_OF[rate.per]


def compared_with_edits(context: AnswerContext, asked: AskedUnits, edits: Sequence[Fact]) -> LimitComparison:
    """Whether the units are more than the medically unlikely edits of the settings in which the code is billed.

    Blank where they are for more than a day, which an edit doesn't count.
    """
    limits = {Decimal(int(str(fact.value))): fact.qualifiers.setting or "" for fact in edits if fact.value}
    if not limits or (asked.days or 1) > 1:
        return LimitComparison()
    over = [limit for limit in limits if asked.number > limit]
    if over and len(over) < len(limits):
        settings = join_words([limits[limit] for limit in over])
        part = f"more than its MUE for {settings} services, and within its other MUE"
        return LimitComparison(f"{asked.written} is {part}.")
    number = join_words([plain_number(limit) for limit in sorted(limits)], "or")
    return LimitComparison(_sentence(context, asked.written, f"its MUE of {number}", exceeded=bool(over)))


def compared_with_usual(context: AnswerContext, asked: AskedUnits, usual: UsualMaximum) -> LimitComparison:
    """Whether the units are more than the usual maximum of the policy; blank where it can't be compared.

    Units without a period are compared as if they were for the period of the maximum.
    """
    bounds = usual.bounds
    if not bounds:
        return LimitComparison()
    days = bounds[0].days
    number = asked.number if asked.days is None else asked.number * days / asked.days
    written = asked.written
    if asked.days not in {None, days}:
        written = f"{written} in {_period(asked.days or days)} is {plain_number(number)} in {_period(days)}, which"
    over = [bound for bound in bounds if number > bound.number]
    if over and len(over) < len(bounds):
        within = next(bound for bound in bounds if bound not in over)
        both = f"more than {_usual(over[0])}, and within {_usual(within)}"
        return LimitComparison(f"{written} is {both} (LCD {usual.policy.lcd}).")
    named = (
        join_words([_usual(bound) for bound in bounds], "and")
        if len(bounds) > 1
        else f"the usual limit of {usual.quantity}"
    )
    sentence = _sentence(context, written, f"{named} (LCD {usual.policy.lcd})", exceeded=bool(over))
    return LimitComparison(sentence, states_usual=len(bounds) == 1)


def _usual(bound: UsualBound) -> str:
    return f"the usual limit of {bound.number}{bound.condition}"


def _period(days: int) -> str:
    for name in ("year", "month", "week"):
        if days % DAYS_OF[name] == 0:
            number = days // DAYS_OF[name]
            return f"{number} {name}{'' if number == 1 else 's'}"
    return f"{days} day{'' if days == 1 else 's'}"


def _sentence(context: AnswerContext, written: str, limit: str, *, exceeded: bool) -> str:
    details = context.question.details
    sentence = f"{written} is {'more than' if exceeded else 'within'} {limit}."
    if AskedDetail.TOO_MUCH in details:
        return f"{'Yes' if exceeded else 'No'}. {sentence}"
    asked = not details.isdisjoint({AskedDetail.ALL_RIGHT, AskedDetail.YES_NO})
    return f"{'No' if exceeded else 'Yes'}. {sentence}" if asked else sentence
