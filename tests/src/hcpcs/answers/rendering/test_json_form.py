"""The JSON of the contract: its keys and their values."""

from __future__ import annotations

import json

from tests.answer_contract import ANSWER_KEYS
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.json_form import answer_json, record_json, search_json


def test_an_answer_has_the_keys_of_the_contract_in_order(starter: Desk) -> None:
    form = answer_json(starter.ask("is S9353 payable by Medicare?"))
    assert tuple(form) == ANSWER_KEYS
    assert json.loads(json.dumps(form)) == form
    assert (form["intent"], form["outcome"], form["verdict"]) == ("coverage", "answered", "not_payable")
    assert form["source"]["day"] == TODAY.isoformat()


def test_evidence_states_its_kind_and_notices_are_sentences(starter: Desk) -> None:
    form = answer_json(starter.ask("S9353"))
    assert form["evidence"] == [
        {
            "text": "Medicare: No. S9353 is not payable by Medicare.",
            "code": "S9353",
            "field": "coverage",
            "kind": "verdict",
        }
    ]
    assert all(isinstance(notice, str) for notice in answer_json(starter.ask("E0601"))["notices"])


def test_a_record_lists_every_field_with_its_meaning(starter: Desk) -> None:
    form = record_json(starter.ask("S9353").records[0])
    assert set(form) == {"code", "kind", "fields", "active", "source"}
    coverage = next(field for field in form["fields"] if field["name"] == "coverage")
    assert coverage == {
        "name": "coverage",
        "label": "Coverage code",
        "value": "I",
        "meaning": "Not payable by Medicare",
    }


def test_a_search_lists_hits_with_their_reasons(full: Desk) -> None:
    index = ListedIndex(full.catalog, "E0601")
    form = search_json(Desk(full.catalog, index, lambda: TODAY).search("cpap"))
    assert form["total"] == 1
    assert form["hits"][0]["code"] == "E0601"
    assert form["hits"][0]["why"] == ["x, in the long description"]
