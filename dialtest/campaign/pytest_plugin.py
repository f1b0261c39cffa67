"""`pytest --dialtest DIR`: the switch alone, so that a pytest that is not asked for a campaign pays next to nothing."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register --dialtest."""
    group = parser.getgroup("dialtest")
    text = "dial every service of the campaign folder DIR with every scenario that fits it, one test each"
    group.addoption("--dialtest", metavar="DIR", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Open the campaign when one is asked for; one that cannot be opened is a usage error."""
    folder = config.getoption("--dialtest")
    if folder is None:
        return
    # Imported here: the machine takes half a second to load, and most pytest runs never need it.
    from dialtest.campaign.pytest_items import CampaignCollection

    config.pluginmanager.register(CampaignCollection(config, folder), "dialtest-campaign")
