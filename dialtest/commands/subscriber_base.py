"""`dialtest sandbox subscribers` and `dialtest sandbox batches`: a whole carrier's customers, and what it sent them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import click

from dialtest.commands.screen import progress, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.batches import Batches
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.sandbox.conduct import HONEST, Conduct

One = TypeVar("One")

SERVICES = 200
FAULT_SHARE = 0.01
PREFIX = "existing-reminder-"

out_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The CSV file to write."
)
policy_option = click.option("--policy", default="monternet-2006", show_default=True, help="The market.")
seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=2006, show_default=True, help="Other chances."
)


@click.command()
@click.option("--size", type=click.IntRange(1, 1_000_000_000), required=True, help="How many subscribers.")
@seed_option
@out_option
@policy_option
def subscribers(size: int, seed: int, out: Path, policy: str) -> None:
    """Make up a subscriber base: customers of every brand and what they subscribe to, one line a subscription.

    \b
    Example:  dialtest sandbox subscribers --size 10000 --seed 7 --out subscribers.csv
    """
    # Imported here: no other verb needs made-up people.
    from dialtest.sample.sample import make_sample
    from dialtest.sandbox.subscriber_base import subscriber_base
    from dialtest.sandbox.subscriber_base_file import write_base

    market = load_policy(policy)
    batches_of(market)
    services = make_sample(SERVICES, seed, market, numbers=0, control=0).services
    people, held = write_base(out, _watched(subscriber_base(market, services, size, seed), size))
    tell(_("{people} subscribers with {held} subscriptions: {path}").format(people=people, held=held, path=out))


@click.command()
@click.argument("base", metavar="SUBSCRIBERS", type=click.Path(path_type=Path, dir_okay=False))
@out_option
@click.option("--fault", metavar="NAME", help="What goes wrong; `dialtest explain --faults` lists them.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=FAULT_SHARE,
    show_default=True,
    help="With how many of the subscriptions.",
)
@seed_option
@policy_option
def batches(base: Path, out: Path, fault: str | None, share: float, seed: int, policy: str) -> None:
    """Send the batches of reminders to all existing subscriptions of a base, and keep the log of every message.

    \b
    Example:  dialtest sandbox batches subscribers.csv --out sent.csv
              dialtest sandbox batches subscribers.csv --out sent.csv --fault existing-reminder-missing
    """
    from dialtest.sandbox.batch_log import Sending
    from dialtest.sandbox.subscriber_base_file import read_base

    market = load_policy(policy)
    if out.exists() and base.exists() and out.samefile(base):
        raise DialtestError(
            _("{path} is the subscriber base itself.").format(path=out), _("Choose another file with --out.")
        )
    sending = Sending(market, batches_of(market), seed, _conduct(fault), share)
    sending.write(out, read_base(base, market))
    tell(_("{messages} messages sent: {path}").format(messages=sending.messages, path=out))
    if fault:
        words = _("{fault} struck {struck} subscriptions.")
        tell(words.format(fault=fault, struck=sending.struck))


def batches_of(policy: Policy) -> Batches:
    """The market's batches; raises DialtestError where it has none."""
    if policy.batches is None:
        raise DialtestError(
            _("The policy {policy} has no batches of existing subscriptions.").format(policy=policy.name),
            _("Take monternet-2006, or add [terms.existing] to the policy."),
        )
    return policy.batches


def _conduct(name: str | None) -> Conduct:
    """What goes wrong by its name; raises DialtestError for what has nothing to do with the batches."""
    from dialtest.sandbox.faults import ALL_FAULTS

    fitting = {fault: kind for fault, kind in ALL_FAULTS.items() if fault.startswith(PREFIX)}
    if name is None:
        return HONEST
    if name not in fitting:
        near = get_close_matches(name, fitting, 1)
        raise DialtestError(
            _("No fault of the batches is called “{name}”.").format(name=name[:80]),
            _("Do you mean {near}?").format(near=near[0])
            if near
            else _("There are: {names}.").format(names=", ".join(fitting)),
        )
    return fitting[name]()


def _watched(people: Iterable[One], size: int) -> Iterator[One]:
    """The same, with a bar on the terminal."""
    with progress(_("Subscribers"), size) as on_done:
        for place, one in enumerate(people, 1):
            on_done(place)
            yield one
