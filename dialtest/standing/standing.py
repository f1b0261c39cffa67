"""Where a campaign stands: coverage by provider, cases by state, what is in doubt, findings so far."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass

from sqlalchemy import select

from dialtest.campaign.sweeping import SWEEP
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.folder.campaign import Campaign
from dialtest.model.number import TEAMS, Team
from dialtest.standing.connection_rate import ConnectionRate, calls_made, connection_rates
from dialtest.standing.disagreement import Disagreement, recorded_disagreements

IN_DOUBT = "in doubt"


@dataclass(frozen=True, slots=True)
class ProviderStanding:
    """One provider's coverage. Its own dials never count as coverage (D1)."""

    code: str
    name: str
    services: int
    services_dialled: int
    dials: int
    findings: int


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """What one team dialled to the end: cases, and how many services they were of."""

    team: Team
    dials: int
    services: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole campaign's; `reasons` are the reasons of inconclusive cases with their counts, commonest first.

    `several_teams` counts services that more than one independent team dialled (D1). `connection`: the hotline's
    connection rate for each brand whose numbers asked for an agent (D7, H2).
    """

    providers: tuple[ProviderStanding, ...]
    completed: int
    inconclusive: int
    open: int
    findings: int
    reasons: tuple[tuple[str, int], ...]
    in_doubt: tuple[str, ...]
    teams: tuple[TeamStanding, ...] = ()
    several_teams: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    connection: tuple[ConnectionRate, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


def standing_of(campaign: Campaign, journal: Journal) -> Standing:
    """Read off the journal where the campaign stands."""
    table = schema.cases
    with journal.reading() as connection:
        cases = connection.execute(select(table).where(table.c.scenario != SWEEP)).all()
        found = Counter(connection.execute(select(schema.findings.c.provider_code)).scalars())
    states = Counter(case.state for case in cases)
    reasons = Counter(_kind(case.reason) for case in cases if case.state == "inconclusive")
    dials = Counter(
        (case.provider_code, case.service_code)
        for case in cases
        if case.team != "provider" and case.state == "completed"
    )
    dialled = Counter((case.team, case.provider_code, case.service_code) for case in cases if case.state == "completed")
    return Standing(
        _providers(campaign, dials, found),
        states["completed"],
        states["inconclusive"],
        states["open"],
        found.total(),
        tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        tuple(sorted(case.case for case in cases if case.reason.startswith(IN_DOUBT))),
        _teams(dialled),
        _several(dialled),
        recorded_disagreements(journal),
        connection_rates(calls_made(campaign, journal), campaign.policy, campaign.policy.timeline[-1][0]),
    )


def _teams(dialled: Counter[tuple[str, str, str]]) -> tuple[TeamStanding, ...]:
    return tuple(
        TeamStanding(
            team,
            sum(count for (by, _, _), count in dialled.items() if by == team),
            sum(by == team for by, _, _ in dialled),
        )
        for team in TEAMS
    )


def _several(dialled: Counter[tuple[str, str, str]]) -> int:
    teams = Counter((provider, service) for team, provider, service in dialled if team != "provider")
    return sum(count > 1 for count in teams.values())


def _providers(
    campaign: Campaign, dials: Counter[tuple[str, str]], found: Counter[str]
) -> tuple[ProviderStanding, ...]:
    names = {service.provider_code: service.provider_name for service in campaign.services.values()}
    services = Counter(service.provider_code for service in campaign.services.values())
    return tuple(
        ProviderStanding(
            code,
            names[code],
            services[code],
            sum(provider == code for provider, _ in dials),
            sum(count for (provider, _), count in dials.items() if provider == code),
            found[code],
        )
        for code in sorted(names)
    )


def _kind(reason: str) -> str:
    """A reason without the particulars of its case, so that equal ones count together."""
    return re.sub(r"\s*“[^”]*”", "", reason)[:120]
