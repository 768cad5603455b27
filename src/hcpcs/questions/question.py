"""The model of an understood question: what the parser returns and every answer starts from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hcpcs.questions.subject import Subject
from hcpcs.records.billing.billing_settings import BillingSetting
from hcpcs.records.billing.contractors import ContractorKind
from hcpcs.records.billing.counted_units import LimitPeriod
from hcpcs.records.billing.dose_forms import DoseForm
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.codes import CodeMention
from hcpcs.records.families.code_families import NamedFamily
from hcpcs.records.families.cpt_services import CptService
from hcpcs.records.manuals.citations import Citation
from hcpcs.records.record import Frozen
from hcpcs.records.terms.denial_reasons import DenialCode
from hcpcs.records.terms.vocabularies import VocabularyName
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
CODES_LIMIT: Final = 50
"""Maximum codes that a question asks about: as many as a professional claim has lines (ASC X12 837P)."""
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
    WEIGHT = "weight"
    """The weight of the patient."""
    COUNT = "count"
    """How many containers."""
    SOLIDS = "solids"
    """How many tablets or capsules: of each dose where it is per one, else in all."""
    TIMES = "times"
    """How many times a dose was given."""
    INTERVAL = "interval"
    """How often a dose is given, where the number of doses isn't known: "every 3 weeks"."""
    FURTHER = "further"
    """A dose besides the one before it: "5 mg and 10 mg"."""
    DURATION = "duration"
    CLAIMED = "claimed"
    """Billing units that are or may be billed."""


class Quantity(Frozen):
    """An amount in a question: ``100 mg`` is amount 100, unit ``mg``; a bare number has the unit ``""``.

    ``per`` is the unit of a rate ("2000 calories a day"), ``written`` the sides of an area ("4 x 4 cm"), ``form`` how
    it is given ("4 mg IV"). ``beyond`` says that the amount is more (1) or less (-1) than this: "> 48 sq in".
    """

    amount: float
    unit: str
    role: QuantityRole = QuantityRole.DOSE
    per: str = ""
    written: str = ""
    form: DoseForm | None = None
    beyond: int = 0


class NamedDose(Frozen):
    """One of several doses in a question, with the words or the code of its drug: "Toradol 60 mg and J2550 25 mg"."""

    words: str
    code: CodeMention | None
    quantities: tuple[Quantity, ...]


class AskedDetail(StrEnum):
    """What a question may ask within a subject."""

    PURCHASE, MODIFIERS, RENTED = "purchase", "modifiers", "rented"
    """``RENTED`` is whether an item is a rental, which is answered by yes where Medicare only rents it."""
    COINSURANCE, ARTICLE, BOUGHT, SINCE_WHEN = "coinsurance", "article", "bought", "since_when"
    NATIONAL, OF_EACH, ORDER = "national", "of_each", "order"
    """A National Coverage Determination (NCD), an amount that is one of each code, a written order."""
    DIFFERENCE, FACE_TO_FACE, YES_NO, WHICH, NEW, OLD = "difference", "face_to_face", "yes_no", "which", "new", "old"
    LIST = "list"
    """Every item to which the subject applies: "which items need prior auth"."""
    STARTING = "starting"
    """Those to which it applies from a day on, and not before: "starting 2026-10-28"."""
    CHOICE = "choice"
    """One of two things, or a number: "rental forever or capped?" is not answered by yes or no."""
    CODE = "code"
    """The code of an item that something else is asked of, too: "commode code and price"."""
    WHO = "who"
    """Who pays, which is not answered by yes or no."""
    OPEN, ALL_RIGHT = "open", "all_right"
    """The text ends in a question mark; whether an amount is all right: "60 mg ok?"."""
    TOO_MUCH = "too_much"
    """Whether an amount is more than a limit, which yes and no answer the other way round: "too many?"."""
    SAME_CODE, SAME, EVER, CROSSWALK, UP_TO_DATE, NEXT = "same_code", "same", "ever", "crosswalk", "up_to_date", "next"


