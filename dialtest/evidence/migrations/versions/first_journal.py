"""The tables of the first release."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Text

revision = "0001"
down_revision = None

CaseName = String(200).with_variant(String(200, collation="C"), "postgresql")


def upgrade() -> None:
    """From an empty database."""
    _make_chains()
    _make_seals()
    _make_plan_and_judgements()


def _make_chains() -> None:
    op.create_table(
        "cases",
        Column("case", CaseName, primary_key=True),
        Column("provider_code", String(64), nullable=False),
        Column("service_code", String(64), nullable=False),
        Column("scenario", String(100), nullable=False),
        Column("team", String(32), nullable=False),
        Column("msisdn", String(32), nullable=False),
        Column("origin", String(16), nullable=False),
        Column("opened_at", String(32), nullable=False),
        Column("closed_at", String(32)),
        Column("state", String(16), nullable=False),
        Column("reason", Text, nullable=False),
        Column("records", Integer, nullable=False),
        Column("head", LargeBinary(32)),
    )
    op.create_table(
        "records",
        Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column("case", CaseName, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("hash", LargeBinary(32), nullable=False),
    )
    op.create_index("records_by_case", "records", ["case", "seq"], unique=True)
    op.create_table(
        "documents",
        Column("digest", String(64), primary_key=True),
        Column("kind", String(32), nullable=False),
        Column("name", String(200), nullable=False),
        Column("text", Text, nullable=False),
    )


def _make_seals() -> None:
    op.create_table(
        "seals",
        Column("seal", Integer, primary_key=True),
        Column("sealed_at", String(32), nullable=False),
        Column("cases", Integer, nullable=False),
        Column("root", LargeBinary(32), nullable=False),
    )
    op.create_table(
        "sealed_cases",
        Column("case", CaseName, primary_key=True),
        Column("seal", Integer, primary_key=True, autoincrement=False),
        Column("records", Integer, nullable=False),
        Column("head", LargeBinary(32), nullable=False),
    )


def _make_plan_and_judgements() -> None:
    op.create_table(
        "plan",
        Column("case", CaseName, primary_key=True),
        Column("service", String(130), nullable=False),
        Column("scenario", String(100), nullable=False),
        Column("msisdn", String(32), nullable=False),
        Column("starts_at", String(32), nullable=False),
        Column("earlier", Text, nullable=False),
    )
    op.create_table(
        "findings",
        Column("provider_code", String(64), primary_key=True),
        Column("service_code", String(64), primary_key=True),
        Column("rule", String(100), primary_key=True),
        Column("case", CaseName, primary_key=True),
        Column("rule_version", Integer, nullable=False),
        Column("severity", String(16), nullable=False),
        Column("breach", String(32), nullable=False),
        Column("due_at", String(32), nullable=False),
        Column("facts", Text, nullable=False),
        Column("records", Text, nullable=False),
    )
    op.create_table(
        "judgements",
        Column("case", CaseName, primary_key=True),
        Column("judged_until", String(32), nullable=False),
        Column("verdicts", Text, nullable=False),
    )
