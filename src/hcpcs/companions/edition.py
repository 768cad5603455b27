"""Editions of companion files, and the facts that they state: the models that pass between packages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.records.record import Frozen


class EditionKind(StrEnum):
    """What CMS publishes in editions. ``edition_kinds.toml`` has a section per kind."""

    DMEPOS = "dmepos"
    PEN = "pen"
    FORMER_CBA = "former_cba"
    RURAL_ZIP = "rural_zip"
    CBA_ZIP = "cba_zip"
    ASP = "asp"
    NOC_LIMITS = "noc_limits"
    NDC = "ndc"
    MUE_PRACTITIONER = "mue_practitioner"
    MUE_OUTPATIENT_HOSPITAL = "mue_outpatient_hospital"
    MUE_DME = "mue_dme"
    OPPS = "opps"
    PTP_PRACTITIONER = "ptp_practitioner"
    PTP_OUTPATIENT_HOSPITAL = "ptp_outpatient_hospital"
    PRIOR_AUTHORIZATION = "prior_authorization"
    FACE_TO_FACE = "face_to_face"
    CODING_VERIFICATION = "coding_verification"
    POLICIES = "policies"
    LCDS = "lcds"
    LCD_CODES = "lcd_codes"
    ARTICLES = "articles"
    ARTICLE_CODES = "article_codes"


class EditionGroup(StrEnum):
    """What people name as one thing: one kind, or several that CMS publishes of one period."""

    DMEPOS = "dmepos"
    ASP = "asp"
    NDC = "ndc"
    MUE = "mue"
    OPPS = "opps"
    PTP = "ptp"
    PRIOR_AUTHORIZATION = "prior_authorization"
    CODING_VERIFICATION = "coding_verification"
    POLICIES = "policies"


class Edition(Frozen):
    """One published state of a companion file.

    ``from_day`` is the first day in force (``None`` if the file has no date), ``to_day`` the last day of its quarter
    (``None`` where it holds until the next edition). ``digest`` is the SHA-256 (hex) of the file that was loaded.
    ``rows`` counts the rows kept, ``dropped`` those left out because their codes are not Level II. ``columns`` name
    the cells of its rows.
    """

    kind: EditionKind
    label: str
    from_day: date | None
    to_day: date | None
    file: str
    digest: str
    rows: int
    dropped: int
    columns: tuple[str, ...]

    @property
    def next_due(self) -> date | None:
        """The first day of the next edition, where CMS publishes quarterly; ``None`` elsewhere."""
        return None if self.to_day is None else self.to_day + timedelta(days=1)

    def is_outdated(self, day: date) -> bool:
        """Whether ``day`` is after the quarter of the edition, so that CMS has published a newer one."""
        return self.to_day is not None and day > self.to_day


class FactSubject(StrEnum):
    """What a fact is about."""

    AMOUNT = "amount"
    COINSURANCE = "coinsurance"
    RURAL = "rural"
    NDC = "ndc"
    LIMIT = "limit"
    STATUS_INDICATOR = "status_indicator"
    BILLED_TOGETHER = "billed_together"
    PRIOR_AUTHORIZATION = "prior_authorization"
    FACE_TO_FACE = "face_to_face"
    PRODUCT_VERIFICATION = "product_verification"
    POLICY = "policy"


class Fact(Frozen):
    """What one row of an edition states about a code.

    ``value`` is ``None`` where the row states that there is none (``0`` in a rural column, a limit of ``N/A``).
    Amounts are decimals as the file has them. ``first_day`` and ``last_day`` are the days between which the fact holds
    (``None`` for an open end). ``kind`` and ``edition`` (a label) are those of its file; ``row`` is the row or line of
    the file, 1-based.
    """

    subject: FactSubject
    code: str
    value: Decimal | int | str | None
    unit: str = ""
    qualifiers: Qualifiers = Qualifiers()
    kind: EditionKind
    edition: str
    first_day: date | None
    last_day: date | None
    file: str
    row: int

    @property
    def decimal(self) -> Decimal:
        """The value as a number. Raises ``ValueError`` if it isn't one."""
        if not isinstance(self.value, Decimal):
            raise ValueError(f"{self.code}: {self.value!r} is not an amount")
        return self.value

    def holds_on(self, day: date) -> bool:
        """Whether the fact holds on ``day``."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


class Selection(NamedTuple):
    """Which facts of a row are wanted; ``None`` for all.

    ``area`` is a state or territory (``TX``), or the location of a former bidding area (``Dallas TX CBA``), ``rural``
    whether the rural amounts are wanted, ``modifiers`` the modifiers that a row must have, all of them and no other, in
    any order (``()`` for a row without modifiers). ``other_code`` is the second code of a pair. With
    ``extremes``, a fee schedule states only the lowest and the highest amount of a row, rural and not.
    """

    area: str | None = None
    rural: bool | None = None
    modifiers: tuple[str, ...] | None = None
    other_code: str | None = None
    extremes: bool = False


EVERYTHING = Selection()
"""All facts of a row."""


class Absence(StrEnum):
    """Why a look-up has no fact."""

    NOT_LOADED = "not_loaded"
    """No edition of this kind is loaded."""
    NOT_IN_FORCE = "not_in_force"
    """No loaded edition was in force on the day."""
    NOT_LISTED = "not_listed"
    """The edition in force doesn't list it; this is never a "no"."""


class FactLookUp(Frozen):
    """The facts of one kind about one key on one day, from the ``edition`` in force on that day, if there is one."""

    kind: EditionKind
    key: str
    day: date
    edition: Edition | None
    facts: tuple[Fact, ...]
    absence: Absence | None
