"""The model of an understood question: what the parser returns and every answer starts from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hcpcs.questions.subject import Subject
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.codes import CodeMention
from hcpcs.records.families.code_families import NamedFamily
from hcpcs.records.record import Frozen
from hcpcs.records.vocabularies import VocabularyName
from hcpcs.search_port import Filters


class Intent(StrEnum):
    """The sort of answer that is wanted."""

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
    REFERRAL = "referral"
    """A subject that no record states: what to say of it, and where it is published."""
    HELP = "help"


SUBJECT_OF_INTENT: Final[Mapping[Intent, Subject]] = MappingProxyType(
    {
        Intent.CARD: Subject.DESCRIPTION,
        Intent.COVERAGE: Subject.COVERAGE,
        Intent.STATUS: Subject.STATUS,
        Intent.FIELD: Subject.FIELD,
        Intent.DEFINE: Subject.DEFINITION,
        Intent.CONTACT: Subject.CONTACT,
        Intent.COMPARE: Subject.COMPARISON,
        Intent.BROWSE: Subject.LIST,
        Intent.SEARCH: Subject.SEARCH,
        Intent.CHANGES: Subject.CHANGES,
        Intent.HISTORY: Subject.HISTORY,
        Intent.UNITS: Subject.UNITS,
        Intent.HELP: Subject.HELP,
        Intent.REFERRAL: Subject.POLICY,
        Intent.PRICING: Subject.PRICE,
    }
)
"""What a question is about by its intent, where neither the rule nor the words say more."""
UNUSED_LIMIT: Final = 6
"""Maximum unused words that a question names: a pasted text has many."""


class QuantityRole(StrEnum):
    """What an amount in a question is."""

    DOSE = "dose"
    """What was given or provided, and is to be billed."""
    RATE = "rate"
    """An amount per something: a day, a kilogram, a milliliter, a dose."""
    CONTAINER = "container"
    """What one vial or other container holds."""
    WASTE = "waste"
    """What was discarded."""
    WEIGHT = "weight"
    """The weight of the patient."""
    COUNT = "count"
    """How many containers."""
    TIMES = "times"
    """How many times a dose was given."""
    DURATION = "duration"
    """For how many days, weeks or months."""
    CLAIMED = "claimed"
    """Billing units that are or may be billed."""


class Quantity(Frozen):
    """An amount in a question: ``100 mg`` is amount 100, unit ``mg``; a bare number has the unit ``""``.

    ``per`` is the unit of a rate ("2000 calories a day"), ``written`` the sides of an area ("4 x 4 cm").
    """

    amount: float
    unit: str
    role: QuantityRole = QuantityRole.DOSE
    per: str = ""
    written: str = ""


class Question(Frozen):
    """A question as understood: all that an answer needs, so that nothing reads the text again.

    Subject:
        ``text`` is the question without mention and command, trimmed; ``intent`` is ``None`` for a text that is too
        long, and ``rule`` names the rule that decided it. ``subject`` is what is asked about,
        ``None`` for what the intent says by itself. ``codes`` are in order of mention and of any system (CPT,
        ICD-10, ...); ``first`` and ``last`` (both included) or ``prefix`` is a range of codes. ``fields`` are names
        in ``FIELDS``. For define questions ``vocabulary`` and ``value`` name a coded value, and ``topic`` a
        glossary term or a name in ``FIELDS``. ``words`` is what is left to search for, within ``filters``.
        ``quantities`` are the amounts in the text in order, each with its role; ``about_waste`` says that discarded
        drug is mentioned. ``out_of_scope`` are the subjects that no record states, in the order of
        ``tables/subjects.toml``. ``unused`` are the words that nothing explains and that are not searched for, as
        written, at most ``UNUSED_LIMIT``. ``change_kinds`` are the kinds of change asked about, none for all;
        ``by_last_day`` says that codes count as ended on their last day of use, not on the day after it. ``names_cpt`` says that CPT is named, which many call every code. ``family`` is a family of codes that is
        named by a word ("DME"), ``noc_codes`` the codes of the family whose NOC codes are asked for,
        ``fitting_modifiers`` the modifiers for the purpose that is given beside a code ("which modifier on A4253,
        patient not on insulin"), ``policy_numbers`` the numbers of LCDs, NCDs and articles, ``payment_category`` the
        pricing indicator of a category that is named ("capped rental").
    Time:
        ``day`` is the day of service asked about, ``None`` for today, and ``day_written`` how it was written. A
        month, quarter or year is its first day, and ``last_day`` is then its last; ``day_written`` without a
        ``day`` is a day that the calendar does not have ("2/30/2019"). ``since`` bounds changes asked about ("since
        January"); ``compares_two_releases`` says that ``since`` and ``last_day`` are two releases to compare
        ("between 2018 and 2019"), not a time to look within. ``days_left_out`` are further dates as written, where
        the answer is for ``day`` only.
    Payer:
        ``payer`` is a payer other than Medicare, by the name that an answer calls it; ``part`` the part of Medicare
        (A to D). ``names_medicare`` says that Medicare is named, too. ``asks_coverage`` says that
        coverage or payment is asked about, beside words to search for, too.
    Form:
        ``negated`` says that the question expects a no ("isn't it covered?"). ``expects_yes_no`` says that it plainly
        asks whether a code is valid, or whether anything changed, so that a yes or no says what it seems to say.
    """

    text: str
    intent: Intent | None
    rule: str
    subject: Subject | None = None
    codes: tuple[CodeMention, ...] = ()
    first: str | None = None
    last: str | None = None
    prefix: str | None = None
    fields: tuple[str, ...] = ()
    vocabulary: VocabularyName | None = None
    value: str | None = None
    topic: str | None = None
    words: str = ""
    filters: Filters = Filters()
    quantities: tuple[Quantity, ...] = ()
    about_waste: bool = False
    out_of_scope: tuple[Subject, ...] = ()
    unused: tuple[str, ...] = ()
    change_kinds: frozenset[ChangeKind] = frozenset()
    by_last_day: bool = False
    family: NamedFamily | None = None
    noc_codes: tuple[str, ...] = ()
    fitting_modifiers: tuple[str, ...] = ()
    policy_numbers: tuple[str, ...] = ()
    payment_category: str | None = None
    names_cpt: bool = False
    day: date | None = None
    day_written: str | None = None
    last_day: date | None = None
    days_left_out: tuple[str, ...] = ()
    since: date | None = None
    compares_two_releases: bool = False
    payer: str | None = None
    part: str | None = None
    names_medicare: bool = False
    asks_coverage: bool = False
    negated: bool = False
    expects_yes_no: bool = False

    @property
    def quantity(self) -> Quantity | None:
        """The first amount with a unit, or ``None``."""
        return next((one for one in self.quantities if one.unit), None)
