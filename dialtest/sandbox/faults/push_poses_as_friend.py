"""A message from the service's port poses as a friend's."""

from typing import ClassVar

from dialtest.model.service import Service
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.faults.page_fault import PushFault, in_tongue_of


class PushPosesAsFriend(PushFault):
    """It makes curious."""

    rule: ClassVar[str] = "poses-as-prize"

    def pushes(self, service: Service) -> Notice | None:
        words = in_tongue_of(
            service.name,
            "好久不见,猜猜我是谁?给你点了一首歌,想听就告诉我",
            "Guess who! Someone has a crush on you and left you a song",
        )
        return Notice(service.access_number, words, 3_600)
