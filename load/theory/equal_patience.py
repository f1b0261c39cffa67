"""M_t/M/n_t+M with patience as long as handle times: Poisson at every moment, whatever the crew; exact, and quick."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from load.law import Array


@dataclass(frozen=True, slots=True, eq=False)
class EqualPatience:
    """Everybody leaves at the same rate, waiting or spoken to, so the number there is Poisson with the offered load.

    `load`: calls there on average (`offered_load` with exponential handle times); `agents`: the crew, whole numbers, of
    the same shape or one for all.
    Source: W. A. Massey, W. Whitt, “Networks of infinite-server queues with nonstationary Poisson input”, Queueing
    Systems 13 (1993), 183–250. Published: λ(t) = 100 + 20 sin t, μ = θ = 1: the mean is 100 + 10 (sin t − cos t),
    whatever the staffing.
    """

    load: Array
    agents: npt.NDArray[np.int64]

    @property
    def p_wait(self) -> Array:
        """P(all agents busy), at each moment: P(Poisson ≥ n)."""
        return np.where(self.agents > 0, gammainc(np.maximum(self.agents, 1), self.load), 1.0)

    @property
    def mean_queue(self) -> Array:
        """Callers waiting, on average: E[(N − n)⁺] = m P(N ≥ n − 1) − n P(N ≥ n)."""
        reached = self.p_wait
        before = np.where(self.agents > 1, gammainc(np.maximum(self.agents - 1, 1), self.load), 1.0)
        return np.where(self.agents > 0, self.load * before - self.agents * reached, self.load)

    @property
    def mean_busy(self) -> Array:
        """Agents at work, on average."""
        return self.load - self.mean_queue
