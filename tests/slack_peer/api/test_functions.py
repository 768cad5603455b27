"""The stand-in runs steps of workflows as Slack documents it, for any app."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail
from tests.slack_peer.bolt_apps import bolt, client_of, refusal, serve

from slack_peer.app_manifest import AppManifest
from slack_peer.errors import NoResponseError
from slack_peer.function_executions import ExecutionState, new_execution
from slack_peer.peer import SlackPeer, connect_app

FORM: dict[str, Any] = {
    "features": {"bot_user": {"display_name": "reverse"}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
    "functions": {
        "reverse": {
            "title": "Reverse a text",
            "description": "Backwards",
            "input_parameters": {"text": {"type": "string", "is_required": True}},
            "output_parameters": {"reversed": {"type": "string", "is_required": True}},
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["function_executed"]},
        "org_deploy_enabled": True,
        "function_runtime": "remote",
    },
}


def peer(**settings: Any) -> SlackPeer:
    return SlackPeer(AppManifest.from_mapping({**FORM, "settings": {**FORM["settings"], **settings}}), timeout=1.0)


async def test_a_bolt_app_completes_a_step_or_fails_it() -> None:
    def make(workspace: SlackPeer) -> Any:
        app = bolt(workspace)

        @app.function("reverse")
        async def reverse(inputs: dict[str, Any], complete: AsyncComplete, fail: AsyncFail) -> None:
            if inputs["text"] == "no":
                await fail("Not this one.")
            else:
                await complete({"reversed": inputs["text"][::-1]})

        return serve(app)

    async with connect_app(peer(), make) as workspace:
        done = await workspace.run_step("Reverse a text", {"text": "abc"})
        failed = await workspace.run_step("reverse", {"text": "no"})
    assert (done.state, done.outputs) == (ExecutionState.COMPLETED, {"reversed": "cba"})
    assert (failed.state, failed.error) == (ExecutionState.FAILED, "Not this one.")
    assert workspace.violations == []


@pytest.mark.parametrize("settings", [{"org_deploy_enabled": False}, {"function_runtime": ""}])
def test_an_app_that_is_not_org_ready_or_doesn_t_run_its_functions_has_no_steps(settings: dict[str, Any]) -> None:
    assert peer(**settings).workspace.app.functions == ()


async def test_a_step_that_the_app_leaves_open_is_noticed() -> None:
    workspace = peer()

    def make(workspace: SlackPeer) -> Any:
        app = bolt(workspace)

        @app.function("reverse")
        async def reverse() -> None:
            """Neither completes nor fails."""

        return serve(app)

    async with connect_app(workspace, make):
        with pytest.raises(NoResponseError):
            await workspace.run_step("reverse", {"text": "abc"})


async def test_wrong_calls_are_refused_as_slack_refuses_them() -> None:
    workspace = peer()
    await workspace.start()
    try:
        execution, other = (new_execution(workspace.function_named("reverse"), {"text": "abc"}) for _ in range(2))
        for one in (execution, other):
            workspace.workspace.put_execution(one)
        client = client_of(workspace)
        ours = {"function_execution_id": execution.id}
        assert (
            await refusal(client.functions_completeSuccess(function_execution_id="Fx0", outputs={}))
            == "function_execution_not_found"
        )
        for outputs in ({}, {"reversed": 7}, {"reversed": "cba", "more": "x"}):
            code = await refusal(client.functions_completeSuccess(**ours, outputs=outputs))
            assert code == "parameter_validation_failed"
        assert await refusal(client.functions_completeError(**ours, error=" ")) == "invalid_arguments"
        assert await refusal(client.functions_completeError(**ours, error="x", token=other.token)) == "access_denied"
        await client.functions_completeSuccess(**ours, outputs={"reversed": "cba"}, token=execution.token)
        again = client.functions_completeError(**ours, error="too late", token=execution.token)
        assert await refusal(again) == "execution_not_in_running_state"
        assert await refusal(client.chat_postMessage(channel="C", text="x", token=execution.token)) == "invalid_auth"
    finally:
        await workspace.stop()
