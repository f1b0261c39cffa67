"""How often a fault struck the dials that could show it, with the caution that few dials ask for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from dialtest.campaign.judging import verdicts_in
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.review.matter_file import MatterFile


def likely_share(journal: Journal, file: MatterFile) -> float:
    """(found + 1) / (dials + 2) over dials of the services and scenarios that found it and were judged by its rule.

    Laplace's rule of succession: 2 of 2 is not yet “always”. 1 of 1 gives 2/3, 2 of 3 gives 3/5.
    """
    found_in = {finding.case for finding in file.findings}
    verdicts = list(_verdicts(journal, file, found_in))
    found = sum(case in found_in for case in verdicts)
    return (found + 1) / (len(verdicts) + 2)


def _verdicts(journal: Journal, file: MatterFile, found_in: set[str]) -> Iterator[str]:
    """The cases like those that found it, with a verdict of finding or clean."""
    cases, judged = schema.cases.c, schema.judgements.c
    columns = (cases.case, cases.provider_code, cases.service_code, cases.scenario, judged.verdicts)
    query = select(*columns).join(schema.judgements, judged.case == cases.case)
    with journal.reading() as connection:
        finders = {
            (row.provider_code, row.service_code, row.scenario)
            for row in connection.execute(query.where(cases.case.in_(sorted(found_in))))
        }
        services = {service for _provider, service, _scenario in finders}
        for row in connection.execute(query.where(cases.service_code.in_(sorted(services)))):
            like = (row.provider_code, row.service_code, row.scenario) in finders
            if like and verdicts_in(row.verdicts, row.case).get(file.key.rule) in ("finding", "clean"):
                yield row.case
