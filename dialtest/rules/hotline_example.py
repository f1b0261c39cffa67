"""Small stories of calls to the hotline, for the examples of its rules."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.act import Call, ReadCalls
from dialtest.model.observation import Called, CallLog, Incoming, Said
from dialtest.rules.example import SERVICE, Story, story


class CallStory(Story):
    """A story in which the hotline is rung, and rings."""

    def __init__(self) -> None:
        begun = story()
        super().__init__(SERVICE, begun.policy, begun.now)
        self._incoming: list[Incoming] = []
        self.ordered().reminded_first().delivered().later(hours=1)

    def later(self, **length: int) -> CallStory:
        """Let time pass."""
        super().later(**length)
        return self

    def heard(self, text: str, sender: str = "10086", sent_s_ago: int = 5) -> CallStory:
        """A message arrived."""
        super().heard(text, sender, sent_s_ago)
        return self

    def listened(self, **length: int) -> CallStory:
        """Silence for a while."""
        super().listened(**length)
        return self

    def called(
        self, keys: str, *, waited_s: int | None = None, told: bool = False, offered: bool = True, shown: bool = False
    ) -> CallStory:
        """A call: `waited_s` for an agent in vain, None when none was asked for; `told` of other ways, and `offered` to
        wait or to serve oneself; `shown` what is subscribed.
        """
        act = Call("10086", keys, waited_s or 0, "query", self.service.provider_code, self.service.service_code)
        ended_at = self.now + timedelta(seconds=20 + (waited_s or 0))
        offer = (Said(12, "offer", "继续等待请按1,自助服务请按2"),) if offered else ()
        said = (*offer, Said(15, "other_ways", "您也可以发短信“0000”到10086")) if told else ()
        asked_at = None if waited_s is None else self.now + timedelta(seconds=20)
        rows = (self.row(),) if shown else None
        self._did(act, Called(self.now, self.now, ended_at, keys, said, asked_at, None, rows))
        self.now = ended_at
        return self

    def rung_back(self, **length: int) -> CallStory:
        """The hotline rings after a while."""
        self.later(**length)
        self._incoming.append(Incoming(self.now, "10086", 60, False))
        return self

    def looked_up(self, **length: int) -> CallStory:
        """After a while the handset's log is read."""
        self.later(**length)
        self._did(ReadCalls(), CallLog(self.now, tuple(self._incoming)))
        return self
