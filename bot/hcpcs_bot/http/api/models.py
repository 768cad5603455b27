"""The objects of the API as its documentation shows them: the contract that all interfaces share.

The answers themselves are written by ``hcpcs.answers.rendering.json_form``; a test validates them against these.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hcpcs.answers.answer import Outcome, Verdict
from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import RecordKind, Status
from hcpcs.search_port import Confidence
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
    further_pages: list[str] = Field(description="Texts to decode for the codes that this answer leaves out.")


class RepairObject(ApiObject):
    """A misspelled word, and the word that was searched for instead."""

    written: str
    searched: str


class FamilyObject(ApiObject):
    """A family of codes to browse."""

    prefix: str
    label: str


class SearchObject(ApiObject):
    """The results of a search: the object that ``hcpcs search --json`` prints."""

    query: str
    hits: list[HitObject] = Field(description="The codes that match, best first.")
    total: int
    confidence: Confidence = Field(description="How well the best hit matches.")
    repairs: list[RepairObject]
    families: list[FamilyObject]


class ChangeObject(ApiObject):
    """One change of one code; only the fields that it concerns."""

    code: str
    kind: ChangeKind
    before: dict[str, str]
    after: dict[str, str]


class ChangesObject(ApiObject):
    """What changed between two releases."""

    before: str | None = Field(
        alias="from", description="The id of the earlier release; null where CMS's action codes say what changed."
    )
    after: str = Field(alias="to", description="The id of the later release.")
    total: int = Field(description="How many changes there are, of which a page is listed.")
    next_offset: int | None = Field(description="The offset of the next page; null on the last one.")
    changes: list[ChangeObject]


class FactsObject(ApiObject):
    """What companion files state about a code on a day."""

    code: str
    day: date
    facts: list[FactObject]
    absent: dict[EditionKind, Absence] = Field(description="Why the other kinds of file have nothing.")


class LoadedReleaseObject(ApiObject):
    """One release of the code file."""

    release: str
    id: str
    effective: date
    procedures: int
    modifiers: int
    terminated: int
    digest: str
    file: str


class LoadedEditionObject(ApiObject):
    """One edition of a companion file."""

    kind: EditionKind
    edition: str
    from_day: date | None = Field(alias="from")
    to_day: date | None = Field(alias="to")
    file: str
    digest: str
    rows: int
    dropped: int = Field(description="Rows left out because their codes are not Level II.")
    age_days: int | None
    outdated: bool
    next_due: date | None
    source: str


class ReleaseObject(ApiObject):
    """What is loaded."""

    newest: LoadedReleaseObject
    starter: bool = Field(description="Whether only the built-in starter codes are loaded.")
    outdated: bool = Field(description="Whether CMS has published a newer release.")
    releases: list[LoadedReleaseObject]
    editions: list[LoadedEditionObject]


class FieldSpecObject(ApiObject):
    """One field of a record."""

    name: str
    label: str
    group: str
    definition: str
    form: str
    values: dict[str, str] | None = Field(description="The meanings of coded values.")


class FieldsObject(ApiObject):
    """The fields of a record."""

    fields: list[FieldSpecObject]


class BatchObject(ApiObject):
    """Several codes, in the order in which they were asked about."""

    answers: list[AnswerObject]


PROBLEMS: Final = {
    400: "The request can't be read as this path expects; the detail says what is wrong.",
    404: "No such code.",
    413: "The body is too large.",
}


def documented(
    model: type[BaseModel], *statuses: Literal[404, 413], table: bool = False
) -> dict[int | str, dict[str, Any]]:
    """The responses of a path for its documentation: the object (or a ``table`` in CSV), 304, and problems."""
    responses: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "description": "The answer."},
        304: {"description": "The client has the current answer."},
    }
    if table:
        responses[200]["content"] = {"text/csv": {"schema": {"type": "string"}}}
    for status in (400, *statuses):
        schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
        responses[status] = {"description": PROBLEMS[status], "content": {PROBLEM_TYPE: {"schema": schema}}}
    return responses
