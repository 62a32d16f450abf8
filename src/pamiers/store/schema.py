"""The tables of the record, as the newest migration leaves them."""

from typing import Final

import sqlalchemy as sa

#: revision of the newest migration; equal to the last file of `migrations/versions`
REVISION: Final = "0002"
METADATA: Final = sa.MetaData()

ENTRY: Final = sa.Table(
    "entry",
    METADATA,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
)

PAYLOAD: Final = sa.Table(
    "payload",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column(
        "position", sa.Integer, sa.ForeignKey("entry.position"), primary_key=True
    ),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
