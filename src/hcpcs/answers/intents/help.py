"""What can be asked?"""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.refusals import starter_notice

EXAMPLES: Final = (
    ("A code", "S9353, or several: S9353, S9328, or with modifiers: E0601-RR"),
    ("Coverage", "is S9353 payable by Medicare?"),
    ("Pricing", "how is E0601 priced"),
    ("Status", "is Q5102 still active, was Q5102 valid on 2017-06-15"),
    ("One field", "BETOS for S9353"),
    ("Meanings", "what does coverage code D mean"),
    ("Words", "home infusion insulin pump"),
    ("A family or range", "S935*, S9325-S9328"),
    ("Comparison", "compare S9328 and S9353"),
    ("Changes", "what changed this quarter"),
    ("History", "history of G9890"),
    ("Billing units", "how many units is 100 mg of J1745"),
    ("Contacts", "who do I contact about HCPCS"),
)
"""What can be asked, with one example each; the tests ask every example."""


ABOUT: Final = (
    "Answers state CMS's published record. They are not coverage determinations.",
    "Please leave out patient names and data. What you type is not logged.",
)


def answer_help(context: AnswerContext) -> Draft:
    """The kinds of questions that can be asked."""
    return Draft(
        headline="I answer questions about HCPCS Level II codes from CMS's own records.",
        evidence=tuple(Evidence(kind=EvidenceKind.EXAMPLE, text=example, label=name) for name, example in EXAMPLES),
        notices=(
            *starter_notice(context),
            *(Notice(kind=NoticeKind.PRODUCT, text=text) for text in ABOUT),
        ),
    )
