"""The App Home: what can be asked, a search box, the team's latest codes, the release, privacy, contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import shorten
from typing import Any, Final

from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.companions.edition import Edition
from hcpcs.companions.edition_kinds import has_newer
from hcpcs.records.contacts import ALL_CONTACTS
from hcpcs.records.fields import long_date
from hcpcs.records.record import Release
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    actions,
    context,
    divider,
    header,
    line,
    note,
    plain,
    rich,
    section,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards.explanations.contact import contact_lines
from hcpcs_bot.slack.cards.explanations.help import ELSEWHERE, command_lines
from hcpcs_bot.slack.cards.parts.buttons import ActionId, ask_button
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.slack.cards.views.report_view import TITLE as REPORT_TITLE
from hcpcs_bot.slack.cards.views.report_view import report_blocks
from hcpcs_bot.slack.ids import BlockId, code_question
from hcpcs_bot.slack.ports import HomeFacts
from hcpcs_bot.team.report import TeamReport

FAILURES_SHOWN: Final = 5
"""Maximum failed updates that are listed."""
WATCHES_SHOWN: Final = 10
"""Maximum watches that are listed."""
NOTE_LIMIT: Final = 300
"""Maximum characters of a failure."""
NO_HOME_FACTS: Final = HomeFacts()
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


def update_lines(facts: HomeFacts) -> list[Block]:
    """The updates that failed, and the watches of companion files with their channels; none without any."""
    blocks: list[Block] = []
    if facts.failures:
        failures = [shorten(failure, NOTE_LIMIT, placeholder="...") for failure in facts.failures[:FAILURES_SHOWN]]
        blocks.append(note("\n".join(failures)))
    if facts.watches:
        shown = [f"<#{channel}>: {escape(phrase)}" for channel, phrase in facts.watches[:WATCHES_SHOWN]]
        if len(facts.watches) > WATCHES_SHOWN:
            shown.append(f"and {len(facts.watches) - WATCHES_SHOWN} more")
        blocks += [section("*Watches of companion files* (only administrators see this)"), context("\n".join(shown))]
    return blocks


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
    facts: HomeFacts = NO_HOME_FACTS,
) -> dict[str, Any]:
    """The App Home view: the team's ``recent`` codes, the ``report`` for an administrator, and further ``facts``."""
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
    blocks += [*edition_lines(editions, today), *update_lines(facts)]
    blocks += [divider(), section("*Privacy*"), note(PRIVACY)]
    blocks += [divider(), section("*Contacts*"), contact_lines(ALL_CONTACTS)]
    return {"type": "home", "blocks": blocks}