class Question(Frozen):
    """A question as understood: all that an answer needs, so that nothing reads the text again."""

    text: str
    """The question without mention and command, trimmed."""
    intent: Intent | None
    """The sort of answer that is wanted; ``None`` for a text that is too long."""
    rule: str
    """The name of the rule that decided the intent."""
    subject: Subject | None = None
    """What is asked about; ``None`` where the intent says it."""

    # Codes and fields.
    codes: tuple[CodeMention, ...] = ()
    """The codes in order of mention, of any system (CPT, ICD-10, ...), at most ``CODES_LIMIT``."""
    codes_left_out: int = 0
    """How many more codes the text names."""
    first: str | None = None
    last: str | None = None
    """The first and the last code of a range, both included."""
    prefix: str | None = None
    """The prefix of a family of codes."""
    letters: tuple[str, ...] = ()
    """The letters whose codes are named, in order: "K codes that became E codes"."""
    family: NamedFamily | None = None
    """A family of codes that is named by a word ("DME")."""
    noc_codes: tuple[str, ...] = ()
    """The NOC codes of the family whose NOC codes are asked for."""
    fitting_modifiers: tuple[str, ...] = ()
    """The modifiers for a purpose that is given beside a code ("which modifier on A4253, patient not on insulin")."""
    fields: tuple[str, ...] = ()
    """The fields asked about, by their names in ``FIELDS``."""
    names_cpt: bool = False
    """Whether CPT is named, which many people call every code."""

    # For questions that ask for a definition.
    vocabulary: VocabularyName | None = None
    """The vocabulary of the coded value, or of the field asked about."""
    value: str | None = None
    """The coded value."""
    values: tuple[str, ...] = ()
    """The coded values of one vocabulary that are compared: "coverage code D vs I"."""
    topic: str | None = None
    """A glossary term, or a name in ``FIELDS``."""
    other_topics: tuple[str, ...] = ()
    """The further terms that it is compared with."""

    # For searches, and for what nothing explains.
    words: str = ""
    """The words that are left to search for."""
    compared: tuple[str, ...] = ()
    """The items in words that are compared, where no code is named: "Truxima vs Riabni"."""
    cpt_service: CptService | None = None
    """The service of another code system (CPT, CDT) whose code is asked for."""
    filters: Filters = Filters()
    """The filters of the search or list."""
    unused: tuple[str, ...] = ()
    """The words, as written, that nothing explains and that are not searched for; at most ``UNUSED_LIMIT``."""

    # For units.
    quantities: tuple[Quantity, ...] = ()
    """The amounts in the text in order, each with its role."""
    named_doses: tuple[NamedDose, ...] = ()
    """The doses of several drugs of which one or more are named in words, each with its drug."""
    about_waste: bool = False
    """Whether discarded drug is mentioned beside an amount."""

    # For changes.
    change_kinds: frozenset[ChangeKind] = frozenset()
    """The kinds of change asked about; none for all."""
    asks_dates: bool = False
    """Whether the words to search for are asked about with "when": when a drug got its code."""
    by_last_day: bool = False
    """Whether codes count as ended on their last day of use, and not on the day after it."""
    since: date | None = None
    """The day from which changes are asked about ("since January")."""
    compares_two_releases: bool = False
    """Whether ``since`` and ``last_day`` are two releases to compare ("between 2018 and 2019"), and not a period."""

    # Subjects that no record states.
    out_of_scope: tuple[Subject, ...] = ()
    """The subjects that no record states, in the order of ``tables/subjects.toml``."""
    denial_codes: tuple[DenialCode, ...] = ()
    """The denial codes of a remittance that are named ("CO-50"), where a denial is asked about."""
    policy_numbers: tuple[str, ...] = ()
    """The numbers of LCDs, NCDs and articles."""
    payment_category: str | None = None
    """The pricing indicator of a payment category that is named ("capped rental")."""
    manual_sections: tuple[Citation, ...] = ()
    """The sections of withdrawn manuals that are cited ("CIM 60-17")."""
    details: frozenset[AskedDetail] = frozenset()
    """What is asked within the subject."""
    rental_month: int | None = None
    """The month of a rental that is asked about."""
    trait: str = ""
    """What a yes/no question says that a code is or has: "group 3" of "is K0823 group 3"."""
    cpt_modifiers: tuple[str, ...] = ()
    """The CPT modifiers that are named, where modifiers are asked about ("GT or 95 on G0425")."""
    limit_period: LimitPeriod | None = None
    """The period of a limit that is asked about, where it is longer than a day ("per month")."""
    product_number: str | None = None
    """A number as long as that of a product, where no code is named."""

    # The day of service.
    day: date | None = None
    """The day asked about, ``None`` for today; of a month, quarter or year its first day."""
    day_written: str | None = None
    """How the day is written. Without a ``day`` it is one that the calendar does not have ("2/30/2019")."""
    last_day: date | None = None
    """The last day of a month, quarter or year that is asked about."""
    days_left_out: tuple[str, ...] = ()
    """Further dates, as written, where the answer is for ``day`` only."""

    area: str | None = None
    """The state or territory that is named, by its abbreviation."""
    other_areas: tuple[str, ...] = ()
    """Those that are named behind it: "in Texas and Florida"."""
    zip_code: str | None = None
    """The ZIP code that is named, five digits."""
    zip_written: str | None = None
    """How it is written, where it has lost leading zeros: ``1223`` of 01223."""
    rural: bool | None = None
    """Whether the rural amounts are asked for, or those that are not; ``None`` if neither is said, or both."""
    setting: BillingSetting | None = None
    """Whose claims are asked about: those of practitioners, of outpatient hospitals or of DME suppliers."""
    contractor: ContractorKind | None = None
    """The kind of Medicare contractor (MAC) that is asked for."""

    # The payer.
    payer: str | None = None
    """A payer other than Medicare, by the name that an answer calls it."""
    part: str | None = None
    """The part of Medicare: A to D."""
    names_medicare: bool = False
    """Whether Medicare is named, too."""
    asks_coverage: bool = False
    """Whether coverage or payment is asked about, even beside words to search for."""

    # The form of the question.
    negated: bool = False
    """Whether the question expects a no ("isn't it covered?")."""
    expects_yes_no: bool = False
    """Whether it plainly asks if a code is valid, so that a yes or no can't be misunderstood."""
    expects_an_end: bool = False
    """Whether it plainly asks if a code ended ("was L0627 deleted?"): a yes then says that it did."""

    @property
    def quantity(self) -> Quantity | None:
        """The first amount with a unit, or ``None``."""
        return next((one for one in self.quantities if one.unit), None)
