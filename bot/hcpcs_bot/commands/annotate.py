"""The command ``hcpcs annotate``: a file of claims, each row with what the loaded files say of its code."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Final, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from hcpcs.claims.annotator import Annotator
from hcpcs.claims.claim_table import LONGEST_LINE, Cells, ClaimColumns, annotate_table, csv_rows
from hcpcs.claims.x12_lines import X12_COLUMNS, is_x12, x12_rows
from hcpcs.errors import ClaimTableError
from hcpcs.records.billing.areas import areas
from hcpcs.releases.data_table import open_sheets
from hcpcs.releases.source_file import SourceFile, open_without_waiting, special_kind
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.commands.options import HomeOption, one_line_errors, print_error, today
from hcpcs_bot.settings import Settings

_DESCRIPTORS: Final = Path("/proc/self/fd")
"""Where Linux has the open files of the process."""
PART: Final = 65_536
"""Bytes that are read at a time."""
X12_START: Final = 1_000
"""Bytes in which an X12 file is recognized."""
PROGRESS_ROWS: Final = 2_000
"""Rows after which the progress bar moves."""
PROBLEMS_NAMED: Final = 10
"""Maximum kinds of problems that are counted at the end."""
WORKBOOK_BYTES: Final = 128 * 2**20
"""Maximum bytes of a workbook, and of its sheet when it is unpacked: a .csv may have any size."""
_WORKBOOK: Final = b"PK\x03\x04"


def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .csv, .xlsx, 837 or 835 file, or - for stdin.")],
    code: Annotated[str, typer.Option(help="The column of codes.")] = "code",
    day: Annotated[str | None, typer.Option(help="The column of dates of service; today if not given.")] = None,
    units: Annotated[str | None, typer.Option(help="The column of units.")] = None,
    state: Annotated[str | None, typer.Option(help="A state such as TX for amounts, or the column of states.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The CSV file to write.")] = None,
    home: HomeOption = None,
) -> None:
    """Add to each row of a claims file what its code means on its day, as CSV."""
    one_state = state.upper() if state is not None and state.upper() in areas() else None
    columns = ClaimColumns(code, day, units, None if one_state else state)
    with one_line_errors():
        desk = open_desk(Settings().at(home))
        annotator = Annotator(desk.catalog, desk.companions, today(), one_state)
        with (
            _opened(file) as stream,
            _written(output) as out,
            _progress(file) as progress,
            _rows(stream, file, columns) as (rows, named),
        ):
            writer = csv.writer(out, lineterminator="\n")
            for number, row in enumerate(annotate_table(rows, named, annotator)):
                writer.writerow(row)
                if number % PROGRESS_ROWS == 0:
                    progress(_position(stream))
    print_error(_summary(annotator))


def _summary(annotator: Annotator) -> str:
    """``3 rows: 1 annotated; 2 not: 1 no code, 1 no date of service.``"""
    problems = annotator.problems.most_common(PROBLEMS_NAMED)
    failed = sum(annotator.problems.values())
    noun = "row" if annotator.rows == 1 else "rows"
    if not failed:
        return f"{annotator.rows:,} {noun} annotated."
    causes = "; ".join(f"{count:,} {text}" for text, count in problems)
    return f"{annotator.rows:,} {noun}, of which {failed:,} have a problem (column hcpcs_problem): {causes}."


@contextmanager
def _rows(stream: BinaryIO, file: str, columns: ClaimColumns) -> Iterator[tuple[Iterator[Cells], ClaimColumns]]:
    """The rows of a file in any of the forms, and the columns to read. Raises ``ClaimTableError``, ``ReleaseError``."""
    start = stream.peek(PART)[:PART] if isinstance(stream, io.BufferedReader) else b""
    if start.startswith(_WORKBOOK):
        yield _workbook_rows(SourceFile(file, stream.read(WORKBOOK_BYTES + 1))), columns
        return
    # What isn't UTF-8 is written again byte by byte as it came.
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
    try:
        if is_x12(start[:X12_START].decode("utf-8", "replace")):
            yield x12_rows(iter(lambda: text.read(PART), "")), X12_COLUMNS
        else:
            yield csv_rows(iter(lambda: text.readline(LONGEST_LINE), "")), columns
    finally:
        text.detach()


def _workbook_rows(workbook: SourceFile) -> Iterator[Cells]:
    """The rows of the first sheet of a workbook, each cell as text. Raises ``ReleaseError``, ``ClaimTableError``."""
    if len(workbook.data) > WORKBOOK_BYTES:
        limit = WORKBOOK_BYTES // 2**20
        raise ClaimTableError(f"{workbook.name}: is a workbook of over {limit} MB; save the table as .csv")
    sheets = open_sheets(workbook, first=1, maximum=WORKBOOK_BYTES)
    return ([_cell(value) for value in row] for sheet in sheets for row in sheet.iter_rows())


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """The file, or standard input for ``-``. Raises ``ClaimTableError`` if it can't be opened."""
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    try:
        if kind := special_kind(path):
            raise ClaimTableError(f"{file}: is {kind}, not a file; for standard input give -")
        stream = open_without_waiting(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name isn't valid"
        raise ClaimTableError(f"{file}: can't be read ({reason})") from None
    with stream:
        if path.stat().st_size == 0:
            raise ClaimTableError(f"{file}: is empty; its first row must name the columns")
        yield stream


@contextmanager
def _written(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file, which is complete or isn't there. Raises ``ClaimTableError``."""
    if output is None:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogateescape", newline="")
        try:
            yield out
            out.flush()
        finally:
            out.detach()
        return
    part = output.with_name(f"{output.name}.part")
    unnamed = _unnamed_file(output.parent)
    try:
        file = part if unnamed is None else unnamed
        with open(file, "w", encoding="utf-8", errors="surrogateescape", newline="") as out:  # noqa: PTH123 - or a number
            yield out
            if unnamed is not None:
                out.flush()
                part.unlink(missing_ok=True)
                # With a descriptor Python follows the link to the file; the path is absolute, so any will do.
                os.link(_DESCRIPTORS / str(unnamed), part, src_dir_fd=unnamed)
        part.replace(output)
    except OSError as error:
        raise ClaimTableError(f"{output}: can't be written ({error.strerror})") from None
    finally:
        part.unlink(missing_ok=True)


def _unnamed_file(folder: Path) -> int | None:
    """A descriptor of a file without a name, so that nothing is left of the claims if the process is killed.

    ``None`` where the system, or the file system of the folder, has no such files.
    """
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not _DESCRIPTORS.exists():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY, 0o666)
    except OSError:
        return None


class _Bar:
    """A progress bar of bytes on a terminal."""

    def __init__(self, bars: Progress, size: int | None) -> None:
        self._bars = bars
        self._task = bars.add_task("annotating", total=size)

    def __call__(self, done: int) -> None:
        self._bars.update(self._task, completed=done)


@contextmanager
def _progress(file: str) -> Iterator[_Bar]:
    size = Path(file).stat().st_size if file != "-" and Path(file).is_file() else None
    screen = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bars:
        yield _Bar(bars, size)


def _position(stream: BinaryIO) -> int:
    """The bytes that are read of a file; 0 where that can't be said."""
    try:
        return 0 if stream.closed else stream.tell()
    except OSError:
        return 0
