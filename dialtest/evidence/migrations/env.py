"""What alembic runs: the steps of versions/ on the connection that upgrade.py hands over."""

from alembic import context

from dialtest.evidence import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
