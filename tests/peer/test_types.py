"""A sample of cards, of every kind, passes Slack's own types under ``tsc --strict``."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import ReadRelease, read_file
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.blockkit.blocks import Block
from hcpcs_bot.slack.blockkit.newer_blocks import NewerBlock, with_newer_blocks
from hcpcs_bot.slack.cards import CardPlace, CardTarget, draw, draw_decode
from hcpcs_bot.slack.cards.lists.note_list import NotePage, draw_notes, note_export
from hcpcs_bot.slack.cards.views.full_record import draw_full_record
from hcpcs_bot.slack.cards.views.home import home_view
from hcpcs_bot.slack.cards.views.lookup_view import lookup_view
from hcpcs_bot.slack.cards.views.note_view import note_view
from hcpcs_bot.slack.cards.views.report_view import draw_report
from hcpcs_bot.team.note import NoteScope, NoteTarget, TeamNote
from hcpcs_bot.team.report import DayCount, TeamReport, UnknownQuestion
from hcpcs_index import memory_index

pytestmark = pytest.mark.peer

HERE = Path(__file__).resolve().parent
TODAY = date(2025, 11, 1)
NOTE = TeamNote(
    number=1,
    target=NoteTarget(scope=NoteScope.CODE, pattern="S9328"),
    text="pays with auth",
    created_by="h",
    author="@robin",
    day=TODAY,
)
ASKED = (
    "S9328",
    "G0556",
    "J3490",
    "E0601-RR-KX",
    "S9353, S9328",
    "is S9353 payable by Medicare?",
    "compare S9328 and S9353",
    "S9325-S9328",
    "home infusion insulin pump",
    "what does coverage code I mean",
    "what changed this quarter",
    "history of S9353",
    "how is E0601 priced",
    "99213",
    "S9999",
    "contact",
    "help",
    "???",
)


def _blocks(desk: Desk) -> list[list[Block]]:
    found = []
    for place in CardPlace:
        stage = CardTarget(place, TODAY)
        answers: list[Answer] = [desk.ask(text, today=TODAY) for text in ASKED]
        found += [draw(answer, stage).blocks for answer in answers]
        found += [with_newer_blocks(draw(answer, stage).blocks, NewerBlock) for answer in answers]
        found.append(draw_decode(desk.decode("S9328 E0601-RR 99213 Z00.00", today=TODAY), stage).blocks)
    return found


def _program(desk: Desk) -> str:
    lines = ['import type { HomeView, KnownBlock, ModalView } from "@slack/types";']
    for number, blocks in enumerate(_blocks(desk)):
        lines.append(f"export const card{number}: KnownBlock[] = {json.dumps(blocks)};")
    card = desk.ask("S9328", today=TODAY)
    home = home_view(desk.catalog.newest, ("S9353", "S9328"), TODAY)
    lines.append(f"export const home: HomeView = {json.dumps(home)};")
    for number, blocks in enumerate((draw_full_record(card), with_newer_blocks(draw_full_record(card), NewerBlock))):
        lines.append(f"export const record{number}: KnownBlock[] = {json.dumps(blocks)};")
    lines.append(f"export const modal: ModalView = {json.dumps(lookup_view())};")
    lines.append(f"export const note: ModalView = {json.dumps(note_view(NOTE))};")
    target = CardTarget(CardPlace.PRIVATE, TODAY, codes=("S9328",), notes=(NOTE,) * 5)
    counted = TeamReport(counts=(DayCount(0, "card", "answered", questions=1),), unknown=(UnknownQuestion("bed", 1),))
    team = [
        draw(card, target).blocks,
        draw_full_record(card, target),
        draw_notes(NotePage((NOTE,) * 20, None, 8, frozenset({1}))).blocks,
        note_export("team,number", 1, 2).blocks,
        draw_report(counted).blocks,
    ]
    lines += [f"export const team{n}: KnownBlock[] = {json.dumps(blocks)};" for n, blocks in enumerate(team)]
    return "\n".join(lines)


def _check(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    source = folder / "cards.ts"
    source.write_text(program)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    compiler = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    options = ("--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck")
    return subprocess.run(
        ["node", str(compiler), *options, str(source)], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("node")
def test_the_cards_of_the_starter_pass(tmp_path: Path) -> None:
    checked = _check(_program(starter_desk()), tmp_path)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.usefixtures("node")
def test_the_cards_of_a_whole_release_pass(tmp_path: Path, shared_data: Path) -> None:
    release = read_file(shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip")
    assert isinstance(release, ReadRelease)
    catalog = Catalog.build([release])
    checked = _check(_program(Desk(catalog, memory_index(catalog))), tmp_path)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.usefixtures("node")
def test_the_check_would_find_a_mistake(tmp_path: Path) -> None:
    checked = _check(
        'import type { KnownBlock } from "@slack/types";\n'
        'export const card: KnownBlock[] = [{ type: "header", text: { type: "mrkdwn", text: "x" } }];',
        tmp_path,
    )

    assert checked.returncode != 0
