"""The tables of the state, typed. Times are seconds since 1970 (UTC); ids of people stand as keyed hashes only.

Changing a table here needs a migration beside it; a test holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import Double, ForeignKeyConstraint, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SLACK_ID = String(32)
RELEASE_ID = String(16)
PATTERN_LENGTH = 200


class Base(DeclarativeBase):
    """Base of the tables."""

    metadata = MetaData(naming_convention=NAMING)


class ChannelRow(Base):
    """A channel that watches: which release it was told of last, and which replica is telling it now.

    ``told`` is a release id, blank before there was a real release. ``holder`` is the replica that tells the
    channel now, until ``held_until``; nobody tries again before ``not_before``.
    """

    __tablename__ = "channels"

    team: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    channel: Mapped[str] = mapped_column(SLACK_ID, primary_key=True)
    told: Mapped[str] = mapped_column(RELEASE_ID)
    holder: Mapped[str] = mapped_column(String(36), default="")
    held_until: Mapped[float] = mapped_column(Double, default=0.0)
    not_before: Mapped[float] = mapped_column(Double, default=0.0)


class WatchRow(Base):
    """One watch of a channel: ``about`` and ``pattern`` say of what, ``kinds`` which kinds of change (blank: all)."""

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


class DeliveryRow(Base):
    """One digest for one channel: the releases that it is about, and whether it was posted.

    ``key`` goes with the message to Slack. ``posted_as`` is Slack's name of the message (its timestamp), blank
    from just before it is posted until that is known.
    """

    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    team: Mapped[str] = mapped_column(SLACK_ID)
    channel: Mapped[str] = mapped_column(SLACK_ID)
    before: Mapped[str] = mapped_column(RELEASE_ID)
    after: Mapped[str] = mapped_column(RELEASE_ID)
    begun_at: Mapped[float] = mapped_column(Double)
    posted_as: Mapped[str] = mapped_column(String(32), default="")

    __table_args__ = (UniqueConstraint("team", "channel", "after"),)


class SeenKeyRow(Base):
    """A key that was claimed (a digest of it), and until when that holds."""

    __tablename__ = "seen_keys"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[float] = mapped_column(Double)

    __table_args__ = (Index(None, "expires_at"),)
