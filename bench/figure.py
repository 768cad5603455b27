"""What a bench returns: tables of figures, each with its goal where it has one, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Goal(NamedTuple):
    """What a figure is to reach: at most ``limit``, or at least; ``unit`` follows the number (``" ms"``, ``"x"``)."""

    limit: float
    unit: str
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.limit:,g}{self.unit}"

    def is_reached(self, value: float) -> bool:
        """Whether a measured value reaches it."""
        return value >= self.limit if self.at_least else value <= self.limit


class Row(NamedTuple):
    """One row: what was measured, the cells as they are shown, and the value that its goal is about."""

    what: str
    cells: tuple[str, ...]
    goal: Goal | None = None
    value: float = 0.0

    @property
    def missed(self) -> bool:
        """Whether it has a goal and does not reach it."""
        return self.goal is not None and not self.goal.is_reached(self.value)

    @property
    def verdict(self) -> str:
        """Its goal with ``reached`` or ``missed``; empty without a goal."""
        return "" if self.goal is None else f"{self.goal}: {'missed' if self.missed else 'reached'}"


class Table(NamedTuple):
    """Rows under the names of their columns, without the one of the goals; ``caption`` is a sentence above them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def lines(self, *, padded: bool) -> Iterator[str]:
        """The table in Markdown, with columns of one width for a terminal if ``padded``."""
        goals = any(row.goal for row in self.rows)
        head = (*self.columns, "goal") if goals else self.columns
        grid = [head, tuple("---" for _ in head)]
        grid += [(row.what, *row.cells, *([row.verdict] if goals else [])) for row in self.rows]
        widths = [max(len(line[at]) for line in grid) if padded else 0 for at in range(len(head))]
        if self.caption:
            yield from (self.caption, "")
        for line in grid:
            yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"


def of_value(what: str, shown: str, value: float, goal: Goal | None = None) -> Row:
    """A row of one value: ``shown`` is its format, such as ``"{:.2f} ms"``."""
    return Row(what, (shown.format(value),), goal, value)


def one_column(rows: Sequence[Row], caption: str = "") -> Table:
    """A table of rows of one value."""
    return Table(("what", "measured"), tuple(rows), caption)
