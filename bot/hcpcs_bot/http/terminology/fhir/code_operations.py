"""``$lookup`` and ``$validate-code``: one code, explicitly absent where no loaded release states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from hcpcs.answers.desk import Desk
from hcpcs.records.fields import long_date
from hcpcs.records.record import Status
from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.terminology.fhir.code_system_names import (
    ACCEPTED_SYSTEMS,
    ACCEPTED_VALUE_SETS,
    SYSTEM,
    TITLE,
)
from hcpcs_bot.http.terminology.fhir.coded_concepts import PROPERTIES, STATUS_CODES, CodedConcept, read_concept
from hcpcs_bot.http.terminology.fhir.day_and_version import day_asked
from hcpcs_bot.http.terminology.fhir.operation_input import Coding, OperationInput
from hcpcs_bot.http.terminology.fhir.validation_issues import IssueKind, ValidationIssue, issues_parameter

Json = dict[str, Any]
_NOT_SUPPORTED: Final = ("codeSystem", "valueSet", "context")
EVERY_PROPERTY: Final = "*"
_CODE: Final = re.compile(r"[!-~]{1,40}")
"""A text that may be written as FHIR's type ``code``."""
UNKNOWN_SYSTEM: Final = f"system: this server knows one code system, {SYSTEM}."


