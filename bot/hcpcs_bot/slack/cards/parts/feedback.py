"""Useful or not useful: the choices on an answer, in its menu or, where Slack takes them, as two small buttons."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.blockkit.blocks import OVERFLOW_OPTIONS, Element, option, overflow
from hcpcs_bot.slack.blockkit.feedback_buttons import FEEDBACK_CHOICES
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget

RATED_PLACES: Final = frozenset({CardPlace.PRIVATE, CardPlace.PUBLIC})
"""Where an answer is a message of its own, on which a person's word is counted once."""
_INTENTS: Final = frozenset(intent.value for intent in Intent)
_OUTCOMES: Final = frozenset(outcome.value for outcome in Outcome)


class AnswerKind(NamedTuple):
    """What is counted of an answer."""

    intent: str
    outcome: str


class FeedbackValue(NamedTuple):
    """What a choice carries: ``useful|coverage|answered``."""

    useful: bool
    kind: AnswerKind

    def pack(self) -> str:
        """The value of the choice."""
        return f"{FEEDBACK_CHOICES[self.useful].value}|{self.kind.intent}|{self.kind.outcome}"

    @classmethod
    def unpack(cls, value: str) -> FeedbackValue | None:
        """The choice that ``pack`` made; ``None`` for any other value."""
        word, _, rest = value.partition("|")
        intent, _, outcome = rest.partition("|")
        useful = {choice.value: useful for useful, choice in FEEDBACK_CHOICES.items()}.get(word)
        if useful is None or intent not in _INTENTS or outcome not in _OUTCOMES:
            return None
        return cls(useful, AnswerKind(intent, outcome))


def with_feedback(row: list[Element], answer: Answer, target: CardTarget, menu_id: str) -> list[Element]:
    """A row of controls whose menu also has the two choices; without a menu it gets one."""
    if target.place not in RATED_PLACES:
        return row
    kind = AnswerKind(answer.intent.value, answer.outcome.value)
    choices = [option(choice.text, FeedbackValue(useful, kind).pack()) for useful, choice in FEEDBACK_CHOICES.items()]
    if row and row[-1]["type"] == "overflow":
        menu = row[-1]
        return [*row[:-1], {**menu, "options": [*menu["options"], *choices][:OVERFLOW_OPTIONS]}]
    return [*row, overflow(menu_id, choices)]
