"""The input of every intent: the question, the catalog, the search index, the day and the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hcpcs.answers.verdicts import Ruling, judge
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.catalog.history.dated_codes import DatedCode
from hcpcs.companions.edition import EditionKind, FactLookUp, Selection
from hcpcs.companions.storage.companion_store import NO_COMPANIONS, Companions
from hcpcs.questions.question import Question
from hcpcs.records.record import Release, Statement
from hcpcs.search_port import SearchIndex


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """One question with everything that answers it: catalog, index, companion files, today's date, and the page."""

    question: Question
    catalog: Catalog
    index: SearchIndex
    today: date
    offset: int = 0
    limit: int = 10
    companions: Companions = NO_COMPANIONS

    @property
    def day(self) -> date:
        """The date of service asked about, today if the question names none."""
        return self.question.day or self.today

    @property
    def release_asked(self) -> Release | None:
        """The newest release of the period asked about, or the one in effect on the day; ``None`` for none loaded."""
        first, last = self.question.day, self.question.last_day
        if first is None or first == self.today:
            return None
        inside = [
            one
            for one in self.catalog.releases
            if (first <= one.effective <= last if last else one.effective <= first and not one.is_outdated(first))
        ]
        return inside[-1] if inside else None

    def state(self, code: str) -> Statement | None:
        """What the catalog states about a code on the day asked about; ``None`` for an unknown code."""
        if self.question.day is None:
            return self.catalog.current(code, self.today)
        return self.catalog.as_of(code, self.question.day)

    def dated_code(self, code: str) -> DatedCode:
        """The days and the coverage code of a stated code on the day asked about, as ``state`` has them.

        For lists of thousands of codes: the record is read only where an older release states something else.
        """
        dated = self.catalog.dated_codes.by_code[code]
        if not dated.restated or self.question.day is None or (statement := self.state(code)) is None:
            return dated
        record = statement.record
        return dated._replace(added=record.added_date, ended=record.termination_date, coverage=record.coverage)

    def is_in_use(self, code: str) -> bool:
        """Whether a stated code may be used on the day asked about: added by then, and neither ended nor removed."""
        return self.dated_code(code).active(self.day) and self.day < self.catalog.removed.get(code, date.max)

    def code_on_day(self, code: str) -> CodeOnDay | None:
        """What is known about a code on the day asked about; ``None`` if no release states it."""
        return self.catalog.code_on_day(code, self.day)

    def judge(self, statement: Statement) -> Ruling:
        """Medicare's coverage of a statement's code on the day asked about."""
        return judge(statement, self.code_on_day(statement.record.code), day_asked=self.question.day is not None)

    def facts_of(
        self,
        kind: EditionKind,
        text: str,
        *,
        area: str | None = None,
        other_code: str | None = None,
        extremes: bool = False,
    ) -> FactLookUp:
        """What the companion file in force on the day asked about states about a code, ZIP code, NDC or document."""
        day = self._day_of(kind)
        return self.companions.look_up(kind, text, day, Selection(area=area, other_code=other_code, extremes=extremes))

    def _day_of(self, kind: EditionKind) -> date:
        """The day asked about; of a period ("in 2021"), the first day in it of which a quarterly edition is loaded."""
        first, last = self.question.day, self.question.last_day
        if first is None or last is None:
            return self.day
        days = [
            max(first, one.from_day)
            for one in self.companions.editions
            if one.kind is kind and one.from_day is not None and one.to_day is not None
            if one.from_day <= last and first <= one.to_day
        ]
        return min(days, default=first)
