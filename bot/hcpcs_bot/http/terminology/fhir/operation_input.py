"""The parameters of an operation: of a query string, or of a posted ``Parameters`` resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import orjson

from hcpcs_bot.http.problems import ProblemError

MAX_PARAMETERS: Final = 100
"""Maximum parameters of one request."""
_DATE_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?")
"""FHIR's date and dateTime, where they name a day."""


class Coding(NamedTuple):
    """A code of a system, as a request states it; blank for what it doesn't state."""

    system: str = ""
    code: str = ""
    display: str = ""
    version: str = ""


class OperationInput:
    """The values of the parameters by name. What has another type than its operation defines is refused."""

    def __init__(self, values: Iterable[tuple[str, Any]]) -> None:
        self._values: dict[str, list[Any]] = {}
        for name, value in values:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def texts(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [_text(name, value) for value in self._values.get(name, ())]

    def text(self, name: str) -> str:
        """The value of a parameter; blank if it isn't given."""
        values = self.texts(name)
        if len(values) > 1:
            raise ProblemError(400, f"{name}: give it once.")
        return values[0] if values else ""

    def flag(self, name: str) -> bool:
        """Whether a parameter is true; false if it isn't given."""
        text = self.text(name)
        if text not in {"", "true", "false"}:
            raise ProblemError(400, f"{name}: give true or false.")
        return text == "true"

    def number(self, name: str) -> int | None:
        """A whole number from 0; ``None`` if it isn't given."""
        text = self.text(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise ProblemError(400, f"{name}: give a whole number from 0.")
        return int(text[:9])

    def day(self, name: str) -> date | None:
        """The day of a date or dateTime; ``None`` if it isn't given."""
        text = self.text(name)
        if not text:
            return None
        match = _DATE_TIME.fullmatch(text)
        try:
            return date.fromisoformat(match[1]) if match else _refuse_day(name)
        except ValueError:
            return _refuse_day(name)

    def codings(self) -> tuple[Coding, ...]:
        """The codes of ``coding`` and ``codeableConcept``; none if neither is given."""
        concepts = [_mapping("codeableConcept", value) for value in self._values.get("codeableConcept", ())]
        stated = [*self._values.get("coding", ())]
        for concept in concepts:
            codings = concept.get("coding", [])
            stated += codings if isinstance(codings, list) else [codings]
        if len(stated) > MAX_PARAMETERS:
            raise ProblemError(400, f"codeableConcept: give at most {MAX_PARAMETERS} codings.")
        return tuple(_coding(value) for value in stated)


def _refuse_day(name: str) -> date:
    raise ProblemError(400, f"{name}: give a day, as 2025-10-01.")


def read_input(query: Sequence[tuple[str, str]], body: bytes) -> OperationInput:
    """The parameters of a request. Raises ``ProblemError``."""
    posted = list(_posted(body)) if body.strip() else []
    if len(query) + len(posted) > MAX_PARAMETERS:
        raise ProblemError(400, f"Give at most {MAX_PARAMETERS} parameters.")
    return OperationInput([*query, *posted])


def _posted(body: bytes) -> Iterator[tuple[str, Any]]:
    try:
        resource = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise ProblemError(400, "The body is not JSON. Post a Parameters resource.") from None
    if not isinstance(resource, dict) or resource.get("resourceType") != "Parameters":
        raise ProblemError(400, "The body is not a Parameters resource.")
    parameters = resource.get("parameter", [])
    if not isinstance(parameters, list):
        raise ProblemError(400, "parameter: give a list.")
    for parameter in parameters:
        stated = _mapping("parameter", parameter)
        name = _text("name", stated.get("name"))
        values = [value for key, value in stated.items() if key.startswith("value") or key == "resource"]
        if len(values) != 1:
            raise ProblemError(400, "parameter: give each a name and one value.")
        yield name, values[0]


def _coding(value: Any) -> Coding:
    stated = _mapping("coding", value)
    return Coding(*(_text(name, stated.get(name, "")) for name in Coding._fields))


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ProblemError(400, f"{name}: give an object.")
    return value


def _text(name: str, value: Any) -> str:
    """A value as text: ``true`` and ``5`` for those of a posted resource."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    raise ProblemError(400, f"{name}: give a single value.")
