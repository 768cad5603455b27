"""What the service offers, as FHIR states it: ``/metadata``, and ``/metadata?mode=terminology``."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.caching.revalidation import VERSION
from hcpcs_bot.http.terminology.fhir.code_system_names import SYSTEM, TITLE
from hcpcs_bot.http.terminology.fhir.code_systems import SEARCH_PARAMETERS
from hcpcs_bot.http.terminology.fhir.coded_concepts import PROPERTIES
from hcpcs_bot.http.terminology.fhir.operation_outcome import FHIR_JSON

Json = dict[str, Any]
OPERATIONS: Final = {"CodeSystem": ("lookup", "validate-code"), "ValueSet": ("expand", "validate-code")}
EXPANSION_PARAMETERS: Final = ("filter", "count", "offset", "activeOnly", "date", "includeDesignations")


def capability_statement(desk: Desk, today: date) -> Json:
    """The ``CapabilityStatement``."""
    return {
        "resourceType": "CapabilityStatement",
        **_described("HCPCSDesk", today),
        "instantiates": ["http://hl7.org/fhir/CapabilityStatement/terminology-server"],
        "implementation": {"description": f"{TITLE}, {desk.catalog.newest.label}"},
        "fhirVersion": "4.0.1",
        "format": [FHIR_JSON, "json"],
        "rest": [{"mode": "server", "resource": [_resource(name) for name in OPERATIONS]}],
    }


def terminology_capabilities(desk: Desk, today: date) -> Json:
    """The ``TerminologyCapabilities``."""
    newest = desk.catalog.newest
    versions = [
        {
            "code": release.id,
            "isDefault": release == newest,
            "compositional": False,
            "language": ["en"],
            "property": list(PROPERTIES),
        }
        for release in desk.catalog.releases
    ]
    return {
        "resourceType": "TerminologyCapabilities",
        **_described("HCPCSDeskTerminology", today),
        "implementation": {"description": f"{TITLE}, {newest.label}"},
        "lockedDate": False,
        "codeSystem": [{"uri": SYSTEM, "version": versions, "subsumption": False}],
        "expansion": {
            "hierarchical": False,
            "paging": True,
            "incomplete": False,
            "parameter": [{"name": name} for name in EXPANSION_PARAMETERS],
            "textFilter": "Every word of the filter begins a word of the code or its descriptions, or is a synonym.",
        },
        "codeSearch": "explicit",
        "validateCode": {"translations": False},
    }


def _described(name: str, today: date) -> Json:
    return {
        "name": name,
        "status": "active",
        "date": today.isoformat(),
        "kind": "instance",
        "software": {"name": "hcpcs-bot", "version": VERSION},
    }


def _resource(name: str) -> Json:
    definition = f"http://hl7.org/fhir/OperationDefinition/{name}-"
    return {
        "type": name,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [{"name": parameter, "type": kind} for parameter, kind in SEARCH_PARAMETERS.items()],
        "operation": [{"name": operation, "definition": definition + operation} for operation in OPERATIONS[name]],
    }
