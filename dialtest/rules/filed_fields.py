"""What a service's filing puts on the screen of the unified query (Q2)."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.shared import shared


@shared
def filed_fields(evidence: CaseEvidence) -> Mapping[str, str]:
    """The fields of the screen that the filing fills, and what they must show."""
    filed, shown = evidence.service, evidence.market.query.fields
    words = {
        "access_number": filed.access_number,
        "service_type": filed.service_type,
        "billing_type": filed.billing_type,
        "tariff": evidence.policy.tariff(filed),
        "service_hotline": filed.hotline,
        "contact": filed.contact,
        "description": filed.description,
        "attributes": filed.attributes,
    }
    return {name: word for name, word in words.items() if word and name in shown}
