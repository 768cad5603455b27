"""From a question to a drawn card: how every listener asks the desk, and remembers which codes were asked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hcpcs.answers import Answer
from hcpcs.questions import Intent
from hcpcs_bot.slack.call import Call, Gist
from hcpcs_bot.slack.cards import Card, Place, Stage, draw, draw_decode
from hcpcs_bot.slack.face import Face
from hcpcs_bot.slack.ids import State, Way
from hcpcs_bot.slack.ports import AnsweringDesk
from hcpcs_bot.slack.prepared import Prepared

QUESTION_LIMIT = 20_000
"""Characters of a question that are read; the desk itself bounds what it does with them."""
_REMEMBERED = frozenset({Intent.CARD, Intent.COVERAGE, Intent.PRICING, Intent.STATUS, Intent.FIELD})


def ask(face: Face, call: Call, text: str, *, hint: str = "", place: Place = Place.PRIVATE) -> Card:
    """The card of a question as a person put it."""
    answer = call.desk.ask(text[:QUESTION_LIMIT], today=call.today)
    note(face, call, Gist.of(answer))
    return draw(answer, Stage(place, call.today, hint=hint))


def drawn(desk: AnsweringDesk, today: date, question: str) -> Prepared:
    """The finished private answer to a question: in ASCII, which takes the least room and is sent the quickest."""
    answer = desk.ask(question, today=today)
    card = draw(answer, Stage(Place.PRIVATE, today))
    return Prepared(json.dumps(private(card), separators=(",", ":")), Gist.of(answer))


def ask_again(call: Call, state: State, place: Place, shared_by: str = "") -> Card:
    """The card that a control's state stands for, as of the day on which it was first given."""
    answer = answer_of(call, state)
    stage = Stage(place, state.today, shared_by, way=state.way)
    return draw_decode(answer, stage) if state.way is Way.DECODE else draw(answer, stage)


def answer_of(call: Call, state: State) -> Answer:
    """The answer that a control's state stands for."""
    if state.way is Way.DECODE:
        answer = call.desk.decode(state.question, today=state.today)
    else:
        answer = call.desk.ask(state.question, today=state.today, offset=state.offset)
    call.gist = Gist.of(answer)
    return answer


def note(face: Face, call: Call, gist: Gist) -> None:
    """Keeps an answer's gist for the log, and its existing codes for the team's Home."""
    call.gist = gist
    if gist.records and gist.intent in _REMEMBERED:
        face.recent.add(call.team, gist.records)


def private(card: Card) -> dict[str, Any]:
    """A card as a message that only the asker sees."""
    return {"response_type": "ephemeral", "replace_original": False, "text": card.text, "blocks": card.blocks}
