"""The services filed with the carrier, found by whatever customers and messages name them by."""

from __future__ import annotations

from collections.abc import Iterable

from dialtest.model.service import Service


class Filings:
    """The carrier's filings: by key, by provider, by access number, by page. Nothing in it changes."""

    def __init__(self, services: Iterable[Service]) -> None:
        self.by_key = {service.key: service for service in services}
        self.by_page = {service.page_url: service for service in self.by_key.values() if service.page_url}
        self.by_provider: dict[str, list[Service]] = {}
        self.by_access_number: dict[str, list[Service]] = {}
        for service in self.by_key.values():
            self.by_provider.setdefault(service.provider_code, []).append(service)
            self.by_access_number.setdefault(service.access_number, []).append(service)

    def of(self, provider_code: str, service_code: str) -> Service | None:
        """The service with these codes, if it is filed."""
        return self.by_key.get(f"{provider_code}/{service_code}")
