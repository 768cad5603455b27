"""What was asked: the model of an understood question, shared by the rules that read it and the desk."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.codes import CodeMention
from hcpcs.records.record import Frozen
from hcpcs.records.vocabularies import VocabularyName
from hcpcs.search_port import Filters


class Intent(StrEnum):
    """What sort of answer is wanted."""

    CARD = "card"
    COVERAGE = "coverage"
    PRICING = "pricing"
    STATUS = "status"
    FIELD = "field"
    DEFINE = "define"
    CONTACT = "contact"
    COMPARE = "compare"
    BROWSE = "browse"
    SEARCH = "search"
    CHANGES = "changes"
    HISTORY = "history"
    UNITS = "units"
    HELP = "help"


class Quantity(Frozen):
    """An amount as asked in a units question: ``100 mg`` is amount 100, unit ``mg``."""

    amount: float
    unit: str


class Question(Frozen):
    """A question as understood.

    ``text`` is the question without mention and command, trimmed; ``rule`` names the rule that decided the
    intent. ``codes`` stand in order of mention and may be of any system (CPT, ICD-10, ...). ``day`` is the day
    of service asked about, ``None`` for today; ``day_written`` how it was written. A month, quarter or year stands
    as its first day, and ``last_day`` is then its last; ``day_written`` without a ``day`` is a day that the calendar
    does not have ("2/30/2019"). ``since`` bounds changes asked about ("since January"). ``fields`` are names in
    ``FIELDS``. ``vocabulary``/``value`` name a coded value and ``topic`` a glossary term (or a name in ``FIELDS``)
    for define questions. ``words`` is what is left to search for. ``payer`` is another payer that was named,
    ``part`` the part of Medicare (A to D). ``negated`` says that the question expects no. ``change_kinds`` are the
    kinds of change asked about; empty for all.
    ``facts`` are what the rules decided by, as ``lexicon.toml`` names them.
    """

    text: str
    intent: Intent | None
    rule: str
    codes: tuple[CodeMention, ...] = ()
    first: str | None = None
    last: str | None = None
    prefix: str | None = None
    day: date | None = None
    day_written: str | None = None
    last_day: date | None = None
    since: date | None = None
    fields: tuple[str, ...] = ()
    vocabulary: VocabularyName | None = None
    value: str | None = None
    topic: str | None = None
    words: str = ""
    payer: str | None = None
    part: str | None = None
    negated: bool = False
    quantity: Quantity | None = None
    filters: Filters = Filters()
    change_kinds: frozenset[ChangeKind] = frozenset()
    facts: frozenset[str] = frozenset()
