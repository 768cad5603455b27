"""The card of one code: verdict, description, fields in groups; and its NOC checklist or possible replacements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, FieldGroup, FieldType, FieldValue
from hcpcs.records.record import STATUS_WORDS, RecordKind, Status
from hcpcs_bot.slack.blockkit.blocks import HEADER_TEXT, Block, Element, button, fields, header, line, note, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.buttons import ActionId, ask_button, code_controls, question_for
from hcpcs_bot.slack.cards.parts.frame import Card, frame, short
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.verdict import verdict_label, verdict_sign
from hcpcs_bot.slack.cards.records.noc import checklist
from hcpcs_bot.slack.ids import ButtonState, code_question

DESCRIPTION_SHOWN: Final = 900
MEANING_SHOWN: Final = 160
SUGGESTIONS_SHOWN: Final = 5
_SHOWN_BY_THE_CARD: Final = frozenset({EvidenceKind.DESCRIPTION, EvidenceKind.NOC})
"""Facts that a card of one code shows in its own blocks: its description and its NOC checklist."""

_SHOWN_ABOVE: Final = frozenset({"code", "kind", "long_description", "short_description"})
_LAST: Final = frozenset({"last_update"})
_DATED: Final = frozenset(spec.name for spec in FIELDS if spec.type is FieldType.DATE)
_GROUPS: Final = {
    group: tuple(spec.name for spec in FIELDS if spec.group is group and spec.name not in _SHOWN_ABOVE)
    for group in FieldGroup
}


def title(record: RecordView, facts: Sequence[Evidence]) -> tuple[str, Sequence[Evidence]]:
    """The large line, and the facts that it leaves out.

    The large line is the verdict in a sentence, ``⛔ No. S9353 is not payable by Medicare.``, and for a modifier in
    use its name, ``Modifier RR: Rental (dme)``.
    """
    label = verdict_label(record)
    verdict = next((fact for fact in facts if fact.kind is EvidenceKind.VERDICT), None)
    if label and verdict is not None:
        sentence = f"{verdict_sign(record)} {verdict.text}"
        if len(sentence) <= HEADER_TEXT:
            return sentence, [fact for fact in facts if fact is not verdict]
    name = f"Modifier {record.code}" if record.kind is RecordKind.MODIFIER else record.code
    return f"{verdict_sign(record)} {name}: {label or record.value('short_description')}".strip(), facts


def draw_card(answer: Answer, target: CardTarget) -> Card:
    """The whole card of the one record of ``answer``."""
    record = answer.records[0]
    large, facts = title(record, facts_about(answer))
    body: list[Block] = [header(large)]
    body += fact_lines(facts)
    body += description(record)
    if record.not_otherwise_classified:
        body += checklist()
    body += field_groups(record)
    controls = code_controls(record, target)
    controls[1:1] = in_full(record, target)
    body += suggested(answer, target)
    return frame(answer, target, body, controls)


def facts_about(answer: Answer) -> list[Evidence]:
    """The evidence that the card itself does not show elsewhere."""
    return [fact for fact in answer.evidence if fact.kind not in _SHOWN_BY_THE_CARD]


def fact_lines(facts: Iterable[Evidence]) -> list[Block]:
    """Facts, one per line, without their labels: a card of one code says what they are about."""
    texts = [fact.text for fact in facts]
    return [rich(*(line(words(text)) for text in texts))] if texts else []


def description(record: RecordView) -> list[Block]:
    """The long description, cut if it is very long, and the short description."""
    runs = [line(words(clip(record.value("long_description"), DESCRIPTION_SHOWN)))]
    brief = record.value("short_description")
    if brief and brief != record.value("long_description"):
        runs.append(line(words("Short description: "), words(brief, italic=True)))
    return [rich(*runs)]


def in_full(record: RecordView, target: CardTarget) -> list[Element]:
    """The button that shows a description that the card has cut."""
    if len(record.value("long_description")) <= DESCRIPTION_SHOWN:
        return []
    value = ButtonState(question_for(record.code, record.source, target), target.today).pack()
    return [] if value is None else [button("Full description", ActionId.DESCRIPTION.at(record.code), value)]


def stated_value(field: FieldValue) -> str:
    """What the record states in a field, as people write it: a date in words, and ``Active`` for ``Actual``."""
    if field.name == "status":
        return STATUS_WORDS[Status(field.value)].capitalize() if field.value else ""
    return field.meaning if field.name in _DATED and field.meaning else field.value or ""


def field_text(field: FieldValue) -> str:
    """One field for a two-column section: label above, value and meaning below; a date as people write it."""
    value, meaning = stated_value(field), field.meaning
    meant = f" · {short(meaning, MEANING_SHOWN)}" if meaning and field.name not in _DATED else ""
    shown = short(value, MEANING_SHOWN) + meant
    return f"*{escape(field.label)}*\n{shown}"


def uninformative_names(stated: Mapping[str, str]) -> frozenset[str]:
    """The names of the fields whose values are not informative, such as zero anesthesia units."""
    names = {name for name, value in stated.items() if name in _LAST or value in FIELD_BY_NAME[name].uninformative}
    return frozenset(names | {"action_effective_date"} if "action_code" in names else names)


def field_groups(record: RecordView) -> Iterable[Block]:
    """The filled fields, one section per group under the group's name; then the uninformative ones in one line."""
    stated = {field.name: field for field in record.fields if field.value is not None}
    last = uninformative_names({name: field.value or "" for name, field in stated.items()})
    for group, names in _GROUPS.items():
        filled = [stated[name] for name in names if name in stated and name not in last]
        if filled:
            yield note(group.value.upper())
            yield from fields([field_text(field) for field in filled])
    uninformative = [f"{field.label} {stated_value(field)}" for name, field in stated.items() if name in last]
    if uninformative:
        yield note(f"Also in the record: {' · '.join(uninformative)}")


def suggested(answer: Answer, target: CardTarget) -> list[Block]:
    """Possible replacements of a terminated code, each with a button; suggestions only."""
    record = answer.records[0]
    if record.status is not Status.TERMINATED or not answer.suggestions or not target.controls:
        return []
    buttons = [
        ask_button(code, code_question(code), target, f"successor-{code}", f"Open the card of {code}")
        for code in answer.suggestions[:SUGGESTIONS_SHOWN]
    ]
    row: Block = {
        "type": "actions",
        "block_id": "successors",
        "elements": [element for element in buttons if element is not None],
    }
    return [note("Possible replacements (suggestions only; compare the descriptions before using one):"), row]