def lookup_code(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
    """The ``Parameters`` of a code. Raises ``ProblemError``: 404 for a code or system that isn't here."""
    coding = _coding(asked, instance=instance)
    if coding.system not in ACCEPTED_SYSTEMS:
        raise ProblemError(404, UNKNOWN_SYSTEM)
    day = day_asked(desk, asked, today, coding.version)
    wanted = set(asked.texts("property")) - {EVERY_PROPERTY}
    concept = read_concept(desk, coding.code, day.day, day_asked=day.named)
    if concept is None:
        raise ProblemError(404, absent(desk, coding.code))
    if day.named and concept.status is Status.NOT_YET:
        # What the code means later must not be taken for what it meant on the day: codes are reused.
        raise ProblemError(404, concept.ruling.claim)
    parameters: list[Json] = [
        {"name": "name", "valueString": TITLE},
        {"name": "version", "valueString": concept.on_day.statement.release.id},
        {"name": "display", "valueString": concept.display},
    ]
    short = concept.record.short_description
    if short and (not wanted or "designation" in wanted):
        parts = [
            {"name": "language", "valueCode": "en"},
            {"name": "use", "valueCoding": {"display": "Short description"}},
            {"name": "value", "valueString": short},
        ]
        parameters.append({"name": "designation", "part": parts})
    for name, stated in PROPERTIES.items():
        if not wanted or name in wanted:
            for value in stated.read(concept):
                parts = [{"name": "code", "valueCode": name}, {"name": "value", value.type: value.value}]
                if value.meaning:
                    parts.append({"name": "description", "valueString": value.meaning})
                parameters.append({"name": "property", "part": parts})
    return {"resourceType": "Parameters", "parameter": parameters}


def validate_in_system(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
    """The ``Parameters`` that say whether a code is in the code system."""
    url = asked.text("url")
    if url and url not in ACCEPTED_SYSTEMS:
        raise ProblemError(404, f"url: this server knows one code system, {SYSTEM}.")
    return _validate(desk, asked, today, instance=instance or bool(url))


def validate_in_value_set(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
    """The ``Parameters`` that say whether a code is in the set of all codes."""
    check_value_set(asked, instance=instance)
    return _validate(desk, asked, today, instance=False, in_value_set=True)


def check_value_set(asked: OperationInput, *, instance: bool) -> None:
    """Raises ``ProblemError`` if a request names another value set than that of all codes, or none."""
    refuse_unsupported(asked)
    url, _, version = asked.text("url").partition("|")
    if not url and not instance:
        raise ProblemError(400, "url: name the value set of all codes, or ask ValueSet/hcpcs.")
    if (url and url not in ACCEPTED_VALUE_SETS) or version:
        raise ProblemError(404, f"url: this server knows one value set, {SYSTEM}?fhir_vs, without a version.")


def refuse_unsupported(asked: OperationInput) -> None:
    """Raises ``ProblemError`` for parameters that would define other codes, which must not be ignored."""
    for name in _NOT_SUPPORTED:
        if name in asked:
            raise ProblemError(501, f"{name}: this server takes none. It knows the codes of HCPCS Level II.")


def absent(desk: Desk, code: str) -> str:
    """Why a code is not here, and what to do."""
    upper = code.upper()
    if upper != code and upper in desk.catalog:
        return f"Not a HCPCS Level II code as written: codes are case-sensitive, and {upper} exists."
    if desk.catalog.starter:
        return "The code is not among the two of the package. Load the full set with hcpcs update."
    return f"The code is in none of the loaded releases of HCPCS Level II (newest: {desk.catalog.newest.label})."


def _coding(asked: OperationInput, *, instance: bool) -> Coding:
    """The one code that is asked about, with its system."""
    refuse_unsupported(asked)
    codings = asked.codings()
    code = asked.text("code")
    if len(codings) + bool(code) != 1:
        raise ProblemError(400, "Give either code and system, or one coding.")
    coding = codings[0] if codings else Coding(asked.text("system"), code, asked.text("display"))
    if not coding.code:
        raise ProblemError(400, "coding: give its code.")
    if coding.system or not instance:
        if not coding.system:
            raise ProblemError(400, f"system: give the code system, {SYSTEM}.")
        return coding
    return coding._replace(system=SYSTEM)


def _validate(desk: Desk, asked: OperationInput, today: date, *, instance: bool, in_value_set: bool = False) -> Json:
    refuse_unsupported(asked)
    if "codeableConcept" in asked and not asked.text("code"):
        ours = [(number, one) for number, one in enumerate(asked.codings()) if one.system in ACCEPTED_SYSTEMS]
        if not ours:
            text = "None of the codings is of HCPCS Level II."
            return _result(False, [ValidationIssue(IssueKind.UNKNOWN_CODE, text)], "CodeableConcept")
        places = (f"CodeableConcept.coding[{number}]" for number, _ in ours)
        results = [
            _validate_one(desk, asked, today, one, place, in_value_set=in_value_set)
            for place, (_, one) in zip(places, ours, strict=True)
        ]
        return next((one for one in results if one["parameter"][0]["valueBoolean"]), results[0])
    coding = _coding(asked, instance=instance)
    place = "" if asked.text("code") else "Coding"
    if coding.system not in ACCEPTED_SYSTEMS:
        return _result(
            False,
            [ValidationIssue(IssueKind.UNKNOWN_SYSTEM, UNKNOWN_SYSTEM.removeprefix("system: ").capitalize())],
            place,
        )
    return _validate_one(desk, asked, today, coding, place, in_value_set=in_value_set)


def _validate_one(
    desk: Desk, asked: OperationInput, today: date, coding: Coding, place: str, *, in_value_set: bool
) -> Json:
    day = day_asked(desk, asked, today, coding.version)
    concept = read_concept(desk, coding.code, day.day, day_asked=day.named)
    if concept is None:
        issues = [ValidationIssue(IssueKind.UNKNOWN_CODE, absent(desk, coding.code))]
        if in_value_set:
            issues.append(ValidationIssue(IssueKind.NOT_IN_VALUE_SET, "The value set has the codes of HCPCS Level II."))
        return _result(False, issues, place, code=coding.code)
    issues = list(_warnings(concept))
    display = coding.display or asked.text("display")
    known = {_folded(concept.display), _folded(concept.record.short_description)}
    if display and _folded(display) not in known:
        issues.insert(0, ValidationIssue(IssueKind.OTHER_DISPLAY, "The display is not that of the code."))
    valid = all(one.kind.value.severity != "error" for one in issues)
    return _result(valid, issues, place, concept)


def _warnings(concept: CodedConcept) -> Iterator[ValidationIssue]:
    record = concept.record
    if concept.status is Status.NOT_YET and record.added_date is not None:
        text = f"{record.code} is not in effect before {long_date(record.added_date)}."
        yield ValidationIssue(IssueKind.NOT_YET, text)
    elif concept.status is Status.TERMINATED and record.termination_date is not None:
        ended = long_date(record.termination_date)
        yield ValidationIssue(
            IssueKind.INACTIVE, f"{record.code} ended on {ended} and can't be used for later dates of service."
        )
    elif concept.on_day.removed_in is not None and concept.on_day.removed:
        text = f"{record.code} is no longer in the code set: {concept.on_day.removed_in.label} doesn't include it."
        yield ValidationIssue(IssueKind.INACTIVE, text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _result(
    valid: bool, issues: Sequence[ValidationIssue], place: str, concept: CodedConcept | None = None, *, code: str = ""
) -> Json:
    """The ``Parameters`` of a validation; ``code`` is that of no concept."""
    parameters: list[Json] = [{"name": "result", "valueBoolean": valid}]
    if issues:
        message = " ".join(one.text for one in issues if one.kind is not IssueKind.NOT_IN_VALUE_SET)
        parameters += [{"name": "message", "valueString": message}, issues_parameter(issues, place)]
    if concept is not None:
        parameters += [
            {"name": "display", "valueString": concept.display},
            {"name": "code", "valueCode": concept.record.code},
            {"name": "system", "valueUri": SYSTEM},
            {"name": "version", "valueString": concept.on_day.statement.release.id},
            {"name": "inactive", "valueBoolean": concept.inactive},
            {"name": "status", "valueCode": STATUS_CODES[concept.status]},
        ]
    elif code:
        stated = [{"name": "code", "valueCode": code}] if _CODE.fullmatch(code) else []
        parameters += [*stated, {"name": "system", "valueUri": SYSTEM}]
    return {"resourceType": "Parameters", "parameter": parameters}
