"""The tables of the database, typed. Times are seconds since 1970 (UTC), days are ISO dates.

People are stored as keyed hashes only; the author of a note also by the name that its card shows.

A change here needs a migration in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Double, ForeignKeyConstraint, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONSTRAINT_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SLACK_ID: Final = String(32)
DAY: Final = String(10)
AUTHOR_LENGTH: Final = 80
"""Maximum characters of the name of a note's author: Slack's own limit for a display name."""
RELEASE_ID: Final = String(16)
PATTERN_LENGTH: Final = 200
"""Maximum characters of a watch's pattern."""


class Base(DeclarativeBase):
    """Base class of the tables."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class ChannelRow(Base):
    """A channel that watches, the release of its last digest, and the lease of the replica that delivers to it.

    ``last_release`` is a release id, blank before a full release was loaded. ``lease_holder`` is the name of a
    replica, blank for none. No replica tries the channel again before ``retry_at``.
    """

    __tablename__ = "channels"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    last_release: Mapped[str] = mapped_column(RELEASE_ID)
    lease_holder: Mapped[str] = mapped_column(String(36), default="")
    lease_expires_at: Mapped[float] = mapped_column(Double, default=0.0)
    retry_at: Mapped[float] = mapped_column(Double, default=0.0)


class WatchRow(Base):
    """One watch of a channel: what it is ``about``, its ``pattern``, and the ``kinds`` of change (blank for all).

    ``kinds`` are names of ``ChangeKind``, or of companion files and a state (``of:asp``, ``in:TX``), sorted, with
    commas between them. ``created_by`` is a keyed hash.
    """

    __tablename__ = "watches"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    team: Mapped[str] = mapped_column(SLACK_ID)
    channel: Mapped[str] = mapped_column(SLACK_ID)
    about: Mapped[str] = mapped_column(String(16))
    pattern: Mapped[str] = mapped_column(String(PATTERN_LENGTH))
    kinds: Mapped[str] = mapped_column(String(120))
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[float] = mapped_column(Double)

    __table_args__ = (
        UniqueConstraint("team", "channel", "about", "pattern", "kinds"),
        ForeignKeyConstraint(["team", "channel"], ["channels.team", "channels.channel"], ondelete="CASCADE"),
    )


class ChannelEditionRow(Base):
    """The edition of a kind of companion files of which a channel that watches it had its last digest.

    ``last_day`` is its first day (ISO), blank before one was loaded. ``pending_day`` is that of the edition whose
    digest is being posted, blank for none.
    """

    __tablename__ = "channel_editions"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_day: Mapped[str] = mapped_column(String(10), default="")
    pending_day: Mapped[str] = mapped_column(String(10), default="")

    __table_args__ = (
        ForeignKeyConstraint(["team", "channel"], ["channels.team", "channels.channel"], ondelete="CASCADE"),
    )


class DeliveryRow(Base):
    """One digest for one channel: the ids of the releases that it compares, and whether it was posted.

    Where only companion files changed, ``after`` is an id of their editions that starts with ``e:``.

    ``key`` goes with the message to Slack. ``message_ts`` is Slack's timestamp of the message, blank from just
    before it is posted until the timestamp is known.
    """

    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    team: Mapped[str] = mapped_column(SLACK_ID)
    channel: Mapped[str] = mapped_column(SLACK_ID)
    before: Mapped[str] = mapped_column(RELEASE_ID)
    after: Mapped[str] = mapped_column(RELEASE_ID)
    started_at: Mapped[float] = mapped_column(Double)
    message_ts: Mapped[str] = mapped_column(String(32), default="")

    __table_args__ = (UniqueConstraint("team", "channel", "after"),)


class SeenKeyRow(Base):
    """A claimed key, as a digest, and when the claim expires."""

    __tablename__ = "seen_keys"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[float] = mapped_column(Double)

    __table_args__ = (Index(None, "expires_at"),)


class ConversationRow(Base):
    """What a conversation is about: ids only, no text.

    ``key`` is a digest of its team, channel and thread; ``codes`` are separated by spaces; ``subject`` is a member of
    ``Subject``, ``payer`` a name of our table, ``area`` the abbreviation of a state, ``day`` an ISO date, ``dose`` an
    amount with its unit; ``modifiers`` and ``listed`` are separated by spaces. All but ``codes`` and ``subject`` are
    blank for none.
    """

    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    codes: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(40))
    payer: Mapped[str] = mapped_column(String(120))
    area: Mapped[str] = mapped_column(String(2))
    day: Mapped[str] = mapped_column(String(10))
    modifiers: Mapped[str] = mapped_column(String(16), default="")
    dose: Mapped[str] = mapped_column(String(24), default="")
    listed: Mapped[str] = mapped_column(String(80), default="")
    expires_at: Mapped[float] = mapped_column(Double)

    __table_args__ = (Index(None, "expires_at"),)


class TeamRow(Base):
    """What a team (workspace) has set: the abbreviation of its state, blank for none.

    ``last_note`` is the number of the note that it made last; the row is locked while a note is added.
    """

    __tablename__ = "teams"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    area: Mapped[str] = mapped_column(String(2), default="")
    last_note: Mapped[int] = mapped_column(Integer, default=0)


class NoteRow(Base):
    """A team's note on codes: ``scope`` is a member of ``NoteScope``; ``created_by`` is a keyed hash."""

    __tablename__ = "notes"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(String(16))
    pattern: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(500))
    created_by: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(AUTHOR_LENGTH))
    day: Mapped[str] = mapped_column(DAY)


