"""The parameters that paths share, with the words that the API's documentation says of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator

from hcpcs.records.billing.areas import areas

QUESTION_CHARACTERS = 40_000
"""Maximum characters of a question or a text to decode."""

QUERY_CHARACTERS = 1_000
"""Maximum characters of a search."""

AsOf = Annotated[
    date | None,
    Query(
        description="The date of service (YYYY-MM-DD) that the answer is for; today if not given.",
        examples=["2025-03-01"],
    ),
]
CodePath = Annotated[
    str,
    Path(
        description="An HCPCS Level II code or modifier, in upper or lower case.",
        min_length=2,
        max_length=5,
        pattern="^[A-Za-z0-9]+$",
        examples=["S9353"],
    ),
]
Offset = Annotated[int, Query(ge=0, le=10_000, description="How many entries of a list to leave out.")]
Limit = Annotated[int, Query(ge=1, le=500, description="Maximum entries of a list.")]


def _known_state(written: str) -> str:
    code = written.upper()
    if code not in areas():
        raise ValueError("not the abbreviation of a state or territory, such as TX")
    return code


State = Annotated[
    Annotated[str, AfterValidator(_known_state)] | None,
    Query(min_length=2, max_length=2, description="The abbreviation of a state or territory.", examples=["TX"]),
]
