"""The names of drugs in descriptors."""

from __future__ import annotations

import pytest

from hcpcs.records.terms.drug_names import is_biosimilar, is_local_anesthetic, substance_of, suffix_of


@pytest.mark.parametrize(
    ("descriptor", "biosimilar"),
    [
        ("Injection, pegfilgrastim-bmez (ziextenzo), biosimilar, 0.5 mg", True),
        ("Injection, pegfilgrastim, excludes biosimilar, 0.5 mg", False),
        ("Injection, denosumab, 1 mg", False),
    ],
)
def test_a_drug_that_excludes_biosimilars_is_none(descriptor: str, biosimilar: bool) -> None:
    assert is_biosimilar(descriptor) is biosimilar


@pytest.mark.parametrize(
    ("descriptor", "substance", "suffix"),
    [
        ("Injection, ustekinumab-ttwe (pyzchiva), subcutaneous, 1 mg", "ustekinumab-ttwe", "ttwe"),
        ("Ondansetron 1 mg, oral", "ondansetron", ""),
        ("Tc 99m", "", ""),
    ],
)
def test_a_substance_and_its_suffix(descriptor: str, substance: str, suffix: str) -> None:
    assert (substance_of(descriptor), suffix_of(descriptor)) == (substance, suffix)


@pytest.mark.parametrize(
    ("descriptor", "anesthetic"),
    [
        ("Injection, lidocaine hydrochloride, 1 mg", True),
        ("Injection, bupivicaine, not otherwise specified, 0.5 mg", True),
        ("Injection, triamcinolone acetonide, not otherwise specified, 10 mg", False),
    ],
)
def test_the_stem_of_a_local_anesthetic(descriptor: str, anesthetic: bool) -> None:
    assert is_local_anesthetic(descriptor) is anesthetic
