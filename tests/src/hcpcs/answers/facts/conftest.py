"""The desk with all of the small companion files, for the tests of answers from them."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return facts_desk(tmp_path_factory.mktemp("companions"))
