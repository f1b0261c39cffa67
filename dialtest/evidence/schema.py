"""The journal's tables; migrations/ holds the way from one version to the next."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, LargeBinary, MetaData, String, Table, Text

from dialtest.model.matter import CHAIN_PREFIX

VERSIONS = ("0001", "0002")
"""Every version the tables ever had, oldest first; each has its file in migrations/versions."""

metadata = MetaData()

# Names of cases sort byte by byte in every database: seals depend on their order.
CaseName = String(200).with_variant(String(200, collation="C"), "postgresql")

version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))

cases = Table(
    "cases",
    metadata,
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
    Column("reason", Text, nullable=False, default=""),
    Column("records", Integer, nullable=False, default=0),
    Column("head", LargeBinary(32)),
)

records = Table(
    "records",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("case", CaseName, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index("records_by_case", "case", "seq", unique=True),
)

documents = Table(
    "documents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("text", Text, nullable=False),
)

plan = Table(
    "plan",
    metadata,
    Column("case", CaseName, primary_key=True),
    Column("service", String(130), nullable=False),
    Column("scenario", String(100), nullable=False),
    Column("msisdn", String(32), nullable=False),
    Column("starts_at", String(32), nullable=False),
    Column("earlier", Text, nullable=False),
    Column("companion", String(130), nullable=False, server_default=""),
)

seals = Table(
    "seals",
    metadata,
    Column("seal", Integer, primary_key=True),
    Column("sealed_at", String(32), nullable=False),
    Column("cases", Integer, nullable=False),
    Column("root", LargeBinary(32), nullable=False),
)

# A case has a row for each seal that found it changed since the seal before.
sealed_cases = Table(
    "sealed_cases",
    metadata,
    Column("case", CaseName, primary_key=True),
    Column("seal", Integer, primary_key=True, autoincrement=False),
    Column("records", Integer, nullable=False),
    Column("head", LargeBinary(32), nullable=False),
)

findings = Table(
    "findings",
    metadata,
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

judgements = Table(
    "judgements",
    metadata,
    Column("case", CaseName, primary_key=True),
    Column("judged_until", String(32), nullable=False),
    Column("verdicts", Text, nullable=False),
)


def is_case(name: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a chain of records is a case's; the others are those of matters under review."""
    return ~name.between(CHAIN_PREFIX, CHAIN_PREFIX[:-1] + chr(ord(CHAIN_PREFIX[-1]) + 1))
