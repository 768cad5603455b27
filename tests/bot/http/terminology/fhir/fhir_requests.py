"""Requests of a FHIR client, and what their answers say. ``fhir.resources`` checks every answer."""

from __future__ import annotations

from typing import Any

import httpx2 as httpx
from fhir.resources.R4B import get_fhir_model_class

BASE = "/fhir/R4"
FHIR_JSON = "application/fhir+json"


def valid(response: httpx.Response, status: int = 200) -> Any:
    """The resource of a response, checked."""
    assert (response.status_code, response.headers["content-type"]) == (status, FHIR_JSON), response.text
    assert response.headers["access-control-allow-origin"] == "*"
    resource = response.json()
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return resource


async def get(client: httpx.AsyncClient, path: str, status: int = 200, /, **parameters: str) -> Any:
    return valid(await client.get(f"{BASE}/{path}", params=parameters), status)


async def post(client: httpx.AsyncClient, path: str, *parameters: dict[str, Any], status: int = 200) -> Any:
    body = {"resourceType": "Parameters", "parameter": parameters}
    return valid(await client.post(f"{BASE}/{path}", json=body, headers={"content-type": FHIR_JSON}), status)


def values(parameters: Any) -> dict[str, Any]:
    """The single values of a ``Parameters`` by name."""
    return {
        one["name"]: next(value for key, value in one.items() if key.startswith("value"))
        for one in parameters["parameter"]
        if "part" not in one and "resource" not in one
    }


def properties(parameters: Any) -> dict[str, list[Any]]:
    """The values of the properties of a look-up."""
    read: dict[str, list[Any]] = {}
    for one in parameters["parameter"]:
        if one["name"] == "property":
            code, value = one["part"][0]["valueCode"], one["part"][1]
            read.setdefault(code, []).append(next(value[key] for key in value if key.startswith("value")))
    return read


def codes(value_set: Any) -> list[str]:
    return [one["code"] for one in value_set["expansion"].get("contains", ())]


def text(outcome: Any) -> str:
    assert outcome["resourceType"] == "OperationOutcome"
    said: str = outcome["issue"][0]["diagnostics"]
    return said
