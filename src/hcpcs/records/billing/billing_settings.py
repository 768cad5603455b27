"""The settings of billing for which CMS publishes files of their own: practitioner, outpatient hospital, DME supplier.

Source: CMS, Medicare NCCI, the three MUE tables and what they say about whose claims they edit.
"""

from __future__ import annotations

from enum import StrEnum


class BillingSetting(StrEnum):
    """Whose claims: the values are the names in the files."""

    PRACTITIONER = "practitioner"
    OUTPATIENT_HOSPITAL = "outpatient hospital"
    DME_SUPPLIER = "DME supplier"
