"""Find the entries of one kind without reading the others.

Also forbids, inside the database, that an entry or a payload be changed or
removed: a slip of a hand on the file is refused, though not a determined one,
which is what the root hash is for.
"""

from collections.abc import Iterator

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_GUARDED = ("entry", "payload")
_REFUSING = """
CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$
"""


def upgrade() -> None:
    """Add the index and the guards."""
    op.create_index("ix_entry_kind", "entry", ["kind"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSING)
    for table, act in _each():
        name = f"{table}_no_{act.lower()}"
        op.execute(_guard(op.get_bind().dialect.name, name, table, act))


def downgrade() -> None:
    """Remove the guards and the index."""
    server = op.get_bind().dialect.name == "postgresql"
    for table, act in _each():
        place = f" ON {table}" if server else ""
        op.execute(f"DROP TRIGGER {table}_no_{act.lower()}{place}")
    if server:
        op.execute("DROP FUNCTION record_is_append_only()")
    op.drop_index("ix_entry_kind", "entry")


def _each() -> Iterator[tuple[str, str]]:
    server = op.get_bind().dialect.name == "postgresql"
    for table in _GUARDED:
        for act in ("UPDATE", "DELETE", *(["TRUNCATE"] if server else [])):
            yield table, act


def _guard(dialect: str, name: str, table: str, act: str) -> str:
    if dialect != "postgresql":
        return (
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()"
    )
