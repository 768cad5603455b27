"""The contacts for questions about HCPCS codes."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.records.contacts import Contact, ContactKind
from hcpcs_bot.slack.blockkit.blocks import Block, Element, header, line, link, note, rich, words
from hcpcs_bot.slack.cards.parts.frame import HEADLINE_AS_HEADER, Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.titles import record_title

RECORDS_NAMED: Final = 3
"""Maximum codes named below the contacts."""


def _address(contact: Contact) -> Element:
    """A contact's address as a link. Addresses are from our own table, never a user's."""
    match contact.kind:
        case ContactKind.EMAIL:
            target = f"mailto:{contact.address}"
        case ContactKind.PHONE:
            target = "tel:+1" + "".join(c for c in contact.address if c.isdigit())
        case ContactKind.WEB:
            target = contact.address if "://" in contact.address else f"https://{contact.address}"
    return link(target, contact.address)


def contact_lines(contacts: tuple[Contact, ...]) -> Block:
    """The contacts, one per line: name, address, purpose."""
    return rich(
        *(
            line(
                words(f"{contact.name}: ", bold=True),
                _address(contact),
                words(f"\n{contact.purpose[:1].upper()}{contact.purpose[1:]}"),
            )
            for contact in contacts
        )
    )


def draw_contact(answer: Answer, target: CardTarget) -> Card:
    """The contacts of ``answer``, and the codes they were asked about."""
    body: list[Block] = [header("Contacts for HCPCS questions")]
    body += (
        headline(answer.headline) if len(answer.headline) > HEADLINE_AS_HEADER else [rich(line(words(answer.headline)))]
    )
    body.append(contact_lines(answer.contacts))
    if answer.records:
        body.append(note(" · ".join(map(record_title, answer.records[:RECORDS_NAMED]))))
    return frame(answer.model_copy(update={"contacts": ()}), target, body)
