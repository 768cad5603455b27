"""What the workflow step "Look up an HCPCS code" hands on to the next steps of a workflow.

Every output is a text that is never blank: Slack refuses a step without an output that the manifest declares, and a
blank would leave a gap in the message that a workflow sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from hcpcs.answers.answer import Answer, Outcome, RecordView
from hcpcs.records.record import Status
from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.verdict import hit_verdict, verdict_label

OUTPUT_TEXT: Final = 3_000
"""Maximum characters of an output: what the text of one section of a message can have."""
NO_VERDICT: Final = "Unknown"
ON_THE_CODE: Final = "Depends on the code that it is added to"
"""The verdict on a modifier, which has none of its own."""
ACTIVE: Final = "Active"
_WITHOUT_RECORD: Final = {
    Outcome.NOT_FOUND: ("Not in the HCPCS code set", "Not found"),
    Outcome.NOT_HCPCS: ("Not a HCPCS Level II code", "Not HCPCS"),
}
"""Description and status where the answer is about no record."""
_SEVERAL: Final = ("See the text", "See the text")
"""The same where the answer is about something else: a list, a term, a contact."""


def step_outputs(answer: Answer) -> dict[str, str]:
    """The outputs by their names in the manifest; with several records each value is after its code."""
    description, status = _WITHOUT_RECORD.get(answer.outcome, _SEVERAL)
    outputs = {"description": description, "verdict": NO_VERDICT, "status": status, "text": answer.text}
    if answer.records:
        outputs |= {
            "description": _each(answer, lambda record: record.value("long_description")),
            "verdict": _each(answer, lambda record: verdict_label(record) or ON_THE_CODE),
            "status": _each(answer, _status),
        }
    elif answer.hits:
        verdicts = {one.code: one for one in answer.hit_verdicts}
        outputs |= {
            "description": _lines((hit.code, hit.long_description) for hit in answer.hits),
            "verdict": _lines(
                (hit.code, hit_verdict(hit, verdicts.get(hit.code)) or ON_THE_CODE) for hit in answer.hits
            ),
            "status": _lines((hit.code, _status_of_hit(hit)) for hit in answer.hits),
        }
    return {name: clip(text, OUTPUT_TEXT) for name, text in outputs.items()}


def _each(answer: Answer, state: Callable[[RecordView], str]) -> str:
    """What each record states: the value alone for one record, a line for each of several."""
    if len(answer.records) == 1:
        return state(answer.records[0])
    return _lines((record.code, state(record)) for record in answer.records)


def _lines(values: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{code}: {value}" for code, value in values)


def _status(record: RecordView) -> str:
    return ACTIVE if record.status is Status.ACTUAL else record.status.value


def _status_of_hit(hit: Hit) -> str:
    if hit.active:
        return ACTIVE
    return (Status.NOT_YET if hit.ended is None else Status.TERMINATED).value
