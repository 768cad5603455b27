"""Which codes changed between two releases, by numbers: the same as by comparing the records, with less work."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import histories, kind_of, release_of
from tests.work import count_lines

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.change_index import ChangedCode
from hcpcs.catalog.changes import compare
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord
from hcpcs.releases import ReadRelease


def compared(catalog: Catalog, before: str, after: str) -> list[ChangedCode]:
    """The same from the records of both releases."""
    old, new = ({one.record.code: one for one in catalog.stated_by(release)} for release in (before, after))
    every = ((code, compare(old.get(code), new.get(code))) for code in catalog.codes())
    return [ChangedCode(code, tuple(change.kind for change in changes)) for code, changes in every if changes]


@given(history=histories(), data=st.data())
def test_the_kinds_are_those_of_the_records(history: tuple[ReadRelease, ...], data: st.DataObject) -> None:
    catalog = Catalog.build(history)
    ids = [release.id for release in catalog.releases if len(release.kinds) > 1]
    if ids:
        before, after = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
        assert list(catalog.changed_codes(before, after)) == compared(catalog, before, after)


def test_real_releases_are_compared_without_reading_their_records(history: Desk) -> None:
    catalog = history.catalog
    first, *_, last = (release.id for release in catalog.releases)
    changed = catalog.changed_codes(first, last)
    # About 73,000 lines of Python for 8,900 codes; by their records it is some millions.
    assert count_lines(lambda: catalog.changed_codes(first, last)) < 200_000
    assert [one for one in changed if one.code == "Q5102"] == [ChangedCode("Q5102", (ChangeKind.DISCONTINUED,))]


def test_a_page_between_two_releases_tells_of_its_code_alone() -> None:
    def plain(code: str, text: str) -> CodeRecord:
        return CodeRecord(code=code, kind=kind_of(code), long_description=text)

    old = release_of("2025-07", [plain("S9328", "Same"), plain("S9353", "Same")])
    page = release_of("2025-10", [plain("S9353", "From its page")]).model_copy(update={"partial": True})
    catalog = Catalog.build([old, page])
    assert catalog.changed_codes("2025-07", "2025-10") == (ChangedCode("S9353", (ChangeKind.DESCRIPTION,)),)
