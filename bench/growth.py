"""Growth of the search: 1, 10, ... synthetic copies of the release with varied text, each in a process of its own.

In every copy but the first some words are replaced by made-up ones, so the vocabulary grows as well. The queries stay
the same. Prints build time, size on disk, memory and p50, with the growth of each.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time, thread_time_ns
from typing import Final

from bench.engines import OursBare
from bench.queries import mixed_queries
from bench.release import newest_catalog
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

CHANGED: Final = 0.15
"""Share of words that a copy replaces."""
_WORD: Final = re.compile(r"[a-z]{5,}")


def copies(original: Sequence[Document], times: int) -> Iterator[Document]:
    """The documents and varied copies of them, in code order. The code of a copy ends with its number."""
    for document in original:
        yield document
        for copy in range(1, times):
            chance = random.Random(f"{document.code}/{copy}")
            yield document._replace(
                code=f"{document.code}.{copy:03d}" if len(document.code) == 5 else f"{document.code}{copy:03d}",
                short_description=_varied(document.short_description, chance),
                long_description=_varied(document.long_description, chance),
            )


def _varied(text: str, chance: random.Random) -> str:
    def change(match: re.Match[str]) -> str:
        if chance.random() > CHANGED:
            return match[0]
        ending = hashlib.md5(f"{match[0]}{chance.randrange(8)}".encode(), usedforsecurity=False).hexdigest()
        return match[0] + ending[:3].translate(str.maketrans("0123456789", "ghijklmnop"))

    return _WORD.sub(change, text)


def build(times: int, folder: Path) -> float:
    """Builds the index of ``times`` copies into a folder. Returns the seconds of CPU time."""
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


def search(folder: Path) -> tuple[float, float]:
    """The memory in MB that opening the index and searching takes, and the median time of a search in µs."""
    queries = mixed_queries(newest_catalog())
    before = _resident()
    ours = OursBare(Searcher(tables.load((folder / TABLE_FILE).read_bytes())))
    taken: list[float] = []
    for _ in range(3):
        for query in queries:
            start = thread_time_ns()
            ours.find(query)
            taken.append(thread_time_ns() - start)
    return _resident() - before, statistics.median(taken[len(queries) :]) / 1e3


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def print_growth(most: int) -> None:
    """Prints the table for 1, 10, ... ``most`` copies."""
    print(f"\n{'copies':>8}{'records':>10}{'build s':>16}{'disk MB':>16}{'memory MB':>16}{'p50 µs':>16}")
    base: list[float] = []
    times = 1
    while times <= most:
        with tempfile.TemporaryDirectory() as folder:
            (built,) = _apart("build", folder, str(times))
            size = sum(file.stat().st_size for file in Path(folder).iterdir()) / 1e6
            figures = [built, size, *_apart("search", folder)]
        base = base or figures
        cells = [f"{value:.1f} ({value / first:.1f}x)" for value, first in zip(figures, base, strict=True)]
        records = times * len(newest_catalog().codes())
        print(f"{times:>8}{records:>10}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
        times *= 10


def _apart(*arguments: str) -> list[float]:
    """The figures that one step prints, run in a process of its own."""
    command = [sys.executable, "-m", "bench.growth", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(figure) for figure in done.stdout.split()]


def run(arguments: Sequence[str]) -> None:
    """Prints the table. A hundred copies take many minutes."""
    parser = argparse.ArgumentParser(prog="bench growth", description=__doc__)
    parser.add_argument("most", type=int, nargs="?", default=10, help="maximum number of copies: 10, 100")
    print_growth(parser.parse_args(arguments).most)


if __name__ == "__main__":
    step, folder = sys.argv[1], Path(sys.argv[2])
    print(*([build(int(sys.argv[3]), folder)] if step == "build" else search(folder)))
