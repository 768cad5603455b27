"""Exports of the Medicare Coverage Database in CMS's form: an archive of .csv tables in an archive.

The columns are those of the export's tables that are read, in its order, and some that are not read. The rows are
invented, apart from what CMS's site shows of the two documents on positive airway pressure devices.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.src.hcpcs.companions.companion_files import Rows, csv_of, zip_of_files


def table(header: str, *rows: str) -> Rows:
    """A table: the names of its columns by blanks, and rows whose cells are divided by ``|``."""
    return (tuple(header.split()), *(tuple(row.split("|")) for row in rows))


CONTRACT = "contractor_id contractor_type_id contractor_version"
CONTRACTORS: Mapping[str, Rows] = {
    "contractor": table(
        f"{CONTRACT} contractor_bus_name contractor_number dmerc_rgn state_id status",
        "138|4|1|CGS Administrators, LLC|17013|3|40|A",
        "140|4|1|CGS Administrators, LLC|18003|4|1|A",
        "389|4|2|Noridian Healthcare Solutions, LLC|19003|5|34|A",
        "236|9|1|Palmetto GBA|10111|20|1|A",
        "237|9|1|Palmetto GBA|10112|20|1|A",
    ),
    "contractor_type_lookup": table("contractor_type_id description", "4|DME MAC", "9|A and B MAC"),
    "dmerc_region_lookup": table(
        "region_id description psc_description mac_description super_mac_description",
        "3|||J-B|",
        "4|||J-C|",
        "5|||J-D|",
        "20|||J-J|",
    ),
    "contractor_jurisdiction": table(
        f"{CONTRACT} state_id last_updated active_date term_date",
        "138|4|1|40|2020-01-01|2020-01-01|",
        "138|4|1|21|2020-01-01|2020-01-01|",
        "140|4|1|1|2020-01-01|2020-01-01|",
        "389|4|2|61|2020-01-01|2020-01-01|",
        "389|4|2|40|2020-01-01|2020-01-01|2021-06-30",
        "236|9|1|1|2020-01-01|2020-01-01|",
        "237|9|1|1|2020-01-01|2020-01-01|",
    ),
    "state_lookup": table(
        "state_id state_abbrev description",
        "40|OH|Ohio",
        "21|KY|Kentucky",
        "1|AL|Alabama",
        "61|NF|California - Northern",
    ),
    "update_period": table("period_id begin_date dis_end_date", "1196|2026-11-12|2026-11-18"),
}
LCDS: Mapping[str, Rows] = {
    **CONTRACTORS,
    "lcd": table(
        "lcd_id lcd_version title determination_number orig_det_eff_date ent_det_end_date rev_eff_date rev_end_date "
        "indication status last_updated display_id date_retired",
        "33718|63|Positive Airway Pressure (PAP) Devices||2015-10-01||2025-01-01||text,\nso|A|2026-01-08|L33718|",
        "39995|2|Infliximab||2020-01-01||2024-05-01||text|A|2025-12-11|L39995|",
        "33901|9|Old Devices||2010-01-01|2025-06-30|2012-01-01||text|R|2025-07-01|L33901|2025-06-30",
        "40050|1|A Proposal||||||text|P|2025-12-11|DL40050|",
        "33902|4|Devices That Will End||2010-01-01||2012-01-01||text|A|2025-07-01|L33902|",
    ),
    "lcd_future_retire": table("lcd_id retire_dt", "33902|2026-06-30"),
    "lcd_x_contractor": table(
        f"lcd_id lcd_version {CONTRACT} last_updated",
        "33718|63|138|4|1|",
        "33718|63|140|4|1|",
        "33718|63|389|4|2|",
        "39995|2|236|9|1|",
        "39995|2|237|9|1|",
        "33901|9|140|4|1|",
        "33902|4|140|4|1|",
    ),
    "lcd_x_hcpc_code": table(
        "lcd_id lcd_version hcpc_code_id hcpc_code_version hcpc_code_group range last_updated long_description",
        "33718|63|E0601|99|1|N|2025-01-01|A TEXT",
        "33718|63|E0601|99|2|N|2025-01-01|A TEXT",
        "33718|63|94660|1|1|N|2025-01-01|A TEXT",
        "33901|9|E0601|1|1|N|2025-01-01|A TEXT",
        "33902|4|K0856|1|1|N|2025-01-01|A TEXT",
    ),
    "lcd_related_documents": table(
        "lcd_id lcd_version related_num r_article_id r_article_version r_lcd_id r_lcd_version r_contractor_id",
        "33718|63|1|52467|90|0|0|0",
        "33718|63|2|0|0|33611|8|0",
    ),
}
ARTICLES: Mapping[str, Rows] = {
    **CONTRACTORS,
    "article": table(
        "article_id article_version article_type title article_pub_date article_eff_date article_end_date description "
        "status last_updated article_rev_end_date date_retired display_id",
        "52467|90|14|PAP Devices - Policy Article||1/1/2025 12:00:00 AM||text|A|1/8/2026 12:00:00 AM|||A52467",
        "59915|3|14|Billing and Coding: Infliximab|2024-01-01|2024-01-15||text|A|2025-07-01|||A59915",
    ),
    "article_x_contractor": table(
        f"article_id article_version article_type {CONTRACT} last_updated",
        "52467|90|14|138|4|1|",
        "59915|3|14|236|9|1|",
    ),
    "article_x_hcpc_code": table(
        "article_id article_version hcpc_code_id hcpc_code_version hcpc_code_group range last_updated long_description",
        "52467|90|E0601|99|1|N||A TEXT",
        "59915|3|J1745|9|1|N||A TEXT",
        "59915|3|96413|9|2|N||A TEXT",
    ),
    "article_related_documents": table(
        "article_id article_version related_num r_article_id r_article_version r_lcd_id r_lcd_version r_contractor_id",
        "59915|3|1|0|0|39995|2|0",
    ),
}


def export_of(tables: Mapping[str, Rows], name: str = "current_lcd_csv.zip") -> bytes:
    """An export: the tables in an archive, and that beside a note in an archive."""
    inner = zip_of_files({f"{table}.csv": csv_of(rows) for table, rows in tables.items()})
    return zip_of_files({name: inner, "readme_first.txt": b"See the data dictionary."})
