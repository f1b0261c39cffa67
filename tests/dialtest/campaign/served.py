"""A served carrier in a thread of the test, on a free port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialtest.served.act_ledger import ActLedger
from dialtest.served.replayable import ReplayableCarrier, made_of
from dialtest.served.serve import listening_socket, server
from dialtest.served.shared_clock import SharedClock
from tests.dialtest.campaign.small_campaign import SmallCampaign


@contextmanager
def served(
    campaign: SmallCampaign, ledger: Path | str = ":memory:", speed: float = 0.0, lease_s: float = 600.0
) -> Iterator[str]:
    """The URL of the campaign's carrier while it is served."""
    kept = ActLedger(ledger, made_of(campaign.cast, campaign.faults, campaign.begins))
    carrier = ReplayableCarrier(campaign.cast, campaign.faults, campaign.begins, kept)
    bound = listening_socket(0)
    bound.listen()
    serving = server(SharedClock(carrier, speed, lease_s))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        serving.should_exit = True
        thread.join(10)
        kept.close()
