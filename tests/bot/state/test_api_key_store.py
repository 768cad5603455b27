"""Keys in the database, in SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from hcpcs_bot.http.admission.api_keys import digest_of
from hcpcs_bot.state import api_key_store
from hcpcs_bot.state.api_key_store import ApiKeyError, KeyStore
from hcpcs_bot.state.database import Database

DAY = date(2026, 11, 26)


async def test_a_key_is_valid_until_it_is_revoked_and_its_name_is_not_used_again(database: Database) -> None:
    store = KeyStore(database)
    key, other = store.add("billing", DAY), store.add("emr", DAY)
    assert set((await store.digests()).values()) == {digest_of(key), digest_of(other)}
    store.revoke("billing", DAY)
    assert set((await store.digests()).values()) == {digest_of(other)}
    assert [(one.name, one.revoked_on) for one in store.every()] == [("billing", DAY), ("emr", None)]
    for name in ("billing", "emr"):
        with pytest.raises(ApiKeyError, match="is, or was"):
            store.add(name, DAY)
    for name in ("billing", "nobody"):
        with pytest.raises(ApiKeyError, match="no valid key"):
            store.revoke(name, DAY)


def test_the_database_does_not_have_the_key(database: Database) -> None:
    key = KeyStore(database).add("billing", DAY)
    with database.reading() as session:
        rows = session.execute(text("SELECT * FROM api_keys")).all()
    secret = key.split("_", 2)[2]  # which may itself contain underscores
    assert secret not in str(rows)
    assert digest_of(key) in str(rows)


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "-x", "na\nme", "ключ"])
def test_a_name_is_a_short_word(database: Database, name: str) -> None:
    with pytest.raises(ApiKeyError, match="a name is"):
        KeyStore(database).add(name, DAY)


def test_there_are_not_more_keys_than_a_server_keeps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_key_store, "MAX_KEYS", 1)
    store = KeyStore(database)
    store.add("one", DAY)
    with pytest.raises(ApiKeyError, match="1 valid keys"):
        store.add("two", DAY)
    store.revoke("one", DAY)
    store.add("two", DAY)