class QuestionCountRow(Base):
    """How many questions of an intent ended with an outcome on a day; kept for 31 days."""

    __tablename__ = "question_counts"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    day: Mapped[str] = mapped_column(DAY, primary_key=True)
    intent: Mapped[str] = mapped_column(String(24), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(24), primary_key=True)
    questions: Mapped[int] = mapped_column(Integer)


class UnknownWordsRow(Base):
    """The known words of questions that were not understood, in alphabetical order; kept for 31 days."""

    __tablename__ = "unknown_words"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    day: Mapped[str] = mapped_column(DAY, primary_key=True)
    words: Mapped[str] = mapped_column(String(200), primary_key=True)
    questions: Mapped[int] = mapped_column(Integer)


class FeedbackRow(Base):
    """Whether one person called one answer useful: ``key`` is a digest of both; kept for 31 days."""

    __tablename__ = "feedback"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    team: Mapped[str] = mapped_column(SLACK_ID)
    day: Mapped[str] = mapped_column(DAY)
    intent: Mapped[str] = mapped_column(String(24))
    outcome: Mapped[str] = mapped_column(String(24))
    useful: Mapped[bool] = mapped_column(Boolean)

    __table_args__ = (Index(None, "team", "day"),)


class ClaimRow(Base):
    """A question or a share that a replica has taken on: what answering it needs, until it is answered.

    ``key`` is a digest of the event or the button. ``place`` (Slack's ids) and ``text`` are JSON, blank once the work
    is done. ``holder`` is the name of a replica, blank for none; another one may take over at ``lease_expires_at``.
    ``started_at`` is when it was about to be posted, ``done_at`` when it was; both are 0 before.
    """

    __tablename__ = "claims"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    holder: Mapped[str] = mapped_column(String(36))
    lease_expires_at: Mapped[float] = mapped_column(Double)
    attempts: Mapped[int] = mapped_column(default=1)
    claimed_at: Mapped[float] = mapped_column(Double)
    started_at: Mapped[float] = mapped_column(Double, default=0.0)
    done_at: Mapped[float] = mapped_column(Double, default=0.0)

    __table_args__ = (Index(None, "claimed_at"), Index(None, "done_at", "lease_expires_at"))


class ApiKeyRow(Base):
    """A key of the query service: a digest of it, never the key. ``revoked_on`` is null while it is valid."""

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("name", name="uq_api_keys_name"),)

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    created_on: Mapped[str] = mapped_column(DAY)
    revoked_on: Mapped[str | None] = mapped_column(DAY)


class SchemaCompatibilityRow(Base):
    """The one row of its table: the oldest revision whose program can use the schema as it is."""

    __tablename__ = "schema_compatibility"

    oldest_revision: Mapped[str] = mapped_column(String(32), primary_key=True)
