"""The runs of an app's functions as steps of workflows: what went in, what came out, and whether it is over."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from slack_peer.app_manifest import AppFunction, FunctionParameter

DATE: Final = "slack#/types/date"
_ISO_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class ExecutionState(StrEnum):
    """Where a run is. Only a running one can be completed."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True)
class FunctionExecution:
    """A run of ``function`` with ``inputs``. ``token`` is the token that the app gets for this run.

    ``outputs`` are there once it is completed, ``error`` once it failed.
    """

    id: str
    function: AppFunction
    inputs: Mapping[str, Any]
    token: str
    workflow: str
    state: ExecutionState = ExecutionState.RUNNING
    outputs: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def new_execution(function: AppFunction, inputs: Mapping[str, Any]) -> FunctionExecution:
    """A run that has just begun."""
    return FunctionExecution(
        id=f"Fx{secrets.token_hex(5).upper()}",
        function=function,
        inputs=dict(inputs),
        token=f"xwfp-{secrets.token_hex(16)}",
        workflow=f"Wx{secrets.token_hex(5).upper()}",
    )


def value_problems(parameters: tuple[FunctionParameter, ...], values: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the values of inputs or outputs: one missing, of another type, or not declared."""
    declared = {one.name: one for one in parameters}
    for name, one in declared.items():
        value = values.get(name)
        if value is None:
            if one.required:
                yield f"missing required parameter: {name}"
        elif not isinstance(value, str) or (one.type == DATE and not _ISO_DATE.fullmatch(value)):
            yield f"{name} is not of the type {one.type}"
    for name in values:
        if name not in declared:
            yield f"unexpected parameter: {name}"
