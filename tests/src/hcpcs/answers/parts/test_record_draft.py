"""What answers on fields of records share: codes, records, notices and suggestions."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind


def test_records_found_are_answered_and_the_others_named(full: Desk) -> None:
    answer = full.ask("how are S9353, S9354 and 99213 priced")
    assert answer.codes == ("S9353",)
    assert [record.code for record in answer.records] == ["S9353"]
    assert [notice.kind for notice in answer.notices] == [
        NoticeKind.MISSING,
        NoticeKind.SUGGESTION,
        NoticeKind.FOREIGN,
        NoticeKind.WHERE_TO_LOOK,
        NoticeKind.OUT_OF_SCOPE,
    ]
    assert "S9345" in answer.suggestions


def test_the_day_is_part_of_the_notices(full: Desk) -> None:
    answer = full.ask("how was E0601 priced on 2010-03-01")
    assert NoticeKind.DAY in {notice.kind for notice in answer.notices}
