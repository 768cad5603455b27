"""What a person can do in Slack, and what Slack does not let them do."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from tests.slack_peer.bolt_apps import ECHO, MODAL, bolt, serve

from slack_peer.delivery.in_process import Application
from slack_peer.errors import NoResponseError, NotPossibleError
from slack_peer.feed import Feed
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import BILLING, YOU, View, Workspace


async def test_modals_are_stacked_updated_refused_and_closed() -> None:
    field = {
        "type": "input",
        "block_id": "name",
        "label": {"type": "plain_text", "text": "Name"},
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }
    form = {**MODAL, "callback_id": "form", "submit": {"type": "plain_text", "text": "Send"}, "blocks": [field]}
    closed: list[str] = []

    def make(peer: SlackPeer) -> Application:
        app = bolt(peer)

        @app.shortcut("open_form")
        async def shortcut(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view={**form, "notify_on_close": True})

        @app.view("form")
        async def form_sent(ack: Any, view: dict[str, Any]) -> None:
            typed = view["state"]["values"]["name"]["typed"]["value"]
            if typed == "no":
                await ack(response_action="errors", errors={"name": "Another name."})
            elif typed == "push":
                await ack(response_action="push", view=MODAL)
            else:
                await ack()

        @app.view_closed("form")
        async def form_closed(ack: Any, view: dict[str, Any]) -> None:
            closed.append(view["id"])
            await ack()

        return serve(app)

    async with connect_app(SlackPeer(ECHO), make) as peer:
        modal = await peer.shortcut("Open a form")
        assert isinstance(modal, View)
        with pytest.raises(NotPossibleError, match="required"):
            await peer.submit({}, modal)
        with pytest.raises(NotPossibleError, match="Another name"):
            await peer.submit({"name": {"typed": "no"}}, modal)
        above = await peer.submit({"name": {"typed": "push"}}, modal)
        assert isinstance(above, View)
        assert (above.previous, above.root) == (modal.id, modal.id)
        await peer.actions.close(YOU, above)
        assert peer.workspace.modals[YOU] == [modal]
        assert await peer.actions.submit(YOU, modal, {"name": {"typed": "yes"}}) == {}
        assert peer.workspace.modals[YOU] == []

        again = await peer.shortcut("Open a form")
        assert isinstance(again, View)
        await peer.actions.close(YOU, again)
        assert closed == [again.id]


@pytest.mark.slow
async def test_what_slack_does_not_let_a_person_do(echo: SlackPeer) -> None:
    with pytest.raises(NotPossibleError, match="not a valid command"):
        await echo.slash("/weather")
    with pytest.raises(NotPossibleError, match="not supported in threads"):
        await echo.actions.command(YOU, BILLING, "/echo hello", thread="1.2")
    with pytest.raises(NotPossibleError, match="no app"):
        await echo.slash("/echo hello")
    with pytest.raises(NoResponseError):
        await echo.next()


def test_stamps_only_rise() -> None:
    space = Workspace(Feed(), ECHO, clock=lambda: 1_700_000_000.0)
    stamps = [space.stamp() for _ in range(100)]
    assert stamps == sorted(set(stamps))
