"""A campaign as pytest sees it: its settings file is a test file, each dial of it a test."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from dialtest.campaign.single import SingleDials
from dialtest.errors import DialtestError
from dialtest.folder.campaign import open_campaign
from dialtest.settings import FILE_NAME


class CampaignCollection:
    """Collects one campaign, opened once for all its tests.

    Its tests come beside the files and folders named on the command line, and instead of everything when none is
    named. A test id of the campaign (`DIR/dialtest.toml::…`) on the command line chooses that test alone. Raises
    pytest.UsageError for a folder that is no sound campaign.
    """

    def __init__(self, config: pytest.Config, folder: str) -> None:
        try:
            self._dials = SingleDials(open_campaign(config.invocation_params.dir / folder))
        except DialtestError as error:
            raise pytest.UsageError(f"--dialtest: {error.problem}\n{error.remedy}".rstrip()) from None
        self._path = (config.invocation_params.dir / folder / FILE_NAME).resolve()
        if "::" in str(self._path) or "[" in str(self._path):
            raise pytest.UsageError(f"--dialtest: pytest takes no paths with “::” or “[” in them: {self._path}")
        named = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
        if not any(self._is_named_by(config, argument) for argument in named):
            config.args[:] = [*named, str(self._path)]

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """The campaign's settings file stands for the campaign."""
        if file_path.name == FILE_NAME and file_path.resolve() == self._path:
            return CampaignFile.from_parent(parent, path=file_path, dials=self._dials)
        return None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """A dial that could not be made is told with the campaign's file, not with a line of this one."""
        report: Any = yield
        if isinstance(item, DialItem) and report.skipped:
            report.longrepr = (str(item.path), 1, report.longrepr[2])
        return report

    def _is_named_by(self, config: pytest.Config, argument: str) -> bool:
        return (config.invocation_params.dir / argument.partition("::")[0]).resolve() == self._path


class CampaignFile(pytest.File):
    """All dials of a campaign: one per scenario and service that fit each other."""

    def __init__(self, *, dials: SingleDials, **more: Any) -> None:
        super().__init__(**more)
        self.dials = dials

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each dial; `-k` finds it by the names of scenario, service, provider and service type too."""
        try:
            pairs = self.dials.fitting()
        except DialtestError as error:
            raise self.CollectError(str(error)) from None
        for scenario, service in pairs:
            item = DialItem.from_parent(self, name=f"{scenario}[{service.key}]", scenario=scenario, service=service.key)
            item.extra_keyword_matches.update((service.name, service.provider_name, service.service_type))
            yield item


class DialFailed(Exception):
    """A dial found something; its text is the findings'."""


class DialItem(pytest.Item):
    """One dial of one service with one scenario."""

    def __init__(self, *, scenario: str, service: str, **more: Any) -> None:
        super().__init__(**more)
        self.scenario = scenario
        self.service = service

    def runtest(self) -> None:
        """Dial on the embedded carrier and judge: findings fail the test; a dial that could not be made skips it."""
        told = self._dials.dial(self.scenario, self.service)
        if told.time_line:
            self.add_report_section("call", "evidence", told.time_line)
        if told.untested:
            self.add_report_section("call", "untested", told.untested)
        if told.findings:
            raise DialFailed("\n".join(told.findings))
        if told.inconclusive:
            pytest.skip(told.inconclusive)

    @property
    def _dials(self) -> SingleDials:
        if not isinstance(self.parent, CampaignFile):
            raise TypeError("a dial belongs to a campaign")
        return self.parent.dials

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The findings' texts, or the problem of a dial that went wrong; anything else as pytest shows it."""
        if isinstance(excinfo.value, DialFailed | DialtestError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands, in pytest's words."""
        return self.path, None, self.name
