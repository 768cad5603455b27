"""How each intent is answered: one module per intent, with a pure function from an ``AnswerContext`` to a ``Draft``.

A new intent is a member of ``Intent``, a module here, and its row below; its rules are in
``questions/tables/intent_rules.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.intents.browse import answer_browse
from hcpcs.answers.intents.card import answer_card
from hcpcs.answers.intents.changes import answer_changes
from hcpcs.answers.intents.compare import answer_compare
from hcpcs.answers.intents.contact import answer_contact
from hcpcs.answers.intents.coverage import answer_coverage
from hcpcs.answers.intents.define import answer_define
from hcpcs.answers.intents.field import answer_field
from hcpcs.answers.intents.help import answer_help
from hcpcs.answers.intents.history import answer_history
from hcpcs.answers.intents.pricing import answer_pricing
from hcpcs.answers.intents.referral import answer_referral
from hcpcs.answers.intents.search import answer_search
from hcpcs.answers.intents.status import answer_status
from hcpcs.answers.intents.units import answer_units
from hcpcs.questions.question import Intent

ANSWERERS: Final[Mapping[Intent, Callable[[AnswerContext], Draft]]] = MappingProxyType(
    {
        Intent.CARD: answer_card,
        Intent.COVERAGE: answer_coverage,
        Intent.PRICING: answer_pricing,
        Intent.STATUS: answer_status,
        Intent.FIELD: answer_field,
        Intent.DEFINE: answer_define,
        Intent.CONTACT: answer_contact,
        Intent.COMPARE: answer_compare,
        Intent.BROWSE: answer_browse,
        Intent.SEARCH: answer_search,
        Intent.CHANGES: answer_changes,
        Intent.HISTORY: answer_history,
        Intent.UNITS: answer_units,
        Intent.REFERRAL: answer_referral,
        Intent.HELP: answer_help,
    }
)
