"""The objects of the API as its documentation shows them: the contract that all interfaces share.

The answers themselves are written by ``hcpcs.answers.rendering.json_form``; a test validates them against these.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hcpcs.answers.answer import Outcome, Verdict
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.records.record import RecordKind, Status
from hcpcs_bot.http.problems import PROBLEM_TYPE, Problem


class ApiObject(BaseModel):
    """An object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceObject(ApiObject):
    """What proves an answer."""

    release: str = Field(description="The release of CMS's code file.", examples=["HCPCS October 2025"])
    digest: str = Field(description="SHA-256 of the file, in hex.")
    day: date = Field(description="The day that the answer is for.")


class FieldObject(ApiObject):
    """One field of a record."""

    name: str
    label: str
    value: str | None = Field(description="As CMS states it; null where the field is blank.")
    meaning: str | None = Field(description="What a coded value means.")


class RecordObject(ApiObject):
    """One code or modifier, every field with its meaning."""

    code: str
    kind: RecordKind
    fields: list[FieldObject]
    active: bool
    source: SourceObject
    status: Status
    verdict: Verdict | None = Field(description="Medicare's verdict on this code; null for a modifier.")
    not_otherwise_classified: bool


class FactObject(ApiObject):
    """What a companion file states about a code."""

    subject: Subject
    code: str
    value: str | int | None = Field(description="Amounts are strings of digits, so that none is rounded.")
    unit: str | None
    qualifiers: dict[str, str]
    edition: str
    from_day: date | None = Field(alias="from")
    to_day: date | None = Field(alias="to")
    file: str
    row: int


class EvidenceObject(ApiObject):
    """One sentence of the answer, with the code and field that prove it."""

    text: str
    code: str | None
    field: str | None
    kind: str


class HitObject(ApiObject):
    """One result of a search."""

    code: str
    score: float
    short_description: str
    active: bool
    ended: date | None
    why: list[str]


class AnswerObject(ApiObject):
    """An answer: the object that ``hcpcs ask --json`` prints."""

    question: str = Field(description="The question as understood.")
    intent: Intent
    outcome: Outcome
    codes: list[str] = Field(description="The codes that the answer is about, best first.")
    verdict: Verdict | None = Field(description="Medicare's, where its coverage was asked.")
    text: str = Field(description="The whole answer in plain text; its first sentence answers the question.")
    records: list[RecordObject]
    suggestions: list[str] = Field(description="Codes or words that may have been meant; never substituted.")
    source: SourceObject
    answer_id: str = Field(description="The same for the same question, data and day.")
    subject: Subject
    facts: list[FactObject]
    headline: str
    evidence: list[EvidenceObject]
    unused: list[str] = Field(description="Words of the question that the answer does not consider.")
    notices: list[str]
    hits: list[HitObject]
    total: int
    changes: list[dict[str, Any]]
    timeline: list[dict[str, Any]]


PROBLEMS: Final = {
    400: "The request can't be read as this path expects; the detail says what is wrong.",
    404: "No such code.",
    413: "The body is too large.",
}


def documented(model: type[BaseModel], *statuses: Literal[404, 413]) -> dict[int | str, dict[str, Any]]:
    """The responses of a path for its documentation: the object, 304, and problems."""
    responses: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "description": "The answer."},
        304: {"description": "The client has the current answer."},
    }
    for status in (400, *statuses):
        schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
        responses[status] = {"description": PROBLEMS[status], "content": {PROBLEM_TYPE: {"schema": schema}}}
    return responses
