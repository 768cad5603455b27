"""Documents: the index and the cards agree on which codes are NOC, and only catch-all codes are ranked lower."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.index.conftest import TODAY, record

from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_file
from hcpcs_index import build_index, open_index
from hcpcs_index.inverted_index.documents import build_document, documents


def test_a_removed_code_is_not_active() -> None:
    removed, ended = (record("G9976", "Macular exam", termination_date=day) for day in (None, date(2018, 3, 31)))
    of_both = [build_document(one, unclassified=False, removed_on=date(2019, 1, 1)) for one in (removed, ended)]
    assert [document.terminated for document in of_both] == [date(2018, 12, 31), date(2018, 3, 31)]
    assert build_document(removed, unclassified=False).terminated is None


@pytest.mark.slow
@pytest.mark.parametrize(("noc_list", "count"), [(None, 157), ("NOC_codes_JUL2024.csv", 166)])
def test_the_index_asks_the_catalog_what_is_noc(
    release_catalog: Catalog, shared_data: Path, noc_list: str | None, count: int, tmp_path: Path
) -> None:
    catalog = release_catalog
    if noc_list:
        catalog = Catalog.gather(catalog, [read_file(shared_data / "releases" / noc_list)])
    statements = [catalog.current(code, TODAY) for code in catalog.codes()]
    noc = {one.record.code for one in statements if one and catalog.is_not_otherwise_classified(one.record)}
    assert {document.code for document in documents(catalog) if document.unclassified} == noc
    assert len(noc) == count
    build_index(catalog, tmp_path)
    table = open_index(tmp_path, catalog, lambda: TODAY)._table
    catch_all = {table.codes[number] for number in table.catch_alls}
    assert catch_all < noc
    assert "J3490" in catch_all
    assert "J3301" in noc - catch_all
