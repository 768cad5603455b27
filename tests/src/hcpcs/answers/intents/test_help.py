"""What can be asked?"""

from __future__ import annotations

import pytest

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.answers.intents.help import EXAMPLES, REPLIES
from hcpcs.answers.rendering.plain_text import TRY
from hcpcs.questions.parser import SMALL_TALK
from hcpcs.questions.question import Intent
from hcpcs.questions.subject import Subject


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_is_understood(full: Desk, name: str, example: str) -> None:
    for question in example.replace("with modifiers: ", "").replace("several: S9353, S9328", "S9353").split(", "):
        answer = full.ask(question.removeprefix("or "))
        assert answer.intent is not Intent.HELP
        assert answer.outcome is (Outcome.NOT_FOUND if name == "Words" else Outcome.ANSWERED)


def test_help_lists_the_examples_and_what_this_is_not(starter: Desk, full: Desk) -> None:
    answer = full.ask("help")
    assert answer.intent is Intent.HELP
    assert [fact.kind for fact in answer.evidence] == [EvidenceKind.EXAMPLE] * len(EXAMPLES)
    assert "They are not coverage determinations." in answer.text
    assert NoticeKind.FULL_SET in {notice.kind for notice in starter.ask("help").notices}
    assert NoticeKind.FULL_SET not in {notice.kind for notice in answer.notices}


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("thanks that was helpful", "You're welcome."),
        ("gracias", "You're welcome."),
        ("thx that worked", "You're welcome."),
        ("you suck", "Sorry about that."),
        ("no thats not what i asked", "Sorry about that."),
        ("that was not helpful, thanks", "Sorry about that."),
        ("hola", "Hello."),
        ("do you store PHI", "What you type is not logged"),
        ("how accurate is this", "Answers state CMS's published record"),
        ("who do i report a bug to", "Please tell the administrator of this app"),
        ("is it covered by Medicare?", "Name a HCPCS code"),
    ],
)
def test_what_asks_for_nothing_gets_one_line_and_one_of_examples_unless_it_is_a_thank_you(
    full: Desk, said: str, reply: str
) -> None:
    answer = full.ask(said)
    assert answer.text.startswith(reply)
    examples = [] if reply in {"You're welcome.", "Goodbye."} else [TRY]
    assert answer.text.splitlines()[1:] == examples
    assert answer.subject is Subject.SMALL_TALK


def test_the_welcome_to_medicare_visit_is_no_greeting(full: Desk) -> None:
    assert full.ask("welcome").headline.startswith("Hello.")
    assert full.ask("welcome to medicare").intent is Intent.SEARCH


def test_every_sort_of_small_talk_has_a_reply() -> None:
    assert REPLIES.keys() == {*SMALL_TALK, None}


NOT_FOR_US = ["can you fax this", "how do i log in", "my dog ate my claim", "my computer crashed", "im so tired"]


@pytest.mark.parametrize(
    "said", ["weather today", "tell me a joke", "asdfgh jkl;;", "hours for the office pharmacy", *NOT_FOR_US]
)
def test_what_is_not_about_codes_is_never_searched_for(full: Desk, said: str) -> None:
    answer = full.ask(said)
    assert answer.outcome is Outcome.NOT_UNDERSTOOD
    assert answer.text == f"{answer.headline}\n{TRY}"
