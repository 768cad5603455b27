"""Facts and notices: a sentence, its kind, and a label where the sentence needs one."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import Evidence, EvidenceKind, NoticeKind


def test_a_label_goes_before_the_sentence() -> None:
    fact = Evidence(kind=EvidenceKind.VERDICT, text="No. S9353 is not payable by Medicare.", label="Medicare")
    assert fact.sentence == "Medicare: No. S9353 is not payable by Medicare."
    assert fact.model_copy(update={"label": ""}).sentence == fact.text


def test_every_kind_has_a_value_of_its_own() -> None:
    for kinds in (EvidenceKind, NoticeKind):
        assert len({kind.value for kind in kinds}) == len(kinds)


def test_a_notice_about_one_code_carries_it(full: Desk) -> None:
    notices = {notice.kind: notice.code for notice in full.ask("S9353 and 99213").notices}
    assert notices == {NoticeKind.FOREIGN: "99213", NoticeKind.WHERE_TO_LOOK: None}
