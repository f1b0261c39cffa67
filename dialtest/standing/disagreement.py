"""Where two teams disagree on a service: one finds a breach, the other is clean under the same rule and scenario."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from dialtest.campaign.sweeping import SWEEP
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.model.finding import Verdict
from dialtest.standing.power import CONFIDENCE, detection_power


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What one dial of a team brought: the service dialled (its codes), and the verdict of every rule on it."""

    case: str
    provider_code: str
    service_code: str
    scenario: str
    team: str
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One team found a breach in `found` of `of_dials` dials, the other none in `clean` dials (D1).

    `power` is the chance, 0…1, that so many clean dials would have met the fault if it struck the other team's dials
    as often: at least 0.95, or there is no disagreement to speak of.
    """

    provider_code: str
    service_code: str
    rule: str
    scenario: str
    finding_team: str
    found: int
    of_dials: int
    clean_team: str
    clean: int
    power: float


def disagreements(dials: Iterable[Verdicts], found: Iterable[tuple[str, str, str, str]]) -> tuple[Disagreement, ...]:
    """Every disagreement, by service, rule, scenario and teams. `found` are the keys of findings (provider, service,
    rule, case): of a verdict “finding” that is another service's, none is here.

    The share a fault strikes is taken as (found + 1) / (dials + 2), Laplace's rule of succession: 1 of 1 is not yet
    “always”, and takes three clean dials of the other team to be contradicted.
    """
    known = frozenset(found)
    sides: dict[tuple[str, str, str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for dial in dials:
        for rule, verdict in dial.verdicts.items():
            if verdict == "inconclusive":
                continue
            key = (dial.provider_code, dial.service_code, rule, dial.scenario)
            side = sides[key][dial.team]
            side[0] += (*key[:3], dial.case) in known
            side[1] += 1
    return tuple(
        told
        for key in sorted(key for key, teams in sides.items() if _worth_a_look(teams))
        for told in _between(key, sides[key])
    )


def recorded_disagreements(journal: Journal) -> tuple[Disagreement, ...]:
    """What the journal's judgements show."""
    cases, judged = schema.cases.c, schema.judgements.c
    dialled = (
        select(cases.case, cases.provider_code, cases.service_code, cases.scenario, cases.team, judged.verdicts)
        .join(schema.judgements, cases.case == judged.case)
        .where(cases.scenario != SWEEP)
    )
    keys = schema.findings.c
    query = select(keys.provider_code, keys.service_code, keys.rule, keys.case)
    decode = msgspec.json.Decoder(dict[str, Verdict]).decode
    with journal.reading() as connection:
        found = [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]
        services = {(provider, service) for provider, service, _, _ in found}
        dials = [
            Verdicts(row[0], row[1], row[2], row[3], row[4], decode(row[5]))
            for row in connection.execute(dialled)
            if (row[1], row[2]) in services
        ]
    return disagreements(dials, found)


def _worth_a_look(teams: Mapping[str, list[int]]) -> bool:
    return (
        len(teams) > 1 and any(found for found, _ in teams.values()) and not all(found for found, _ in teams.values())
    )


def _between(key: tuple[str, str, str, str], teams: Mapping[str, list[int]]) -> Iterable[Disagreement]:
    for finding_team, (found, of_dials) in sorted(teams.items()):
        for clean_team, (none, clean) in sorted(teams.items()):
            power = detection_power((found + 1) / (of_dials + 2), clean)
            if found and not none and power >= CONFIDENCE:
                yield Disagreement(*key, finding_team, found, of_dials, clean_team, clean, power)
