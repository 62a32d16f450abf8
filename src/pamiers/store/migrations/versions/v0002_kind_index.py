"""Find the entries of one kind without reading the others.

Also forbids, inside the database, that an entry or a payload be changed or
removed: a slip of a hand on the file is refused, though not a determined one,
which is what the root hash is for.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_GUARDED = ("entry", "payload")


def upgrade() -> None:
    """Add the index and the guards."""
    op.create_index("ix_entry_kind", "entry", ["kind"])
    for table in _GUARDED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
            )


def downgrade() -> None:
    """Remove the guards and the index."""
    for table in _GUARDED:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER {table}_no_{act.lower()}")
    op.drop_index("ix_entry_kind", "entry")
