"""Notices about the records of an answer: about their day, and about published corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.notices.day_notices import day_notices
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.fields import FIELDS, long_date
from hcpcs.records.record import Statement
from hcpcs.releases.content import Correction


def record_notices(context: AnswerContext, statements: Sequence[Statement]) -> tuple[Notice, ...]:
    """The notices about the day of each statement, then about the corrections that they include."""
    return (*day_notices(context, statements), *correction_notices(context, statements))


def correction_notices(context: AnswerContext, statements: Iterable[Statement]) -> tuple[Notice, ...]:
    """For each statement that includes a correction: the release that CMS corrected, and what it corrected."""
    return tuple(
        Notice(
            kind=NoticeKind.CORRECTION,
            text=f"{statement.record.code} includes CMS's correction of {statement.release.label}: "
            f"{correction_text(correction)}.",
            code=statement.record.code,
        )
        for statement in statements
        if (correction := context.catalog.correction_of(statement)) is not None
    )


def correction_text(correction: Correction) -> str:
    """What a correction does: CMS's action, its date, and the fields that it states."""
    parts = [" ".join(correction.action.split()).capitalize()]
    if correction.effective is not None:
        parts.append(f"effective {long_date(correction.effective)}")
    names = dict.fromkeys(spec.family_phrase for spec in FIELDS if spec.record_field in correction.values)
    text = ", ".join(parts)
    return f"{text}; corrected fields: {join_words(list(names))}" if names else text
