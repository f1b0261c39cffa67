"""`dialtest explain`: what a rule checks, with its examples; what can be planted; both as documents."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import click

from dialtest.campaign.clause_coverage import as_markdown as clauses_as_markdown
from dialtest.campaign.clause_coverage import coverage
from dialtest.errors import DialtestError
from dialtest.language import LANGUAGES, Language, _, checked, language
from dialtest.rules.manual import as_markdown, as_text
from dialtest.rules.registry import all_rules
from dialtest.rules.rule import Rule
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.faults.manual import as_markdown as faults_as_markdown
from dialtest.sandbox.faults.manual import what_it_does
from dialtest.script.load import load_folder, shipped_folder


@click.command()
@click.argument("name", metavar="[RULE]", required=False)
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language to explain in.")
@click.option("--markdown", is_flag=True, help="All rules as a document; English unless --lang says otherwise.")
@click.option("--clauses", is_flag=True, help="Where each clause of the campaign is done, tried, judged and broken.")
@click.option("--faults", is_flag=True, help="The faults that can be planted, instead of the rules.")
def explain(name: str | None, lang: str | None, markdown: bool, faults: bool, clauses: bool) -> None:
    """What RULE checks: its clauses, severity, a clean and a broken example. Without RULE: all of them, a line each.

    \b
    Example:  dialtest explain charge-in-free-period --lang en
    """
    spoken = checked(lang) if lang else language()
    if clauses:
        _explain_clauses(markdown, spoken)
    elif faults:
        _explain_faults(markdown)
    elif markdown:
        click.echo(as_markdown(all_rules(), checked(lang) if lang else "en"), nl=False)
    elif name is None:
        _list_rules(all_rules(), spoken)
    else:
        click.echo(as_text(_rule(name), spoken))


def _explain_faults(markdown: bool) -> None:
    if markdown:
        click.echo(faults_as_markdown(ALL_FAULTS), nl=False)
        return
    for name, fault in ALL_FAULTS.items():
        click.echo(f"{name:<36} {what_it_does(fault)} → {fault.rule}")


def _explain_clauses(markdown: bool, lang: Language) -> None:
    shipped = [scenario for file in load_folder(shipped_folder()) for scenario in file.scenarios]
    covered = coverage(shipped, all_rules(), ALL_FAULTS)
    if markdown:
        click.echo(clauses_as_markdown(covered), nl=False)
        return
    for row in covered:
        click.echo(f"{row.clause.id:<4} {row.clause.words[lang]}")
        for name in (*row.exercised, *row.rules):
            click.echo(f"       {name}")


def _list_rules(rules: Sequence[Rule], lang: Language) -> None:
    for rule in rules:
        click.echo(f"{rule.name:<36} {rule.title[lang]}")


def _rule(name: str) -> Rule:
    rules = {rule.name: rule for rule in all_rules()}
    if name in rules:
        return rules[name]
    near = get_close_matches(name, rules, 1, 0.4)
    remedy = _("Do you mean “{near}”?").format(near=near[0]) if near else _("`dialtest explain` lists them.")
    raise DialtestError(_("There is no rule “{name}”.").format(name=name), remedy)
