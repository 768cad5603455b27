"""Growth: made-up releases of 1 and 10 times the codes, and the index alone for 1, 10 and more times the records.

Each step runs in a process of its own. A release of 100 times the codes can't be: a file of more than 48 MB is refused,
which is 13 times the codes of October 2025, and a letter and four digits make 29 times as many. The index is not
limited so (``--most 100``), but building it takes about 20 GB.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time, thread_time_ns
from typing import Final

from bench.asking import FORMS, milliseconds
from bench.commands import cost_of
from bench.engines import OursBare
from bench.figure import Row, Table
from bench.made_up_release import varied, write_release
from bench.own_process import in_own_process
from bench.process_memory import resident
from bench.queries import Kind, mixed_queries
from bench.release import newest_catalog
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.settings import Settings
from hcpcs_index.inverted_index import search_table as tables
from hcpcs_index.inverted_index import whoosh_index
from hcpcs_index.inverted_index.analyzed_document import analyze
from hcpcs_index.inverted_index.documents import Document, documents
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.table_builder import build_table
from hcpcs_index.searcher import Searcher
from hcpcs_index.storage import TABLE_FILE
from hcpcs_index.synonyms.abbreviations import Abbreviations
from hcpcs_index.synonyms.synonym_map import all_synonyms, item_synonyms, read_synonyms

QUESTIONS: Final = 500
LARGEST: Final = 13
"""How many times the codes of October 2025 a file that is not refused can have."""


def loaded_figures(times: int) -> list[float]:
    """Of a release of ``times`` the codes: load in s, its peak in MB, the home in MB, then ``asked_figures``."""
    words = [" ".join(query.words) for query in mixed_queries(newest_catalog()) if query.kind is Kind.ALL]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        cost = cost_of(["load", str(write_release(Path(folder), times))], home)
        size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
        return [cost.seconds, cost.megabytes, size, *in_own_process(asked_figures, home, words)]


def asked_figures(home: Path, words: Sequence[str]) -> list[float]:
    """The memory in MB that the open releases take, and the p50 in ms of a question about a code, and of a search."""
    before = resident()
    desk = open_desk(Settings().at(home))
    chosen = random.Random(1)
    codes = desk.catalog.procedures()
    questions = [chosen.choice(FORMS).format(chosen.choice(codes)) for _ in range(QUESTIONS)]
    medians = []
    for asked in (questions, words):
        milliseconds(desk.ask, asked)
        medians.append(statistics.median(milliseconds(desk.ask, asked)))
    return [resident() - before, *medians]


def copies(original: Sequence[Document], times: int) -> Iterator[Document]:
    """The documents and varied copies of them, in code order. The code of a copy ends with its number."""
    for document in original:
        yield document
        for copy in range(1, times):
            chance = random.Random(f"{document.code}/{copy}")
            yield document._replace(
                code=f"{document.code}.{copy:03d}" if len(document.code) == 5 else f"{document.code}{copy:03d}",
                short_description=varied(document.short_description, chance),
                long_description=varied(document.long_description, chance),
            )


def build(times: int, folder: Path) -> float:
    """Builds the index of ``times`` copies into a folder. Returns the seconds of processor time."""
    grown = list(copies(documents(newest_catalog()), times))
    start = process_time()
    entries = [entry for _, _, entry in read_synonyms()]
    synonyms = all_synonyms(entries)
    abbreviations = Abbreviations(synonyms)
    analyzed = [analyze(document, abbreviations) for document in grown]
    whoosh_index.write(folder, analyzed)
    postings = PostingLists.pack(whoosh_index.read_scores(folder))
    sets = whoosh_index.read_sets(folder)
    table = build_table(analyzed, postings, sets=sets, synonyms=synonyms, items=item_synonyms(entries))
    tables.save(table, folder / TABLE_FILE)
    return process_time() - start


def searched_figures(folder: Path) -> list[float]:
    """The memory in MB that opening the index and searching takes, and the median time of a search in ms."""
    queries = mixed_queries(newest_catalog())
    before = resident()
    ours = OursBare(Searcher(tables.load((folder / TABLE_FILE).read_bytes())))
    taken: list[float] = []
    for _ in range(3):
        for query in queries:
            start = thread_time_ns()
            ours.find(query)
            taken.append(thread_time_ns() - start)
    return [resident() - before, statistics.median(taken[len(queries) :]) / 1e6]


def index_figures(times: int) -> list[float]:
    """Of an index of ``times`` copies: build in s, files in MB, then ``searched_figures``."""
    with tempfile.TemporaryDirectory() as folder:
        built = in_own_process(build, times, Path(folder))
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
        return [built, size, *in_own_process(searched_figures, Path(folder))]


def grown_row(name: str, figures: Sequence[float], base: Sequence[float], units: Sequence[str]) -> Row:
    """Each figure with its growth."""
    cells = (
        f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit} ({value / first:.1f}x)"
        for value, first, unit in zip(figures, base, units, strict=True)
    )
    return Row(name, tuple(cells))


def run(arguments: Sequence[str]) -> list[Table]:
    """Both tables, for 1, 10, ... up to ``--most`` times."""
    parser = argparse.ArgumentParser(prog="bench growth", description=__doc__)
    parser.add_argument("--most", type=int, default=10, metavar="N", help="maximum size: 10, 100")
    most = parser.parse_args(arguments).most
    steps = [10**power for power in range(len(str(most))) if 10**power <= most]
    codes, records = len(newest_catalog().procedures()), len(newest_catalog().codes())
    loaded = {times: loaded_figures(times) for times in steps if times <= LARGEST}
    indexed = {times: index_figures(times) for times in steps}
    return [
        Table(
            ("release", "load", "peak of the load", "home", "open, and asked", "question about a code", "search"),
            tuple(
                grown_row(f"{times}x: {times * codes:,} codes", figures, loaded[1], ("s", "MB", "MB", "MB", "ms", "ms"))
                for times, figures in loaded.items()
            ),
        ),
        Table(
            ("index", "build", "files", "open, and searched", "search, p50"),
            tuple(
                grown_row(f"{times}x: {times * records:,} records", figures, indexed[1], ("s", "MB", "MB", "ms"))
                for times, figures in indexed.items()
            ),
        ),
    ]
