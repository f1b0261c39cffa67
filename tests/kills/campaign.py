"""The campaign that is ended by force, and its live run as a process that goes on where the last one ended."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from dialtest.campaign.live import drive_live
from tests.dialtest.campaign.small_campaign import SmallCampaign, small_campaign


def killed_campaign(seed: int) -> SmallCampaign:
    """Carrier, live run and undisturbed run all make the same one."""
    return small_campaign(services=12, seed=seed)


def dial(ready: Connection, folder: Path, seed: int, address: str) -> None:
    """Drive the campaign live to its end, unless killed."""
    campaign = killed_campaign(seed)
    journal = campaign.journal(folder)
    ready.send("driving")
    drive_live(campaign.cast, journal, campaign.planned, address)
    journal.close()
