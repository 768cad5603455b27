"""What every answering rule is given: the question, the catalogue, the index, the day and the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hcpcs.answers.verdicts import Ruling, judge
from hcpcs.catalog.as_of import CodeOnDay
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import Question
from hcpcs.records.record import Statement
from hcpcs.search_port import SearchIndex


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """One question at the desk: what was understood, what can be consulted, and the page of a list wanted."""

    question: Question
    catalog: Catalog
    index: SearchIndex
    today: date
    offset: int = 0
    limit: int = 10

    @property
    def day(self) -> date:
        """The day of service asked about, today if none was named."""
        return self.question.day or self.today

    def state(self, code: str) -> Statement | None:
        """What the catalogue states of a code on the day asked about."""
        if self.question.day is None:
            return self.catalog.current(code, self.today)
        return self.catalog.as_of(code, self.question.day)

    def reading(self, code: str) -> CodeOnDay | None:
        """What is known of a code on the day asked about; ``None`` if no release states it."""
        return self.catalog.reading(code, self.day)

    def judge(self, statement: Statement) -> Ruling:
        """Medicare's coverage of a statement's code on the day asked about."""
        return judge(statement, self.reading(statement.record.code), day_asked=self.question.day is not None)
