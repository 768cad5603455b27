"""The sentences under a headline, each with its kind: what proves an answer, and its limits and cautions.

Interfaces choose what to show, and where, by the kind and never by the words.
"""

from __future__ import annotations

from enum import StrEnum

from hcpcs.records.record import Frozen


class EvidenceKind(StrEnum):
    """What a fact under a headline is."""

    VERDICT = "verdict"
    """Medicare's coverage of a code."""
    PROOF = "proof"
    """What the record states in a field."""
    FACT = "fact"
    """What a companion file states, or the edition and row that prove it."""
    CONDITION = "condition"
    """What a verdict depends on, or leaves open."""
    CAUTION = "caution"
    """What must not be concluded from the answer."""
    NOC = "noc"
    """What a claim with a code that is not otherwise classified must contain."""
    DESCRIPTION = "description"
    """The long description that the answer was derived from."""
    ARITHMETIC = "arithmetic"
    """The division of an amount by the size of one unit."""
    MODIFIER = "modifier"
    """What a modifier says."""
    CLAIM_LINE = "claim_line"
    """What the modifiers of a claim line say together: that they exclude each other, or what goes beside them."""
    SUCCESSOR = "successor"
    """Where to go from a terminated code."""
    SUGGESTION = "suggestion"
    """A code or value that may have been meant."""
    REPAIR = "repair"
    """A word that was searched for instead of the one written."""
    FAMILY = "family"
    """A family of codes to browse."""
    DIFFERENCE = "difference"
    """A field in which compared codes differ."""
    WORD_DIFF = "word_diff"
    """The words in which two descriptions differ."""
    AGREEMENT = "agreement"
    """The fields in which compared codes agree."""
    VALUE = "value"
    """A coded value and its meaning."""
    FIELD = "field"
    """What a field of the record is."""
    RELEASE = "release"
    """A release that is loaded."""
    FOREIGN = "foreign"
    """A code of another system, named."""
    WHERE_TO_LOOK = "where_to_look"
    """Where something that is not in the record is published."""
    CONTACT = "contact"
    """One contact."""
    EXAMPLE = "example"
    """A question that can be asked."""


class Evidence(Frozen):
    """One fact under a headline: a whole sentence, with the code and field that prove it, if any.

    ``label`` names what the sentence is about (a code, ``Medicare``) where the sentence alone does not; a card that
    shows it elsewhere leaves it out. ``link`` is the web address in the sentence, if it names one.
    """

    kind: EvidenceKind
    text: str
    code: str | None = None
    field: str | None = None
    label: str = ""
    link: str = ""

    @property
    def sentence(self) -> str:
        """The sentence with its label before it: ``E0601: Coverage code D (...).``"""
        return f"{self.label}: {self.text}" if self.label else self.text


class NoticeKind(StrEnum):
    """What a notice beside an answer is about."""

    FULL_SET = "full_set"
    """Only the starter is loaded; how to load the full code set."""
    MISSING = "missing"
    """Codes that were asked for beside others and are in no release loaded."""
    SUGGESTION = "suggestion"
    """Codes that may have been meant by a missing one."""
    FOREIGN = "foreign"
    """A code of another system, named."""
    WHERE_TO_LOOK = "where_to_look"
    """Where codes of another system are published."""
    OUT_OF_SCOPE = "out_of_scope"
    """A subject of the question that no HCPCS record states."""
    PAYER = "payer"
    """Payers other than Medicare, or one part of Medicare."""
    MODIFIER = "modifier"
    """A modifier is not paid on its own."""
    DAY = "day"
    """How the day of the answer was read, and what is known of it."""
    PLACE = "place"
    """Which state the answer is for, where the question names none."""
    CORRECTION = "correction"
    """A published correction that the record includes."""
    RELEASES = "releases"
    """What the releases loaded cannot prove."""
    CAUTION = "caution"
    """What to check before the answer is used."""
    SELECTION = "selection"
    """Which part of the question was searched, compared or shown."""
    UNUSED = "unused"
    """Words of the question that the answer does not consider."""
    PRODUCT = "product"
    """What this product is, and how it treats what is typed."""


class Notice(Frozen):
    """One sentence beside an answer; ``code`` is the code that it is about, if it is about one."""

    kind: NoticeKind
    text: str
    code: str | None = None
