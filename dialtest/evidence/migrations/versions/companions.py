"""A planned case may order another service beside its own."""

from alembic import op
from sqlalchemy import Column, String

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Cases planned before order one service each."""
    op.add_column("plan", Column("companion", String(130), nullable=False, server_default=""))
