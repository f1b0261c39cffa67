"""What a live network must be able to do for a campaign; knows no transport."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialtest.model.act import AnyAct
from dialtest.model.observation import AnyObservation, Message


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message on a handset. `cursor` is its place in the network's delivery order, from 1, the same for ever."""

    cursor: int
    msisdn: str
    message: Message


class Network(Protocol):
    """A network that is driven live. Its time is the cases' time, whatever a wall clock says."""

    @property
    def identity(self) -> str:
        """Names the network and its delivery log: cursors of one network mean nothing to another."""

    def now(self) -> datetime:
        """The network's time, as of its last answer to `wait`."""

    def perform(self, msisdn: str, act: AnyAct) -> AnyObservation:
        """Do an act once and bring what was seen of it, trouble included; blocks, and may be called from any thread.

        Never repeats what may have been done: such trouble is `uncertain`.
        """

    def wait(self, until: datetime, after: int) -> Sequence[Arrival]:
        """Block until something lies after the cursor `after` or it is `until`; what arrived up to `now`, in order.

        Raises CouldNotTest when the network stays away.
        """

    def close(self) -> None:
        """Leave the network; its time no longer waits for this program."""
