"""The App Home: what can be asked, a search box, the team's latest codes, the release, privacy, contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.companions.edition import Edition
from hcpcs.companions.edition_kinds import has_newer
from hcpcs.records.contacts import ALL_CONTACTS
from hcpcs.records.fields import long_date
from hcpcs.records.record import Release
from hcpcs_bot.slack.blockkit.blocks import Block, actions, divider, header, line, note, plain, rich, section, words
from hcpcs_bot.slack.cards.explanations.contact import contact_lines
from hcpcs_bot.slack.cards.explanations.help import ELSEWHERE, command_lines
from hcpcs_bot.slack.cards.parts.buttons import ActionId, ask_button
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.slack.cards.views.report_view import TITLE as REPORT_TITLE
from hcpcs_bot.slack.cards.views.report_view import report_blocks
from hcpcs_bot.slack.ids import BlockId, code_question
from hcpcs_bot.team.report import TeamReport

PRIVACY: Final = (
    "We don't log what you type. We keep only which codes were looked up, to show recent codes here, and for 24 hours "
    "the codes, payer, state and date that a conversation is about; for 31 days, how many questions of each kind were "
    "asked, and which common words were in those that we didn't understand: never who asked or in what words. Notes of "
    "your team stay until they are deleted. Please leave out patient names and data all the same. No language model is "
    "used: each answer is derived by fixed rules from CMS's records."
)


def age(release: Release, today: date) -> str:
    """The age of a release, and what to do about an old one."""
    days = (today - release.effective).days
    if days < 0:
        return f"takes effect in {-days} days"
    old = f"in effect for {days} days" if days != 1 else "in effect for 1 day"
    if not release.is_outdated(today):
        return old
    return f"{old}; CMS publishes quarterly, so ask your administrator to update"


def release_lines(release: Release, today: date) -> list[Block]:
    """The release in use: its name, age, size and digest."""
    lines = [
        f"{release.label}, effective {long_date(release.effective)} ({age(release, today)})",
        f"{release.procedures:,} codes, {release.modifiers:,} modifiers; {release.terminated:,} terminated",
        f"Digest {release.short_digest}",
    ]
    blocks: list[Block] = [section("*Release in use*"), note("\n".join(lines))]
    return [*blocks, note(FULL_SET_NOTICE.text)] if release.starter else blocks


def edition_lines(editions: Sequence[Edition], today: date) -> list[Block]:
    """The newest edition of each companion file with its age, and when the next one is due; none if none is loaded."""
    newest = {edition.kind: edition for edition in editions}
    if not newest:
        return []
    lines = [f"{edition.label}{_edition_age(edition, today)}" for edition in newest.values()]
    return [section("*Companion files*"), note("\n".join(lines))]


def _edition_age(edition: Edition, today: date) -> str:
    """`` (31 days old; the next is due on April 1, 2026)``; blank for an edition without a date."""
    if edition.from_day is None:
        return ""
    days = (today - edition.from_day).days
    age_text = f"{days} days old" if days >= 0 else f"takes effect in {-days} days"
    due = edition.next_due
    if due is None:
        return f" ({age_text}{'; CMS renews it every week' if has_newer(edition, today) else ''})"
    is_due = "was" if edition.is_outdated(today) else "is"
    return f" ({age_text}; the next {is_due} due on {long_date(due)})"


def home_view(
    release: Release,
    recent: Sequence[str],
    today: date,
    editions: Sequence[Edition] = (),
    report: TeamReport | None = None,
) -> dict[str, Any]:
    """The App Home view with the team's ``recent`` codes, and the ``report`` for an administrator."""
    target = CardTarget(CardPlace.VIEW, today)
    search: Block = {
        "type": "input",
        "block_id": BlockId.SEARCH,
        "dispatch_action": True,
        "label": plain("Look up a code, or search by description"),
        "element": {
            "type": "plain_text_input",
            "action_id": ActionId.SEARCH,
            "placeholder": plain("S9353 · is S9353 payable by Medicare? · home infusion insulin pump", 150),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
            "max_length": 500,
        },
    }
    blocks: list[Block] = [
        header("HCPCS answers where you work"),
        rich(line(words("Every answer comes from CMS's records and cites the field and release."))),
        search,
    ]
    buttons = [
        ask_button(code, code_question(code), target, f"recent-{code}", f"Open the card of {code}") for code in recent
    ]
    if buttons:
        blocks.append(section("*Recently looked up by your team*"))
        blocks.append(actions("recent", [element for element in buttons if element is not None]))
    if report is not None:
        blocks += [divider(), section(f"*{REPORT_TITLE}* (only administrators see this)"), *report_blocks(report)]
    blocks += [divider(), section("*What I can do*"), command_lines(), note(ELSEWHERE), divider()]
    blocks += release_lines(release, today)
    blocks += edition_lines(editions, today)
    blocks += [divider(), section("*Privacy*"), note(PRIVACY)]
    blocks += [divider(), section("*Contacts*"), contact_lines(ALL_CONTACTS)]
    return {"type": "home", "blocks": blocks}
