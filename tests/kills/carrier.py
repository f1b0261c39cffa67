"""A served carrier as a process of its own; tells its address once it listens."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from dialtest.served.serve import listening_socket, serve_on
from tests.kills.campaign import killed_campaign


def serve(ready: Connection, folder: Path, seed: int) -> None:
    """Serve the campaign's carrier until killed."""
    campaign = killed_campaign(seed)
    bound = listening_socket(0)
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    ledger = folder / "ledger.db"
    serve_on(bound, campaign.cast, campaign.faults, campaign.begins, ledger, 0, 600, lambda: ready.send(address))
