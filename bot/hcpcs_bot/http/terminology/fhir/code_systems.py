"""The resources that describe HCPCS Level II: the code system, and the value set of all of its codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.terminology.fhir.code_system_names import (
    ACCEPTED_SYSTEMS,
    ACCEPTED_VALUE_SETS,
    CODE_SYSTEM_ID,
    NAME,
    OID,
    SYSTEM,
    TITLE,
    VALUE_SET,
    VALUE_SET_ID,
)
from hcpcs_bot.http.terminology.fhir.coded_concepts import PROPERTIES
from hcpcs_bot.http.terminology.fhir.operation_input import OperationInput

Json = dict[str, Any]
PUBLISHER: Final = "Centers for Medicare & Medicaid Services"


def code_system(desk: Desk, _today: date) -> Json:
    """The ``CodeSystem``, without its codes: operations answer for them."""
    newest = desk.catalog.newest
    return {
        "resourceType": "CodeSystem",
        "id": CODE_SYSTEM_ID,
        "url": SYSTEM,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": OID}],
        "version": newest.id,
        "name": NAME,
        "title": TITLE,
        "status": "active",
        "experimental": False,
        "date": newest.effective.isoformat(),
        "publisher": PUBLISHER,
        "description": f"{newest.label}, as CMS published it in {newest.file or 'the package'}.",
        "caseSensitive": True,
        "valueSet": VALUE_SET,
        "compositional": False,
        "versionNeeded": False,
        "content": "not-present",
        "count": len(desk.catalog.codes()),
        "property": [
            {"code": name, "description": one.description, "type": one.type} for name, one in PROPERTIES.items()
        ],
    }


def value_set(desk: Desk, _today: date) -> Json:
    """The ``ValueSet`` of all codes, as it is defined."""
    newest = desk.catalog.newest
    return {
        "resourceType": "ValueSet",
        "id": VALUE_SET_ID,
        "url": VALUE_SET,
        "version": newest.id,
        "name": f"{NAME}Codes",
        "title": f"All codes of {TITLE}",
        "status": "active",
        "experimental": False,
        "date": newest.effective.isoformat(),
        "publisher": PUBLISHER,
        "compose": {"inactive": True, "include": [{"system": SYSTEM}]},
    }


def search_bundle(resource: Json, asked: OperationInput, base: str) -> Json:
    """The ``Bundle`` of a search for a resource: the one, or none where a parameter asks for another."""
    hits = all(match(resource, asked.text(name)) for name, match in _SEARCHED.items() if name in asked)
    address = f"{base}/{resource['resourceType']}/{resource['id']}"
    entry = {"fullUrl": address, "resource": resource, "search": {"mode": "match"}}
    bundle: Json = {"resourceType": "Bundle", "type": "searchset", "total": int(hits)}
    # A page of no entries is asked for by _count=0 and _summary=count.
    if hits and asked.number("_count") != 0 and asked.text("_summary") != "count":
        bundle["entry"] = [entry]
    return bundle


def _is_named(resource: Json, url: str) -> bool:
    accepted = ACCEPTED_SYSTEMS if resource["resourceType"] == "CodeSystem" else ACCEPTED_VALUE_SETS
    return url in accepted


def _begins(name: str) -> Callable[[Json, str], bool]:
    return lambda resource, text: str(resource[name]).casefold().startswith(text.casefold())


_SEARCHED: Final[Mapping[str, Callable[[Json, str], bool]]] = {
    "_id": lambda resource, text: text == resource["id"],
    "url": _is_named,
    "system": _is_named,
    "version": lambda resource, text: text == resource["version"],
    "status": lambda resource, text: text == resource["status"],
    "name": _begins("name"),
    "title": _begins("title"),
}
SEARCH_PARAMETERS: Final = {
    "_id": "token",
    "url": "uri",
    "version": "token",
    "status": "token",
    "name": "string",
    "title": "string",
}
"""The parameters of a search, with their types in FHIR."""
