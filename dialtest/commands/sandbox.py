"""`dialtest sandbox`: the embedded carrier and its hotline as processes of their own, and the files they write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from dialtest.commands.hotline import hotline
from dialtest.commands.ledgers import ledgers
from dialtest.commands.screen import clean, json_option, tell
from dialtest.commands.subscriber_base import batches, subscribers
from dialtest.language import _
from dialtest.sandbox.settlement import settle
from dialtest.sandbox.settlement_conduct import ALL_SETTLEMENT_FAULTS, HONEST

LEDGER_NAME = "carrier.db"


@click.group()
def sandbox() -> None:
    """A carrier in a box: honest, or with the faults the campaign's settings plant.

    \b
    Example:  dialtest sandbox serve --campaign my-campaign --port 8086 --speed 20000
    """


@sandbox.command()
@click.option(
    "--campaign",
    "folder",
    metavar="DIR",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    help="The campaign whose services, numbers, policy, seed and faults the carrier has; default: this folder.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8086, show_default=True, help="0 takes any free port.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=20_000.0,
    show_default=True,
    help="Seconds of the carrier per second on the wall, at most; 0 for no limit.",
)
@click.option(
    "--ledger", type=click.Path(path_type=Path, dir_okay=False), help="The ledger; DIR/carrier.db by default."
)
@click.option(
    "--lease",
    "lease_s",
    type=click.FloatRange(min=1),
    default=600.0,
    show_default=True,
    help="Seconds after which a client that neither asks nor waits is dropped.",
)
def serve(folder: Path, port: int, speed: float, ledger: Path | None, lease_s: float) -> None:
    """Serve the carrier on 127.0.0.1 as docs/network-http.md has it, until interrupted.

    Its clock moves only while all its clients wait. Every act is in the ledger before it is answered; with the same
    ledger it goes on where it was.

    \b
    Example:  dialtest sandbox serve --campaign my-campaign --port 8086
              dialtest run my-campaign --network http://127.0.0.1:8086
    """
    # Imported here: no other verb needs a web server.
    from dialtest.folder.campaign import open_campaign
    from dialtest.served.serve import HOST, listening_socket, serve_on

    campaign = open_campaign(folder, network="sandbox")
    bound = listening_socket(port)
    try:
        path = ledger or campaign.folder / LEDGER_NAME
        address = f"http://{HOST}:{bound.getsockname()[1]}"
        words = _("The carrier of {name} listens at {address}; its ledger is {ledger}.")
        listening = words.format(name=campaign.name, address=address, ledger=path)
        serve_on(
            bound, campaign.cast(), campaign.planted(), campaign.begins, path, speed, lease_s, lambda: tell(listening)
        )
    except KeyboardInterrupt:
        tell(_("The carrier has stopped; with its ledger it goes on where it was."))
    finally:
        bound.close()


@sandbox.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder; DIR/refunds by default.")
@click.option("--provider", metavar="CODE", help="Write nothing; print what this provider may look up: its own rows.")
@click.option("--fault", type=click.Choice(sorted(ALL_SETTLEMENT_FAULTS)), help="Break the settlement in this way.")
@json_option
def refunds(folder: Path, out: Path | None, provider: str | None, fault: str | None, as_json: bool) -> None:
    """Settle the refunds of a campaign with its providers (R5), from the bills in its journal.

    Writes the province's detail file, the first-level BOSS's, sorted, and one for each provider in the province
    where it connects; `dialtest audit refunds` checks them.

    \b
    Example:  dialtest sandbox refunds my-campaign
              dialtest audit refunds my-campaign/refunds
    """
    from dialtest.campaign.refund_files import details_in, row_of, write_files

    settlement = settle(details_in(folder), ALL_SETTLEMENT_FAULTS[fault]() if fault else HONEST)
    if provider is not None:
        rows = [row_of(row) for row in settlement.rows_for(provider)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else "\n".join(map(_line, rows)))
        return
    written = write_files(settlement, out or folder / "refunds")
    if as_json:
        files = [{"path": str(one.path), "rows": one.rows, "total_fen": one.total_fen} for one in written]
        click.echo(json.dumps(files, ensure_ascii=False, indent=1))
        return
    for one in written:
        words = _("{path}: {rows} rows, {total} fen")
        tell(words.format(path=one.path, rows=one.rows, total=one.total_fen))


def _line(row: Mapping[str, object]) -> str:
    return clean("  ".join(str(value) for value in row.values()))


@sandbox.command()
def openapi() -> None:
    """Print the OpenAPI description of the HTTP interface.

    \b
    Example:  dialtest sandbox openapi > network-http.openapi.json
    """
    from dialtest.wire.http_openapi import openapi_text

    click.echo(openapi_text(), nl=False)


sandbox.add_command(subscribers)
sandbox.add_command(batches)
sandbox.add_command(ledgers)
sandbox.add_command(hotline)
