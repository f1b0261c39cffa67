"""Two plans whose same callers were played: what the second does better or worse, replication by replication."""

from __future__ import annotations

from dataclasses import dataclass

from load.simulation.estimate import Estimate, estimate
from load.simulation.simulated import Simulated

COMPARED = ("connection_rate_by_attempts", "connection_rate_by_callers", "mean_wait_s", "abandoned_share")


@dataclass(frozen=True, slots=True)
class Difference:
    """By figure of a brand: the second plan's less the first one's, paired, so that what chance both have in common
    falls out of the interval (common random numbers).
    """

    brand: str
    figures: dict[str, Estimate]

    def as_object(self) -> dict[str, object]:
        """For JSON."""
        return {name: one.as_object() for name, one in self.figures.items()}


def compared(one: Simulated, other: Simulated) -> tuple[Difference, ...]:
    """The differences of the brands both have. Raises ValueError unless both have the same seed and replications."""
    if (one.seed, one.replications) != (other.seed, other.replications):
        raise ValueError("only simulations of the same seed and as many replications can be compared")
    theirs = {brand.brand: brand for brand in other.brands}
    return tuple(
        Difference(
            brand.brand,
            {name: estimate(theirs[brand.brand].values[name] - brand.values[name]) for name in COMPARED},
        )
        for brand in one.brands
        if brand.brand in theirs
    )
