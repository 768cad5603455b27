"""The desk of the catalog in use, which a server follows while releases are published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from hcpcs.answers.desk import Desk
from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import HcpcsError, ShelfError
from hcpcs_bot.bootstrap import desk_of, open_desk
from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.http.terminology.code_rows import code_table, renew_table
from hcpcs_bot.serving.memory import adding_much

if TYPE_CHECKING:
    from hcpcs_bot.settings import Settings


_FIRST_QUESTIONS = (
    "what changed",
    "what replaced Q5102",
    "list all NOC codes",
    "does E0601 need prior authorization",
    "which modifier for physical therapy",
    "whelchair for my patnt",
    "hydration 2.5 liters",
)
_FIRST_WORDS = "knee sc"
"""Words still being typed."""


def warm_up(desk: Desk, today: Callable[[], date] = date.today) -> Desk:
    """Makes what is built once per catalog, or by the first question of a kind, and returns the desk.

    Building it takes longer than a request should.
    """
    catalog = desk.catalog
    _ = catalog.fingerprint, catalog.description_words
    if len(catalog.whole_releases) > 1:
        catalog.changed_codes(catalog.whole_releases[0].id, catalog.newest.id)
    for question in _FIRST_QUESTIONS:
        desk.ask(question)
    desk.suggest(_FIRST_WORDS)
    renew_table(desk.catalog, today())
    return desk


class CurrentDesk:
    """Returns the desk of the catalog in use, and switches to a newer one on ``refresh``.

    A request calls it once and keeps the result, so every answer is of one release; the former desk goes on
    answering while the new one is opened and warmed up. ``starter`` is whether the two starter codes are enough to
    serve.
    """

    def __init__(self, settings: Settings, *, starter: bool = False, today: Callable[[], date] = date.today) -> None:
        self._shelf = Shelf(settings.home)
        self._starter = starter
        self._today = today
        self._opening = Lock()
        self._in_trouble = False
        self._version = self._shelf.current_version()
        with adding_much():
            self._desk = open_desk(settings)

    def __call__(self) -> Desk:
        """The desk in use."""
        return self._desk

    def prepare(self) -> None:
        """Warms up the first desk, which answers meanwhile. Call it off the event loop."""
        warm_up(self._desk, self._today)

    def prepare_table(self) -> None:
        """Makes the table of all codes, which forms and FHIR are answered from. Call it off the event loop."""
        code_table(self._desk.catalog, self._today())

    def refresh(self) -> bool:
        """Opens what was published since, and returns whether there was anything. Call it off the event loop.

        Raises ``ShelfError`` if the version in use can't be opened or is gone (a volume that was unmounted, a home
        that was emptied); the desk in use stays.
        """
        with self._opening:
            try:
                version = self._shelf.current_version()
                if version == self._version:
                    self._in_trouble = False
                    return False
                catalog = self._shelf.open()
                if version is None or catalog is None:
                    raise ShelfError(
                        f"{self._shelf.home}: its catalog is gone; {self._desk.catalog.newest.label} stays in use. "
                        "Mount the folder again, or load the releases into it"
                    )
                with adding_much():
                    self._desk = warm_up(desk_of(catalog), self._today)
            except HcpcsError:
                self._in_trouble = True
                raise
            self._version = version
            self._in_trouble = False
            return True

    def health(self) -> PartHealth:
        """Failed while nothing is loaded and the starter isn't enough; degraded while the shelf can't be followed."""
        if self._version is None and not self._starter:
            return PartHealth(
                part="catalog",
                condition=Condition.FAILED,
                detail="No release is loaded: run hcpcs update. To serve the two starter codes, use --starter.",
            )
        label = self._desk.catalog.newest.label
        if self._in_trouble:
            detail = f"What the home folder holds can't be used; {label} stays in use. The log says why."
            return PartHealth(part="catalog", condition=Condition.DEGRADED, detail=detail)
        return PartHealth(part="catalog", detail=label)
