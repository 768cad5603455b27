"""The codes of LCDs and articles, in the form of the export of the Medicare Coverage Database."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk
from tests.src.hcpcs.releases.writing import put

from hcpcs.answers.desk import Desk
from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.companion_store import open_companions, write_companions
from hcpcs.errors import ReleaseError

HEADER = "{}_id,{}_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,range,last_updated,long_description\n"


def test_only_level_two_codes_of_a_document_are_kept_each_once(tmp_path: Path) -> None:
    rows = (
        "33718,63,E0601,1,1,N,2026-11-12 00:00:00,A text\n"
        "33718,63,E0601,1,2,N,2026-11-05,A text\n"
        "33718,63,94660,1,1,N,,A text\n"
    )
    text = HEADER.format("lcd", "lcd") + rows
    (packed,) = read_companions(put(tmp_path, "lcd_x_hcpc_code.csv", text.encode()))
    assert packed.edition.kind is EditionKind.LCD_CODES
    assert packed.edition.dropped == 1
    assert [(row.key, *row.cells) for row in packed.walk()] == [("E0601", "L33718", "LCD", "63", "1 2")]
    assert packed.edition.label == "Medicare Coverage Database, codes of LCDs of November 12, 2026"


def test_articles_are_an_edition_of_their_own(tmp_path: Path) -> None:
    text = HEADER.format("article", "article") + "52467,90,E0601,1,1,N,11/12/2026,A text\n"
    (packed,) = read_companions(put(tmp_path, "article_x_hcpc_code.csv", text.encode()))
    assert packed.edition.kind is EditionKind.ARTICLE_CODES
    assert [(row.key, *row.cells) for row in packed.walk()] == [("E0601", "A52467", "Article", "90", "1")]


def test_an_answer_names_the_documents_that_list_the_code(tmp_path: Path) -> None:
    text = HEADER.format("lcd", "lcd") + "33718,63,E0601,1,1,N,2026-01-08,A text\n"
    editions = read_companions(put(tmp_path, "lcd_x_hcpc_code.csv", text.encode()))
    write_companions(tmp_path, editions)
    known = facts_desk(tmp_path, loaded=False)
    answer = Desk(known.catalog, known.index, lambda: TODAY, open_companions(tmp_path)).ask("which LCD for E0601")
    assert answer.headline == "E0601: LCD L33718."
    assert [(fact.code, fact.value, fact.row) for fact in answer.facts] == [("E0601", "L33718", 2)]


def test_a_table_without_a_day_is_refused_with_what_to_do(tmp_path: Path) -> None:
    text = HEADER.format("lcd", "lcd") + "33718,63,E0601,1,1,N,,A text\n"
    with pytest.raises(ReleaseError, match="doesn't say which day it is of; rename it"):
        read_companions(put(tmp_path, "lcd_x_hcpc_code.csv", text.encode()))


def test_what_stands_for_no_code_is_left_out(tmp_path: Path) -> None:
    rows = "33718,63,E0601,1,1,N,2026-01-08,A text\n33719,1,XX000,1,1,N,2026-01-08,Not Applicable\n"
    (packed,) = read_companions(put(tmp_path, "lcd_x_hcpc_code.csv", (HEADER.format("lcd", "lcd") + rows).encode()))
    assert (packed.edition.rows, packed.edition.dropped) == (1, 1)
