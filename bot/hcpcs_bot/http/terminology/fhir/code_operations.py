"""``$lookup`` and ``$validate-code``: one code, explicitly absent where no loaded release states it."""

from __future__ import annotations

from collections.abc import Iterator
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

Json = dict[str, Any]
_NOT_SUPPORTED: Final = ("codeSystem", "valueSet", "context")
UNKNOWN_SYSTEM: Final = f"system: this server knows one code system, {SYSTEM}."


def lookup_code(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
    """The ``Parameters`` of a code. Raises ``ProblemError``: 404 for a code or system that isn't here."""
    coding = _coding(asked, instance=instance)
    if coding.system not in ACCEPTED_SYSTEMS:
        raise ProblemError(404, UNKNOWN_SYSTEM)
    day = day_asked(desk, asked, today, coding.version)
    wanted = set(asked.texts("property"))
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
    return _validate(desk, asked, today, instance=False)


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


def _validate(desk: Desk, asked: OperationInput, today: date, *, instance: bool) -> Json:
    refuse_unsupported(asked)
    if "codeableConcept" in asked and not asked.text("code"):
        ours = [one for one in asked.codings() if one.system in ACCEPTED_SYSTEMS]
        if not ours:
            return _result(False, "None of the codings is of HCPCS Level II.")
        results = [_validate_one(desk, asked, today, one) for one in ours]
        return next((one for one in results if one["parameter"][0]["valueBoolean"]), results[0])
    coding = _coding(asked, instance=instance)
    if coding.system not in ACCEPTED_SYSTEMS:
        return _result(False, UNKNOWN_SYSTEM.removeprefix("system: ").capitalize())
    return _validate_one(desk, asked, today, coding)


def _validate_one(desk: Desk, asked: OperationInput, today: date, coding: Coding) -> Json:
    day = day_asked(desk, asked, today, coding.version)
    concept = read_concept(desk, coding.code, day.day, day_asked=day.named)
    if concept is None:
        return _result(False, absent(desk, coding.code))
    messages = [*_warnings(concept)]
    display = coding.display or asked.text("display")
    known = {_folded(concept.display), _folded(concept.record.short_description)}
    displayed = not display or _folded(display) in known
    if not displayed:
        messages.insert(0, "The display is not that of the code.")
    valid = displayed and concept.status is not Status.NOT_YET
    return _result(valid, " ".join(messages), concept)


def _warnings(concept: CodedConcept) -> Iterator[str]:
    record = concept.record
    if concept.status is Status.NOT_YET and record.added_date is not None:
        yield f"{record.code} is not in effect before {long_date(record.added_date)}."
    elif concept.status is Status.TERMINATED and record.termination_date is not None:
        ended = long_date(record.termination_date)
        yield f"{record.code} ended on {ended} and can't be used for later dates of service."
    elif concept.on_day.removed_in is not None and concept.on_day.removed:
        yield f"{record.code} is no longer in the code set: {concept.on_day.removed_in.label} doesn't include it."


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _result(valid: bool, message: str, concept: CodedConcept | None = None) -> Json:
    parameters: list[Json] = [{"name": "result", "valueBoolean": valid}]
    if message:
        parameters.append({"name": "message", "valueString": message})
    if concept is not None:
        parameters += [
            {"name": "display", "valueString": concept.display},
            {"name": "code", "valueCode": concept.record.code},
            {"name": "system", "valueUri": SYSTEM},
            {"name": "version", "valueString": concept.on_day.statement.release.id},
            {"name": "inactive", "valueBoolean": concept.inactive},
            {"name": "status", "valueCode": STATUS_CODES[concept.status]},
        ]
    return {"resourceType": "Parameters", "parameter": parameters}
