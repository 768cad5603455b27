"""What is asked about codes and stands in no HCPCS record: said openly, with where to look."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.answers.evidence import Notice, NoticeKind


class OutOfScopeSubject(NamedTuple):
    """A subject that the record is silent on: the words that name it, and what to say."""

    words: re.Pattern[str]
    notice: str


def _row(words: str, notice: str) -> OutOfScopeSubject:
    return OutOfScopeSubject(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), notice)


SUBJECTS: Final = (
    _row(
        r"prior[- ]?auth\w*|pre[- ]?auth\w*|pre[- ]?cert\w*|authorization|auth",
        "Prior authorization is not in the record: see CMS's prior authorization lists, the MAC or the payer.",
    ),
    _row(
        r"abn|advance beneficiary",
        "Whether an ABN is needed is not in the record: see CMS's ABN instructions and the MAC's coverage policy.",
    ),
    _row(
        r"how often|how many times|frequency|mue|medically unlikely|quantity limits?|max(?:imum)? units?",
        "Limits of frequency and units are not in the record: see CMS's MUE tables and the MAC's coverage policy.",
    ),
    _row(
        r"ncci|unbundl\w*|bundl\w*|billed? together|same day as|together with",
        "Which codes may be billed together is not in the record: see CMS's NCCI edits.",
    ),
    _row(
        r"documentation|medical(?:ly)? necess\w+|medical records?|face[- ]to[- ]face|cmn",
        "Documentation and medical necessity are not in the record: see the MAC's coverage policy (LCD) and articles.",
    ),
    _row(
        r"ncd|lcd|coverage determinations?|local coverage",
        "The record names manual sections at most: search Medicare's Coverage Database for NCDs and LCDs by the code.",
    ),
    _row(
        r"diagnos(?:is|es)|dx|icd(?:[- ]?10)?",
        "Which diagnoses support a code is not in the record: see the billing articles of the MAC's coverage policy.",
    ),
    _row(
        r"(?:which|what|need|requires?) (?:a )?modifiers?|modifiers? (?:needed|required)",
        "Which modifiers a claim needs is not in the record: see the MAC's coverage policy and claims manual.",
    ),
)
"""Subjects of billing that people ask the desk about, and where CMS or its contractors state them."""


def beyond_the_record(question: str) -> tuple[Notice, ...]:
    """The notices that a question's subjects call for, in the table's order."""
    return tuple(
        Notice(kind=NoticeKind.OUT_OF_SCOPE, text=subject.notice)
        for subject in SUBJECTS
        if subject.words.search(question)
    )
