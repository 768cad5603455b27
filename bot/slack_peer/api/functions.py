"""The methods ``functions.*``. Source: docs.slack.dev, "Web API methods", each method's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_peer.api.api_context import ApiContext
from slack_peer.api.checks import Arguments
from slack_peer.errors import ApiError
from slack_peer.function_executions import ExecutionState, FunctionExecution, value_problems


def complete_success(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``functions.completeSuccess``."""
    execution = _running(api, arguments)
    outputs = arguments.get("outputs")
    if not isinstance(outputs, Mapping):
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: outputs"])
    wrong = list(value_problems(execution.function.outputs, outputs))
    if wrong:
        raise ApiError("parameter_validation_failed", wrong)
    api.workspace.put_execution(replace(execution, state=ExecutionState.COMPLETED, outputs=dict(outputs)))
    return {}


def complete_error(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``functions.completeError``."""
    execution = _running(api, arguments)
    error = arguments.get("error")
    if not isinstance(error, str) or not error.strip():
        raise ApiError("invalid_arguments", ["[ERROR] missing required field: error"])
    api.workspace.put_execution(replace(execution, state=ExecutionState.FAILED, error=error))
    return {}


def _running(api: ApiContext, arguments: Arguments) -> FunctionExecution:
    """The run that a call names. Raises ``ApiError`` where there is none, or it is over."""
    execution = api.workspace.executions.get(str(arguments.get("function_execution_id", "")))
    if execution is None:
        raise ApiError("function_execution_not_found")
    if execution.state is not ExecutionState.RUNNING:
        raise ApiError("execution_not_in_running_state")
    return execution
