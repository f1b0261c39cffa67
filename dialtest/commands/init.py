"""`dialtest init`: a new campaign folder to edit."""

from __future__ import annotations

from pathlib import Path

import click

from dialtest.commands.screen import folder_argument, tell
from dialtest.language import LANGUAGES, Language, _
from dialtest.policy.load import SHIPPED
from dialtest.sample.new_folder import make_folder


@click.command()
@folder_argument
@click.option(
    "--policy", default=SHIPPED[0], show_default=True, help=f"The market: {', '.join(SHIPPED)}, or a .toml file."
)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of reports and explanations; default the policy's."
)
def init(folder: Path, policy: str, lang: Language | None) -> None:
    """Make a campaign folder: settings, catalogue, adverts, numbers, policy, scenarios, each an example to edit.

    The folder must be new or empty. It runs against the embedded carrier as it is.

    \b
    Example:  dialtest init my-campaign
              dialtest init my-campaign --policy uk-premium-2019
              dialtest init my-campaign --policy my-market.toml
    """
    for name in make_folder(folder, policy, lang):
        tell(f"  {folder / name}")
    tell(_("Edit these, then: dialtest check {folder}; dialtest run {folder}").format(folder=folder))
