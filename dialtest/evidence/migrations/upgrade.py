"""Brings a journal's tables to the newest version, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

LOCATION = Path(__file__).parent


def upgrade(connection: Connection, location: Path = LOCATION) -> None:
    """Take every step that is missing, all or none; `location` holds env.py and versions/."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # its driver would commit each step by itself
    command.upgrade(configuration(location, connection), "head")


def configuration(location: Path = LOCATION, connection: Connection | None = None) -> Config:
    """Alembic's settings for the steps at `location`; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(location).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
