"""`pytest --dialtest DIR`: one test per scenario and service, each with its own journal, failing with the finding."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from dialtest.campaign.folder import Campaign


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register --dialtest."""
    group = parser.getgroup("dialtest")
    group.addoption("--dialtest", metavar="DIR", help="dial every service of this campaign folder with every scenario")


def pytest_collection(session: pytest.Session) -> None:
    """Collect the campaign alone when it is asked for."""
    folder = session.config.getoption("--dialtest")
    if folder:
        session.config.args[:] = [str(Path(folder) / "dialtest.toml")]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A campaign's settings file stands for the campaign."""
    folder = parent.config.getoption("--dialtest")
    if folder and file_path.name == "dialtest.toml":
        return CampaignFile.from_parent(parent, path=file_path)
    return None


class DialFailed(Exception):
    """A dial found something; its text is the findings'."""


class CampaignFile(pytest.File):
    """A campaign as pytest sees it."""

    @cached_property
    def campaign(self) -> Campaign:
        """Opened once for all its tests."""
        from dialtest.campaign.folder import open_campaign

        return open_campaign(self.path.parent)

    def collect(self) -> Iterator[pytest.Item]:
        """One item per scenario × service that fit each other; a control number's watch goes to the first service."""
        campaign = self.campaign
        for name, scenario in sorted(campaign.scenarios.items()):
            if campaign.policy.country not in (scenario.markets or (campaign.policy.country,)):
                continue
            fitting = [key for key, service in sorted(campaign.services.items()) if scenario.fits(service)]
            for key in fitting[:1] if scenario.control else fitting:
                yield DialItem.from_parent(self, name=f"{name}[{key}]", scenario=name, service=key)


class DialItem(pytest.Item):
    """One dial of one service with one scenario."""

    def __init__(self, *, scenario: str, service: str, **more: Any) -> None:
        super().__init__(**more)
        self.scenario = scenario
        self.service = service

    def runtest(self) -> None:
        """Dial on the campaign's embedded carrier and judge; findings fail the test, no verdict skips it."""
        from dialtest.campaign.single import dial_once

        parent = self.parent
        if not isinstance(parent, CampaignFile):
            raise TypeError("a dial belongs to a campaign")
        told = dial_once(parent.campaign, self.scenario, self.service)
        self.add_report_section("call", "evidence", told.time_line)
        if told.findings:
            raise DialFailed("\n".join(told.findings))
        if told.inconclusive:
            pytest.skip(told.inconclusive)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The finding's text; anything else as pytest shows it."""
        if isinstance(excinfo.value, DialFailed):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands, in pytest's words."""
        return self.path, None, self.name
