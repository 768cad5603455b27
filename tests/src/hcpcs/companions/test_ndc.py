"""National Drug Codes in every written form."""

from __future__ import annotations

import pytest

from hcpcs.companions.ndc import is_ndc, ndc_keys


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("57894-0030-01", ("57894003001",)),
        ("57894-030-01", ("57894003001",)),
        ("1234-5678-90", ("01234567890",)),
        ("12345-6789-1", ("12345678901",)),
        ("57894 0030 01", ("57894003001",)),
        ("57894003001", ("57894003001",)),
        ("1234567890", ("01234567890", "12345067890", "12345678900")),
        ("888867413689", ("888867413689",)),
        (" gg100 ", ("GG100",)),
        ("COCN-XM-1234", ("COCNXM1234",)),
        ("", ("",)),
    ],
)
def test_the_keys_of_an_identifier(written: str, keys: tuple[str, ...]) -> None:
    assert ndc_keys(written) == keys


def test_ten_digits_are_read_in_all_three_forms() -> None:
    # 4-4-2, 5-3-2 and 5-4-1 of the same ten digits; the last part is padded on its left.
    assert ndc_keys("1234567891") == ("01234567891", "12345067891", "12345678901")


def test_only_an_ndc_is_called_one() -> None:
    assert all(map(is_ndc, ("57894-0030-01", "57894-030-01", "57894003001", "1234567890")))
    assert not any(map(is_ndc, ("888867413689", "GG100", "123-456-78", "")))
