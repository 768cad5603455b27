"""Record collector: the records of a file from its lines or rows, with duplicates and unknown values reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from hcpcs.records.fields import CODED_FIELDS
from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.records.terms.vocabularies import vocabularies
from hcpcs.releases.content import UnknownValue
from hcpcs.releases.record_layout import build_record, is_licensed
from hcpcs.releases.source_file import SourceFile


@dataclass
class RecordDraft:
    """A code that is being read: its first line, the pieces of its description, and its raw fields."""

    code: str
    kind: RecordKind
    line: int
    pieces: list[str]
    raw: Mapping[str, Sequence[str]]


@dataclass
class RecordCollector:
    """Collects the records of one file in its order. Every error names the file and the code's first line."""

    source: SourceFile
    _records: dict[str, CodeRecord] = field(default_factory=dict)
    _licensed: int = 0
    _repeated: int = 0
    _note_rows: int = 0

    def add(self, draft: RecordDraft) -> None:
        """Adds one code. Raises ``ReleaseError`` for bad values, or a code that appears twice with differences."""
        if is_licensed(draft.code):
            self._licensed += 1
            return
        try:
            record = build_record(draft.code, draft.kind, draft.pieces, draft.raw)
        except ValueError as error:
            raise self.source.error(str(error), draft.line) from error
        former = self._records.setdefault(record.code, record)
        if former is not record:
            if former != record:
                raise self.source.error(f"{record.code} appears twice with different content", draft.line)
            self._repeated += 1

    def skip_note(self) -> None:
        """Counts a row of notes between or below the records."""
        self._note_rows += 1

    def records(self) -> tuple[CodeRecord, ...]:
        """The records. Raises ``ReleaseError`` if there are none."""
        if not self._records:
            raise self.source.error("contains no HCPCS Level II code")
        return tuple(self._records.values())

    def warnings(self) -> tuple[str, ...]:
        """What was skipped, in a sentence each."""
        sentences = []
        if self._licensed:
            skipped = "1 CPT or CDT code was" if self._licensed == 1 else f"{self._licensed} CPT or CDT codes were"
            sentences.append(f"{skipped} skipped, because CPT and CDT descriptions are licensed.")
        if self._repeated:
            repeated = "1 code appears" if self._repeated == 1 else f"{self._repeated} codes appear"
            sentences.append(f"{repeated} twice with the same content; the repetition was skipped.")
        if self._note_rows:
            one = self._note_rows == 1
            noted = "1 row has" if one else f"{self._note_rows} rows have"
            sentences.append(f"{noted} a note instead of a record, and {'was' if one else 'were'} skipped.")
        return tuple(sentences)


def unknown_values(records: Sequence[CodeRecord]) -> tuple[UnknownValue, ...]:
    """The coded values that no vocabulary explains, with their counts, sorted by field and value."""
    known = {name: vocabulary.values for name, vocabulary in vocabularies().items()}
    counts: Counter[tuple[str, str]] = Counter()
    for name, vocabulary in CODED_FIELDS.items():
        # Records repeat few values, so that these are counted first, and then looked up.
        for stated, count in Counter(map(attrgetter(name), records)).items():
            values = stated if isinstance(stated, tuple) else (stated,)
            for value in values:
                if value and value not in known[vocabulary]:
                    counts[name, value] += count
    return tuple(UnknownValue(field=name, value=value, count=count) for (name, value), count in sorted(counts.items()))
