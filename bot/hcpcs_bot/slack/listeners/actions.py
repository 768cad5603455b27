"""Buttons and selects of cards. Each does what its own value says, so that it works after a restart too."""

from __future__ import annotations

from functools import partial

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.blockkit.blocks import Block
from hcpcs_bot.slack.blockkit.message_bodies import replacement
from hcpcs_bot.slack.cards import CardPlace
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.views.full_record import draw_full_record
from hcpcs_bot.slack.context import Handler, SlackContext
from hcpcs_bot.slack.ids import ButtonState, ButtonStateError, code_question
from hcpcs_bot.slack.inbound.claimed_work import share_content
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.listeners.team.ratings import rate_answer
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.answer import ask_again, button_state, button_value, render_again, selected_value
from hcpcs_bot.slack.replies.card_targets import card_target
from hcpcs_bot.slack.replies.notices import TITLE
from hcpcs_bot.slack.replies.rate_limited import rate_limited
from hcpcs_bot.slack.replies.sharing import share_claimed
from hcpcs_bot.slack.replies.views import in_thread, place_of, reading_view, show, show_view


def share(slack: SlackContext) -> Handler:
    """Posts a private answer to the channel, once."""

    async def handle(request: SlackRequest) -> BoltResponse:
        state, button = button_state(request), button_value(request)
        stamp = request.text("container", "message_ts") or request.text("message", "ts")
        name = f"share {request.team} {request.channel} {stamp} {button}"
        claim = await slack.claims.claim(name, share_content(request, button))
        if claim is not None:
            await share_claimed(slack, request, state, claim)
        return acknowledge()

    return handle


def turn_page(slack: SlackContext) -> Handler:
    """Replaces this page of a list by another one."""

    async def handle(request: SlackRequest) -> BoltResponse:
        card = await ask_again(slack, request, button_state(request), place_of(request))
        if request.response_url:
            body = in_thread(request, replacement(*card))
            slack.run_later(request, slack.outbox.respond(request.response_url, body))
        else:
            slack.run_later(request, show_view(slack, request, reading_view(TITLE, card.blocks)))
        return acknowledge()

    return handle


def open_answer(slack: SlackContext) -> Handler:
    """Answers the question in a button, beside the message or on top of the view that the button is in."""

    async def handle(request: SlackRequest) -> BoltResponse:
        state = button_state(request)
        work = await show(slack, request, TITLE, lambda place: ask_again(slack, request, state, place))
        slack.run_later(request, work)
        return acknowledge()

    return handle


def show_more(slack: SlackContext) -> Handler:
    """Shows codes that a card leaves out, in a modal: a card may have more pages than a response_url has uses."""

    async def handle(request: SlackRequest) -> BoltResponse:
        card = await ask_again(slack, request, button_state(request), CardPlace.VIEW)
        slack.run_later(request, show_view(slack, request, reading_view("More codes", card.blocks)))
        return acknowledge()

    return handle


def compare(slack: SlackContext) -> Handler:
    """Compares the card's code with the one selected."""

    async def handle(request: SlackRequest) -> BoltResponse:
        action_id = request.action.get("action_id")
        code = action_id.partition(":")[2] if isinstance(action_id, str) else ""
        other = selected_value(request)
        if not code or not other:
            raise ButtonStateError("Please choose a code to compare with.")
        state = ButtonState(f"compare {code_question(code)} and {code_question(other)}", request.today)
        work = await show(slack, request, "Comparison", lambda place: ask_again(slack, request, state, place))
        slack.run_later(request, work)
        return acknowledge()

    return handle


def show_full_record(slack: SlackContext) -> Handler:
    """Shows every field of a code in a modal."""

    async def handle(request: SlackRequest) -> BoltResponse:
        blocks = await render_again(slack, request, button_state(request), partial(_full_record, request))
        if blocks:
            slack.run_later(request, show_view(slack, request, reading_view("Full record", blocks)))
        return acknowledge()

    return handle


def _full_record(request: SlackRequest, answer: Answer) -> list[Block]:
    """Every field of the first record of an answer; nothing where it has none."""
    if not answer.records:
        return []
    one = answer.model_copy(update={"records": answer.records[:1]})
    return draw_full_record(one, card_target(request, one, CardPlace.VIEW))


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the controls of cards."""
    handlers = {
        ActionId.OPEN: open_answer,
        ActionId.SHARE: share,
        ActionId.PAGE: turn_page,
        ActionId.MORE: show_more,
        ActionId.COMPARE: compare,
        ActionId.FIELDS: show_full_record,
        ActionId.DESCRIPTION: show_full_record,
    }
    for action, handler in handlers.items():
        app.action(action.pattern)(slack.listener(Surface.ACTION, rate_limited(slack, handler(slack))))
    for menu in (ActionId.LINK, ActionId.FEEDBACK):  # Slack opens a link in the menu by itself.
        app.action(menu.pattern)(slack.listener(Surface.ACTION, rate_limited(slack, rate_answer(slack))))
