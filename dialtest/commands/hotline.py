"""`dialtest sandbox hotline`: a hotline to load, a process of its own: SIP over UDP and HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dialtest.commands.screen import tell
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.served.hotline.setup import MOST_LINES

if TYPE_CHECKING:
    from dialtest.served.hotline.setup import HotlineSetup
    from dialtest.served.hotline.state import State

USUAL_START = "2006-09-05T10:00:00+08:00"
MOST_AGENTS = 100_000


@click.command()
@click.option("--policy", "policy_name", default="monternet-2006", show_default=True, help="Name or TOML file.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The numeric address to listen at.")
@click.option("--sip-port", type=click.IntRange(0, 65535), default=5086, show_default=True, help="0: any free one.")
@click.option("--http-port", type=click.IntRange(0, 65535), default=8087, show_default=True, help="0: any free one.")
@click.option("--terms", "terms_path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="TOML: keys of the policy's [terms.hotline] this hotline has otherwise.")  # fmt: skip
@click.option("--agents", "agents", multiple=True, metavar="BRAND=N", help="Agents of a brand, instead of its shifts.")
@click.option("--lines", type=click.IntRange(1, MOST_LINES), default=MOST_LINES, show_default=True,
              help="Calls at once; one more is refused by 486.")  # fmt: skip
@click.option("--menu-ports", type=click.IntRange(1), help="Calls at once in the menu or the self-service.")
@click.option("--menu", is_flag=True, help="Every call begins in the menu, not only those that ask for it.")
@click.option(
    "--speed", type=click.FloatRange(0.01, 100_000), default=1.0, show_default=True, help="Its seconds a second."
)
@click.option("--no-emergency", is_flag=True, help="No emergency flow: no choice, no records, no calls back.")
@click.option("--starts", default=USUAL_START, show_default=True, help="What its clock says when it opens.")
@click.option("--stands-still", is_flag=True, help="Its clock starts with the first call.")
@click.option("--digest", metavar="USER:PASSWORD", help="New calls must prove to know this.")
@click.option("--longest-call", "longest_call_s", type=click.FloatRange(1), default=7200.0, show_default=True,
              help="Seconds on its clock after which it ends a call.")  # fmt: skip
@click.option("--longest-wait", "longest_wait_s", type=click.FloatRange(1), default=7200.0, show_default=True,
              help="Seconds on its clock after which a waiting call is refused and recorded.")  # fmt: skip
@click.option("--keep-calls", type=click.IntRange(1, 10_000_000), default=100_000, show_default=True,
              help="Call records kept for GET /calls; older ones are dropped.")  # fmt: skip
def hotline(
    policy_name: str,
    host: str,
    sip_port: int,
    http_port: int,
    terms_path: Path | None,
    agents: Sequence[str],
    no_emergency: bool,
    starts: str,
    digest: str | None,
    **kept: Any,
) -> None:
    """Serve a hotline by SIP over UDP and HTTP, as docs/network-sip.md has it, until interrupted.

    Ctrl-C closes it: no new calls, who waits is refused and recorded, and it ends within seconds.

    \b
    Example:  dialtest sandbox hotline --agents mzone=100 --speed 60
    """
    # Imported here: no other verb needs a web server and an event loop.
    from dialtest.policy.load import load_policy
    from dialtest.served.hotline.own_terms import own_terms
    from dialtest.served.hotline.serve import ServedHotline
    from dialtest.served.hotline.setup import HotlineSetup, terms_of

    _check_host(host)
    policy = load_policy(policy_name)
    begins = policy.local(_moment(starts))
    terms = terms_of(policy, begins)
    setup = HotlineSetup(
        terms=own_terms(terms, terms_path) if terms_path else terms,
        starts=begins,
        midnight=policy.midnight(begins.date()),
        agents=_agents(agents),
        emergency=not no_emergency,
        digest=_digest(digest),
        **kept,
    )
    _check_agents(setup)
    served = ServedHotline(setup, host, sip_port, http_port)
    words = _("The hotline {number} listens at sip:{number}@{sip} over UDP, and at http://{http}.")
    sip, http = ("{}:{}".format(*address) for address in (served.sip_address, served.http_address))
    _summary(served.run(lambda: tell(words.format(number=setup.terms.number, sip=sip, http=http))))


def _summary(state: State) -> None:
    tell(_("The hotline has closed."))
    words = _(
        "{brand}: {calls} calls, {answered} answered, {abandoned} gave up, {diverted} took the self-service, "
        "{no_line} found no line; {recorded} recorded, {called_back} called back"
    )
    for brand in state.brands:
        if brand.calls:
            tell(words.format(**{name: getattr(brand, name) for name in brand.__struct_fields__}))
    if state.garbage or state.defects:
        tell(
            _("{garbage} datagrams were no SIP, {defects} defects").format(garbage=state.garbage, defects=state.defects)
        )


def _agents(texts: Sequence[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        brand, equals, number = text.partition("=")
        if not (brand and equals and number.isascii() and number.isdigit() and int(number[:9]) <= MOST_AGENTS):
            raise DialtestError(
                _("“--agents {text}” is not a brand and a number.").format(text=text),
                _("Write it as mzone=100; at most {most} agents.").format(most=MOST_AGENTS),
            )
        found[brand] = int(number)
    return found


def _check_agents(setup: HotlineSetup) -> None:
    unknown = sorted(set(setup.agents) - set(setup.brands))
    if unknown:
        raise DialtestError(
            _("The policy has no desk for the brand “{brand}”.").format(brand=unknown[0]),
            _("It has: {brands}.").format(brands=", ".join(setup.brands)),
        )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1990 <= moment.year <= 2200:
        raise DialtestError(
            _("“--starts {text}” is not a time with its zone.").format(text=text),
            _("Write it as {example}.").format(example=USUAL_START),
        )
    return moment


def _digest(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    user, colon, password = text.partition(":")
    if not (user and colon and password and text.isprintable()):
        raise DialtestError(_("--digest is not a user and a password."), _("Write it as USER:PASSWORD."))
    return user, password


def _check_host(host: str) -> None:
    try:
        wildcard = IPv4Address(host).is_unspecified
    except AddressValueError:
        wildcard = True
    if wildcard:
        raise DialtestError(
            _("“--host {host}” is not the numeric IPv4 address of one interface.").format(host=host),
            _("Callers are told this address; 127.0.0.1 is this machine alone."),
        )
