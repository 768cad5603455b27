"""What can be asked?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.notices.refusals import starter_notice
from hcpcs.questions.subject import Subject

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


REPLIES: Final[Mapping[str | None, str]] = MappingProxyType(
    {
        "privacy": "What you type is not logged, and no answer needs it: please leave out patient names and data.",
        "accuracy": "Answers state CMS's published record and cite the release; they are not coverage determinations.",
        "bug": "Please tell the administrator of this app the code and what is wrong. CMS's errors: hcpcs@cms.hhs.gov.",
        "thanks": "You're welcome.",
        "feedback": "Sorry about that. Ask again with a HCPCS code or in other words, or type help.",
        "farewell": "Goodbye.",
        "greeting": "Hello. Ask about a HCPCS code or describe an item, or type help.",
        None: "Name a HCPCS code or describe an item, or type help.",
    }
)
"""The reply to words that ask for nothing, by their tag; to a question without a code or item under ``None``."""


def answer_help(context: AnswerContext) -> Draft:
    """What can be asked, with examples; for words that ask for nothing, one line."""
    if context.question.subject is Subject.SMALL_TALK:
        return Draft(headline=REPLIES[context.question.topic])
    return Draft(
        headline="I answer questions about HCPCS Level II codes from CMS's own records.",
        evidence=tuple(Evidence(kind=EvidenceKind.EXAMPLE, text=example, label=name) for name, example in EXAMPLES),
        notices=(
            *starter_notice(context),
            *(Notice(kind=NoticeKind.PRODUCT, text=text) for text in ABOUT),
        ),
    )
