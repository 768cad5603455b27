"""How each dose of a text is given, by the words beside it: "zofran 4 mg tab and decadron 10 mg IV"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.questions.question import QuantityRole
from hcpcs.questions.recognizers.quantities.frequencies import follows_frequency
from hcpcs.questions.recognizers.quantities.quantity_roles import form_words
from hcpcs.questions.recognizers.quantities.related_quantities import DOSE_EACH, QuantitySpan
from hcpcs.records.billing.dose_forms import DoseForm, differs_in_form
from hcpcs.records.billing.units import Dimension, unit_of

_DOSED: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER, QuantityRole.RATE, QuantityRole.CONTAINER})
_OF_A_DRUG: Final = frozenset({Dimension.MASS, Dimension.ACTIVITY, Dimension.EQUIVALENT, Dimension.VOLUME})
_JOINT: Final = re.compile(r"[,;+&.?](?!\d)|\b(?:and|then|plus|with|w/|or|for|in)(?!\w)", re.IGNORECASE)
# What may stand between an amount and its form: "4 mg x1 IV", "4 mg zofran ODT".
_GAP: Final = r"(?:(?:x ?\d{1,2}|[a-z][\w'.-]*)\s){0,2}?"
_NUMBERED: Final = ("#", "qty", "quantity", "disp")
_ROUTES: Final = (
    (DoseForm.SOLID, "solid"),
    (DoseForm.ORAL, "oral"),
    (DoseForm.APPLIED, "applied"),
    (DoseForm.INJECTED, "injected"),
)
_AFTER: Final = [(form, re.compile(rf"[\s-]*{_GAP}{form_words(name)}(?!\w)", re.IGNORECASE)) for form, name in _ROUTES]
_BEFORE: Final = [
    (form, re.compile(rf"(?<![\w#])(?<!\d ){form_words(name)}(?:\s[a-z][\w'-]*)?[\s:]*(?:of )?$", re.IGNORECASE))
    for form, name in _ROUTES
]


def with_forms(text: str, spans: Sequence[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts with the form in which each dose is given, which is that of its repetitions and counts, too."""
    doses = [at for at, span in enumerate(spans) if _is_dose(span)]
    forms: list[DoseForm | None] = [None] * len(spans)
    for place, at in enumerate(doses):
        begin = spans[doses[place - 1]].end if place else 0
        end = spans[doses[place + 1]].start if place + 1 < len(doses) else len(text)
        form = _form(text, spans, at, begin, end)
        until = doses[place + 1] if place + 1 < len(doses) else len(spans)
        forms[at:until] = [form] * (until - at)
    formed = [_with_form(text, spans, at, forms) for at in range(len(spans))]
    return _without_directions(formed)


def _is_dose(span: QuantitySpan) -> bool:
    unit = unit_of(span.quantity.unit)
    return span.quantity.role in _DOSED and unit is not None and unit.dimension in _OF_A_DRUG


def _form(text: str, spans: Sequence[QuantitySpan], at: int, begin: int, end: int) -> DoseForm | None:
    """The form in the words right after the amount, or right before it; ``None`` without one."""
    span = spans[at]
    counted = at and spans[at - 1].quantity.role is QuantityRole.SOLIDS
    if counted and text[spans[at - 1].end : span.start].strip() in {"", "of", "x", "@"}:
        return DoseForm.SOLID  # "#120 of 180 mg"
    then = spans[at + 1] if at + 1 < len(spans) else None
    if then and then.quantity.role is QuantityRole.SOLIDS and not then.quantity.written.startswith(_NUMBERED):
        between = text[span.end : then.start]
        if not between.strip(" ,"):
            return DoseForm.SOLID  # "325 mg, 2 tabs"
    joint = _JOINT.search(text, span.end, end)
    own = text[span.end : joint.start() if joint else end]
    if joint and not own.strip() and joint[0] == ",":  # "4 mg, IV"
        own = text[joint.end() : end]
        return next((form for form, words in _AFTER[1:] if words.match(own)), None)
    form = next((form for form, words in _AFTER if words.match(own)), None)
    if form is not None:
        return form
    joints = [*_JOINT.finditer(text, begin, span.start)]
    if begin and not joints:
        return None
    left = text[joints[-1].end() if joints else begin : span.start]
    return next((form for form, words in _BEFORE if words.search(left)), None)


def _with_form(text: str, spans: Sequence[QuantitySpan], at: int, forms: Sequence[DoseForm | None]) -> QuantitySpan:
    span, form = spans[at], forms[at]
    update: dict[str, object] = {} if form is None else {"form": form}
    role = span.quantity.role
    if role is QuantityRole.FURTHER and differs_in_form(form, next(filter(None, forms[:at]), None)):
        update["role"] = QuantityRole.DOSE  # "30 mg IM and 10 mg tabs"
    if role is QuantityRole.COUNT and follows_frequency(text, span.end):
        update["per"] = DOSE_EACH  # "2 vials bid"
    return span._replace(quantity=span.quantity.model_copy(update=update)) if update else span


def _without_directions(spans: Sequence[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts without the dose of the directions where a strength is dispensed: "360 mg bid, #120 of 180 mg"."""
    for at, span in enumerate(spans[1:], 1):
        before = spans[at - 1].quantity
        if before.role is QuantityRole.SOLIDS and before.written.startswith("#") and span.start == spans[at - 1].end:
            unit = span.quantity.unit
            return [
                one
                for one in spans
                if one is span
                or one.quantity.unit != unit
                or one.quantity.role not in _DOSED - {QuantityRole.CONTAINER}
            ]
    return [*spans]
