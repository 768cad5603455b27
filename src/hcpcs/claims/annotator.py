"""Annotates service lines: the catalog and the companion files are asked directly, and each answer is kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Final

from hcpcs.answers.rendering.csv_cells import safe_cell
from hcpcs.answers.verdicts import judge
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.claims.annotation import Annotation
from hcpcs.claims.file_facts import FactReader, UnitLimit
from hcpcs.claims.service_line import (
    LONGEST_CELL,
    NOT_A_STATE,
    NOT_LOADED,
    BilledCode,
    RowProblem,
    ServiceLine,
    read_code,
    read_day,
    read_units,
)
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.method_cache import cached_method
from hcpcs.records.billing.areas import areas
from hcpcs.records.record import Statement, Status

CACHED_ANSWERS: Final = 20_000
"""Maximum annotations that are kept, by code, modifiers, day and state; about 40 MB."""
CACHED_CELLS: Final = 20_000
"""Maximum different cells of each column whose meaning is kept, as long as the file is read."""
_Answer = tuple[Annotation, tuple[UnitLimit, ...]]
"""An annotation without the units of a line, and the limits that they are compared with."""


class Annotator:
    """Annotates lines from one catalog and the editions beside it; ``problems`` counts the rows that have any.

    ``state`` is the state of lines whose file has no column of states. ``today`` is the day of lines whose file has no
    column of days. Not for use by two threads at once.
    """

    def __init__(self, catalog: Catalog, companions: Companions, today: date, state: str | None = None) -> None:
        self._catalog = catalog
        self._today = today
        self._state = state
        self._facts = FactReader(companions)
        self.rows = 0
        self.problems: Counter[str] = Counter()
        self._answer = cached_method(self._look_up, CACHED_ANSWERS)
        self._noc: dict[tuple[str, str], str] = {}
        # What is in a file stays with its annotator: a cell of a wrong column may name a patient.
        self._read_code = lru_cache(CACHED_CELLS)(read_code)
        self._read_day = lru_cache(CACHED_CELLS)(read_day)
        self._read_units = lru_cache(CACHED_CELLS)(read_units)

    def cells(self, line: ServiceLine) -> Annotation:
        """The added cells of a line, safe for a spreadsheet; counted."""
        annotation = self._annotate(line)
        self.rows += 1
        if annotation.problem:
            self.problems[annotation.problem] += 1
        return annotation

    def fail(self, problem: RowProblem) -> Annotation:
        """The added cells of a row that can't be read; counted."""
        self.rows += 1
        self.problems[problem.text] += 1
        return Annotation(problem=problem.text)

    def _annotate(self, line: ServiceLine) -> Annotation:
        billed = self._read_code(_part_read(line.code))
        if isinstance(billed, RowProblem):
            return Annotation(problem=billed.text)
        day = None if line.day is None else self._read_day(_part_read(line.day))
        if isinstance(day, RowProblem):
            return Annotation(code=billed.code, modifiers=" ".join(billed.modifiers), problem=day.text)
        state = self._state if line.state is None else line.state.strip().upper() or None
        known = state is None or state in areas()
        annotation, limits = self._answer(billed, day, state if known else None)
        problem = None if known else NOT_A_STATE
        units = self._read_units(_part_read(line.units))
        if isinstance(units, RowProblem):
            problem = units
        elif units is not None and limits:
            over = [limit.setting for limit in limits if 0 < limit.units < units]
            annotation = annotation._replace(over_mue=", ".join(over)) if over else annotation
        if problem is not None and not annotation.problem:
            return annotation._replace(problem=problem.text)
        return annotation

    def _look_up(self, billed: BilledCode, asked: date | None, state: str | None) -> _Answer:
        """The safe cells of a code on a day; ``asked`` is ``None`` for today, where the file states no days."""
        day = asked or self._today
        on_day = self._catalog.code_on_day(billed.code, day)
        named = {"code": billed.code, "modifiers": " ".join(billed.modifiers), "day": day.isoformat()}
        if on_day is None:
            return Annotation(**named, problem=NOT_LOADED.text), ()
        current = None if asked else self._catalog.current(billed.code, day)
        facts = self._facts.on(billed, day, state)
        stated = self._stated(on_day, current or on_day.statement, day_asked=asked is not None)
        return Annotation(**named, **stated, **facts.cells), facts.limits

    def _stated(self, on_day: CodeOnDay, statement: Statement, *, day_asked: bool) -> dict[str, str]:
        """What the record says, as the card of the code does."""
        record = statement.record
        ruling = judge(statement, on_day, day_asked=day_asked)
        return {
            "description": safe_cell(record.long_description),
            "status": (Status.TERMINATED if on_day.removed else statement.status).value,
            "verdict": ruling.verdict.value,
            "why": safe_cell(ruling.claim),
            "coverage": safe_cell(record.coverage),
            "noc": self._noc_cell(statement),
            "release": statement.release.label,
        }

    def _noc_cell(self, statement: Statement) -> str:
        named = statement.record.code, statement.release.id
        if named not in self._noc:
            listed = self._catalog.is_not_otherwise_classified(statement.record)
            self._noc[named] = "yes" if listed else "no"
        return self._noc[named]


def _part_read(cell: str) -> str:
    """What matters of a cell: a longer one is refused, and would fill memory where it is kept."""
    return cell.strip()[: LONGEST_CELL + 1]
