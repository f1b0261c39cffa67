"""When the messages of a batch go out: at its rate, never in the quiet hours."""

from __future__ import annotations

from dataclasses import dataclass

from load.plan.surge_plan import DAY_S, Batch, SurgePlan


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one second after the plan's begin until another, `share` of a batch's messages go out evenly."""

    from_s: float
    until_s: float
    share: float


def sending(plan: SurgePlan, batch: Batch) -> tuple[Stretch, ...]:
    """The stretches in which a batch is sent; one of no length where it goes out at once. Its start must be planned."""
    assert batch.start is not None  # noqa: S101 - reading or the timetable has set it
    now_s, left_s = _awake(plan, plan.since_begin_s(batch.start)), _length_s(batch)
    if left_s == 0:
        return (Stretch(now_s, now_s, 1.0),)
    whole_s, stretches = left_s, []
    while left_s > 1e-9:
        until_s = min(now_s + left_s, _sleeps(plan, now_s))
        stretches.append(Stretch(now_s, until_s, (until_s - now_s) / whole_s))
        left_s -= until_s - now_s
        now_s = _awake(plan, until_s)
    return tuple(stretches)


def _length_s(batch: Batch) -> float:
    return batch.size * batch.parts / batch.messages_per_s if batch.messages_per_s else 0.0


def _awake(plan: SurgePlan, t_s: float) -> float:
    """`t_s`, or the end of the quiet hours it lies in."""
    if plan.quiet is None:
        return t_s
    quiet_s = (plan.quiet.until_s - plan.quiet.from_s) % DAY_S
    since_s = (plan.second_of_day(t_s) - plan.quiet.from_s) % DAY_S
    return t_s + quiet_s - since_s if since_s < quiet_s else t_s


def _sleeps(plan: SurgePlan, t_s: float) -> float:
    """When the next quiet hours begin."""
    if plan.quiet is None:
        return float("inf")
    return t_s + ((plan.quiet.from_s - plan.second_of_day(t_s)) % DAY_S or DAY_S)
