"""Yes or no before the rental rules and before what a list lacks, only where it answers the question."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("is E1390 capped at 36 months", "Yes. E1390 is oxygen equipment"),
        ("does the patient own E1390 after 36 months", "No. E1390 is oxygen equipment"),
        ("does E0601 convert to purchase after 13 months", "Yes. E0601 is capped rental"),
        ("does E0601 convert to purchase after 36 months", "No. E0601 is capped rental"),
        ("can E0441 be rented", "E0441 is oxygen equipment"),
        ("is E0143 exempt from the face to face list", "E0143 is not on the Required"),
        ("can I bill E0143 without a face to face", "E0143 is not on the Required"),
        ("is E0143 rented for 13 months", "No. E0143 is inexpensive"),
        ("is K0001 purchase allowed", "No. K0001 is capped rental"),
        ("can K0861 be purchased", "Yes. K0861 is capped rental"),
        ("is E0651 ever purchased", "Yes. E0651 is inexpensive"),
        ("can E0143 be rented", "It can be. E0143 is inexpensive"),
        ("is L0650 a rental", "No. L0650 is purchased"),
        ("is A4253 a rental", "A4253 is inexpensive"),
        ("is E0441 ever purchased", "E0441 is oxygen equipment"),
        ("E0940 payment category", "E0940 is capped rental"),
        ("when can we stop billing E0570", "E0570 is capped rental"),
        ("is E0143 on the face to face list", "No. E0143 is not on the Required"),
        ("when did E0143 join the face to face list", "E0143 is not on the Required"),
        ("was U0003 sunset", "Yes. U0003 ended"),
        ("is E0260 fully electric", 'The record of E0260 doesn\'t mention "fully".'),
    ],
)
def test_the_answer_opens_with_what_was_asked(full: Desk, question: str, opening: str) -> None:
    assert full.ask(question).headline.startswith(opening)
