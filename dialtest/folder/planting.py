"""Turns the settings' list of faults into faults planted on services of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialtest.folder.scenario_files import nearest
from dialtest.language import _
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.problem import Problem, Problems
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.planted import Planted
from dialtest.settings import FaultSettings

EVERY = "*"


def plant(
    faults: Sequence[FaultSettings], services: Mapping[str, Service], policy: Policy, file: str, problems: Problems
) -> list[Planted]:
    """The faults as the carrier takes them; an unknown fault or service, or a pair that does not fit, is a problem."""
    planted: list[Planted] = []
    for number, stated in enumerate(faults, 1):
        noting = _Noting(file, f"sandbox.fault[{number}]", problems)
        fault = ALL_FAULTS.get(stated.name)
        if fault is None:
            noting.wrong("name", stated.name, _("the name of a fault"), nearest(stated.name, ALL_FAULTS))
        elif fault.markets and policy.country not in fault.markets:
            expected = _("a fault of the market {country}").format(country=policy.country)
            noting.wrong("name", stated.name, expected, _("Remove it, or change the policy."))
        else:
            since = policy.midnight(stated.since) if stated.since else None
            keys = _services(stated, fault, services, noting)
            until = policy.midnight(stated.until) if stated.until else None
            if since and until and until <= since:
                noting.wrong("until", str(stated.until), _("a day after `since`"), _("Correct either day."))
            planted.append(Planted(stated.name, keys, fault(), stated.share, since, until))
    return planted


def _services(
    stated: FaultSettings, fault: type[Fault], services: Mapping[str, Service], noting: _Noting
) -> frozenset[str]:
    if EVERY in stated.services:
        return frozenset(key for key, service in services.items() if fault.fits(service))
    for key in stated.services:
        if key not in services:
            noting.wrong("services", key, _("a provider_code/service_code of the catalogue"), nearest(key, services))
        elif not fault.fits(services[key]):
            expected = _("a service {fault} can be planted on").format(fault=stated.name)
            noting.wrong("services", key, expected, _("Choose another service; `*` takes all that fit."))
    return frozenset(key for key in stated.services if key in services)


class _Noting:
    """Where problems of one fault are noted."""

    def __init__(self, file: str, where: str, problems: Problems) -> None:
        self._file = file
        self._where = where
        self._problems = problems

    def wrong(self, key: str, found: str, expected: str, remedy: str) -> None:
        column = f"{self._where}.{key}"
        self._problems.add(Problem(self._file, "impossible fault", remedy, found, expected, column=column))
