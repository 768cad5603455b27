"""The step for Workflow Builder: what people put into it, what the next step gets, and how it ends when it fails."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tests.bot.slack.conftest import settle
from tests.slack_app import context_for, posted

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from slack_peer.api.faults import BAD_GATEWAY, FATAL_ERROR, Misbehavior
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind, SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.errors import NotPossibleError
from slack_peer.function_executions import ExecutionState, new_execution
from slack_peer.peer import SlackPeer

STEP = "Look up an HCPCS code"
SUCCESS, ERROR = "functions.completeSuccess", "functions.completeError"


async def test_a_code_gives_description_verdict_status_and_text(slack: SlackPeer) -> None:
    execution = await slack.run_step(STEP, {"question": "S9328"})
    assert execution.state is ExecutionState.COMPLETED
    assert set(execution.outputs) == {"description", "verdict", "status", "text"}
    assert execution.outputs["description"].startswith("Home infusion therapy, implanted pump pain management")
    assert execution.outputs["verdict"] == "Not payable by Medicare"
    assert execution.outputs["status"] == "Active"
    assert "No. S9328 is not payable by Medicare." in execution.outputs["text"]
    assert posted(slack) == []


async def test_a_question_is_answered_on_the_day_that_the_step_names(slack: SlackPeer) -> None:
    execution = await slack.run_step(STEP, {"question": "is S9328 still valid?", "day": "1999-01-01"})
    assert execution.outputs["status"] == "Not yet in effect"
    assert "January 1, 1999" in execution.outputs["text"]


async def test_a_day_in_the_question_counts_before_that_of_the_step(slack: SlackPeer) -> None:
    execution = await slack.run_step(STEP, {"question": "was S9328 valid on 1999-01-01?", "day": "2025-01-01"})
    assert execution.outputs["status"] == "Not yet in effect"


async def test_several_codes_are_a_line_each(slack: SlackPeer) -> None:
    outputs = (await slack.run_step(STEP, {"question": "S9328 and S9353"})).outputs
    assert outputs["verdict"] == "S9328: Not payable by Medicare\nS9353: Not payable by Medicare"
    assert outputs["status"] == "S9328: Active\nS9353: Active"


async def test_a_search_lists_what_it_found(slack: SlackPeer) -> None:
    outputs = (await slack.run_step(STEP, {"question": "home infusion insulin"})).outputs
    assert outputs["description"].startswith("S9353: Home infusion therapy, continuous insulin")
    assert outputs["verdict"].startswith("S9353: ⛔ No: not payable")
    assert outputs["status"].startswith("S9353: Active")


@pytest.mark.parametrize(
    ("question", "status"), [("99213", "Not HCPCS"), ("Q9999", "Not found"), ("what is BETOS", "See the text")]
)
async def test_what_has_no_record_has_no_blank_output(slack: SlackPeer, question: str, status: str) -> None:
    outputs = (await slack.run_step(STEP, {"question": question})).outputs
    assert all(outputs.values())
    assert (outputs["verdict"], outputs["status"]) == ("Unknown", status)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (" ", "The step “Look up an HCPCS code” got no code or question. Fill in its input, then try again."),
        ("thanks!", "didn't find a code or a question in its input"),
    ],
)
async def test_what_can_t_be_answered_fails_in_one_line_for_a_person(
    slack: SlackPeer, question: str, error: str
) -> None:
    execution = await slack.run_step(STEP, {"question": question})
    assert execution.state is ExecutionState.FAILED
    assert error in execution.error
    assert "\n" not in execution.error


async def test_inputs_that_the_manifest_doesn_t_declare_are_not_offered(slack: SlackPeer) -> None:
    for inputs in ({}, {"question": "S9328", "day": "tomorrow"}, {"question": "S9328", "payer": "Aetna"}):
        with pytest.raises(NotPossibleError):
            await slack.run_step(STEP, inputs)
    with pytest.raises(NotPossibleError, match="there is no step 'Count units'"):
        await slack.run_step("Count units", {})


@pytest.mark.parametrize("inputs", [None, {"question": 7}, {"question": "S9328", "day": "the day before"}])
async def test_inputs_of_another_form_fail_and_do_not_hang(
    slack: SlackPeer, context: SlackContext, inputs: dict[str, Any] | None
) -> None:
    execution = new_execution(slack.function_named(STEP), inputs or {})
    slack.workspace.put_execution(execution)
    event = {**payloads.function_executed(execution, "1.0"), "inputs": inputs}
    await slack.dispatcher.deliver_event(event)
    await settle(context)
    assert slack.workspace.executions[execution.id].state is ExecutionState.FAILED


async def test_an_event_that_slack_repeats_ends_the_step_once(slack: SlackPeer, context: SlackContext) -> None:
    execution = new_execution(slack.function_named(STEP), {"question": "S9328"})
    slack.workspace.put_execution(execution)
    payload = payloads.event(payloads.function_executed(execution, "1.0"), time.time())
    for retry in range(4):
        reply = await slack.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload, retry, "http_timeout"))
        assert (reply.status, reply.body) == (200, b"")
    await settle(context)
    assert slack.workspace.executions[execution.id].state is ExecutionState.COMPLETED
    assert len(slack.calls(SUCCESS)) == 1


async def test_a_step_is_ended_before_its_event_is_acknowledged(slack: SlackPeer) -> None:
    """A process that dies in between leaves an event that Slack delivers again."""
    slack.routes.delay = 0.1
    execution = new_execution(slack.function_named(STEP), {"question": "S9328"})
    slack.workspace.put_execution(execution)
    await slack.dispatcher.deliver_event(payloads.function_executed(execution, "1.0"))
    assert slack.workspace.executions[execution.id].state is ExecutionState.COMPLETED


async def test_an_event_that_comes_to_two_replicas_ends_the_step_once(workspace: SlackPeer) -> None:
    execution = new_execution(workspace.function_named(STEP), {"question": "S9328"})
    workspace.workspace.put_execution(execution)
    payload = payloads.event(payloads.function_executed(execution, "1.0"), time.time())
    for _ in range(2):
        replica = context_for(workspace)
        async with InProcess(asgi_app(replica)) as application:
            workspace.connect(SignedConnection(application, workspace.signing_secret))
            assert (await workspace.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload))).acknowledged
            await settle(replica)
    assert workspace.workspace.executions[execution.id].state is ExecutionState.COMPLETED
    assert (len(workspace.calls(SUCCESS)), len(workspace.calls(ERROR))) == (2, 0)


@pytest.mark.slow
async def test_a_slow_slack_does_not_delay_the_acknowledgement_beyond_its_limit(failing: SlackPeer) -> None:
    failing.routes.delay = 2.5
    execution = new_execution(failing.function_named(STEP), {"question": "S9328"})
    failing.workspace.put_execution(execution)
    payload = payloads.event(payloads.function_executed(execution, "1.0"), time.time())
    assert (await failing.dispatcher.deliver(AppDelivery(DeliveryKind.EVENT, payload))).acknowledged
    assert failing.workspace.executions[execution.id].state is ExecutionState.RUNNING


@pytest.fixture
async def failing(workspace: SlackPeer, context: SlackContext) -> AsyncIterator[SlackPeer]:
    """The workspace with the app connected; here Slack may refuse, as the tests plan."""
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield workspace


@pytest.mark.parametrize("failure", [BAD_GATEWAY, FATAL_ERROR, replace(BAD_GATEWAY, carried_out=True)])
async def test_a_completion_that_slack_didn_t_confirm_is_tried_again(
    failing: SlackPeer, context: SlackContext, failure: Misbehavior
) -> None:
    failing.faults.plan(SUCCESS, failure, times=1)
    execution = await failing.run_step(STEP, {"question": "S9328"})
    await settle(context)
    assert execution.state is ExecutionState.COMPLETED
    assert (len(failing.calls(SUCCESS)), len(failing.calls(ERROR))) == (2, 0)


async def test_outputs_that_slack_refuses_end_the_step_with_an_error(failing: SlackPeer) -> None:
    failing.faults.plan(SUCCESS, Misbehavior(error="parameter_validation_failed"))
    execution = await failing.run_step(STEP, {"question": "S9328"})
    assert execution.state is ExecutionState.FAILED
    assert execution.error.startswith("Slack didn't take the result")


class BrokenDesk:
    """A desk with a mistake in it."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk

    def ask(self, text: str, **settings: Any) -> Any:
        if text == "S9353":
            return self._desk.ask(text, **settings)
        raise RuntimeError(text)


async def test_a_mistake_in_the_app_fails_the_step_with_an_error_id(workspace: SlackPeer) -> None:
    context = context_for(workspace, BrokenDesk(starter_desk()))
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        execution = await workspace.run_step(STEP, {"question": "S9328"})
    assert "give your administrator this error ID: " in execution.error
    assert "S9328" not in execution.error
