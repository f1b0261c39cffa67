"""A message from the service's port offers a paid service free of charge."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.page_fault import PushFault, in_tongue_of


class PushSaysFree(PushFault):
    """It calls the rest of the service free."""

    rule: ClassVar[str] = "free-but-charged"

    def pushes(self, service: Service) -> Notice | None:
        words = in_tongue_of(
            service.name,
            "精彩内容全部免费,点击即看",
            "Download all our ringtones free of charge today",
        )
        return Notice(service.access_number, words, 3_600)
