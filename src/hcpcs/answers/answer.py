"""The answer: one immutable model that every interface renders, in which each fact has its proof."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from hcpcs.answers.evidence import Evidence, Notice
from hcpcs.catalog.changes import Change
from hcpcs.companions.edition import Fact
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject
from hcpcs.records.codes import CodeMention
from hcpcs.records.contacts import Contact
from hcpcs.records.fields import FieldValue
from hcpcs.records.record import Frozen, RecordKind, Status
from hcpcs.records.terms.glossary import Term
from hcpcs.search_port import CodeFamily, Confidence, Hit, Repair


class Outcome(StrEnum):
    """How the question ended."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    NOT_HCPCS = "not_hcpcs"
    NOT_UNDERSTOOD = "not_understood"


class Verdict(StrEnum):
    """Medicare's coverage of one code on one day, from its coverage code and dates."""

    NOT_PAYABLE = "not_payable"
    CONDITIONAL = "conditional"
    CARRIER_JUDGMENT = "carrier_judgment"
    TERMINATED = "terminated"
    NOT_YET = "not_yet_effective"
    UNKNOWN = "unknown"


class Source(Frozen):
    """What proves an answer: the release, its digest (SHA-256, hex), and the day that the answer is for.

    ``outdated`` says that CMS has published a newer release since, which isn't loaded.
    """

    release: str
    digest: str
    day: date
    outdated: bool = False


class RecordView(Frozen):
    """One record of an answer: every field with its meaning, the verdict on it, and the release that states it."""

    code: str
    kind: RecordKind
    status: Status
    active: bool
    verdict: Verdict | None
    not_otherwise_classified: bool
    fields: tuple[FieldValue, ...]
    source: Source

    def field(self, name: str) -> FieldValue:
        """The field ``name`` of ``FIELDS``. Raises ``KeyError`` for an unknown name."""
        for value in self.fields:
            if value.name == name:
                return value
        raise KeyError(name)

    def value(self, name: str) -> str:
        """What the record states in the field ``name``; ``""`` for a blank."""
        return self.field(name).value or ""


class HitVerdict(Frozen):
    """Medicare's verdict on one hit of a list."""

    code: str
    verdict: Verdict


class Definition(Frozen):
    """A term explained: ``label`` is what it is called, ``text`` what it means, ``form`` its length or form.

    ``in_headline`` says that the headline of the answer is this explanation.
    """

    term: str
    label: str
    text: str
    form: str | None = None
    source: str | None = None
    in_headline: bool = False

    @classmethod
    def of(cls, explained: Term, *, in_headline: bool = False) -> Definition:
        """The definition of a term of the glossary."""
        return cls(
            term=explained.key,
            label=explained.label,
            text=explained.text,
            source=explained.source,
            in_headline=in_headline,
        )


class DiffKind(StrEnum):
    """Which of the two texts of a word diff has a run of words: both, only the first, or only the second."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class DiffSpan(Frozen):
    """A run of words in a word diff."""

    kind: DiffKind
    text: str


class ComparedField(Frozen):
    """One field of a comparison, with what each code states, in the order of the codes.

    ``decides`` says that people choose between codes by the field: its description, coverage, price or status.
    """

    name: str
    label: str
    stated: tuple[FieldValue, ...]
    differs: bool
    decides: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """Each value with its meaning, ``I (Not payable by Medicare)``, in the order of the codes; blank for none."""
        return tuple(value.text for value in self.stated)


class Comparison(Frozen):
    """Codes side by side, the fields that decide first; ``description_diff`` is the word diff of the first two
    descriptions.
    """

    codes: tuple[str, ...]
    rows: tuple[ComparedField, ...]
    description_diff: tuple[DiffSpan, ...]


class TimelineEntry(Frozen):
    """One meaning of a code over time: the releases that state it, and what changed from the entry before."""

    first_release: str
    last_release: str
    from_day: date | None
    to_day: date | None
    short_description: str
    text: str


class Draft(Frozen):
    """What an intent answers; the desk completes it to an ``Answer`` with text, source and id.

    ``headline`` is the answer in a sentence; ``lead`` what it says beside the titles of the records, for a card that
    shows those itself ("Yes. K0108 is a NOC code."). ``evidence`` are the sentences that prove it; ``facts`` what
    companion files state; ``notices`` limits and cautions (other payers, a day before the oldest release, starter
    only). ``unused`` are words of the question that the answer does not consider. ``total`` counts all hits or changes,
    of which a page starts at ``offset``. ``further_pages`` are the codes of a decoded message that are not in this
    answer, as texts to decode one by one.
    """

    outcome: Outcome = Outcome.ANSWERED
    codes: tuple[str, ...] = ()
    verdict: Verdict | None = None
    headline: str
    lead: str = ""
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    notices: tuple[Notice, ...] = ()
    records: tuple[RecordView, ...] = ()
    hits: tuple[Hit, ...] = ()
    total: int = 0
    offset: int = 0
    confidence: Confidence = Confidence.NONE
    repairs: tuple[Repair, ...] = ()
    families: tuple[CodeFamily, ...] = ()
    definitions: tuple[Definition, ...] = ()
    comparison: Comparison | None = None
    changes: tuple[Change, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    suggestions: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    further_pages: tuple[str, ...] = ()


class Answer(Draft):
    """The one answer that every interface renders.

    ``question`` is the text as understood, ``mentions`` the codes in it in order of mention; ``subject`` what it
    asks about; ``hit_verdicts`` Medicare's verdict on each procedure among the hits; ``text`` the whole answer in plain
    text; ``answer_id`` a digest of releases, question and day: the same question of the same catalog on the same day
    gets the same id.
    """

    question: str
    mentions: tuple[CodeMention, ...]
    intent: Intent
    subject: Subject
    hit_verdicts: tuple[HitVerdict, ...] = ()
    text: str
    source: Source
    answer_id: str
