"""The planted faults as a table: what each does, which rule must catch it, what else it sets off."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.sandbox.faults.fault import Fault

HEAD = """# What can be planted

Written by `make docs` from the faults themselves. A fault strikes a share of the dials, from a day on, as the
campaign's settings say. *Also* names the rules that fire beside its own because the fault has that consequence too.

| fault | what it does | breach | rule | also | shown by | where |
|---|---|---|---|---|---|---|
"""


def as_markdown(faults: Mapping[str, type[Fault]]) -> str:
    """One row for each fault, in the order given."""
    return HEAD + "".join(_row(name, fault) + "\n" for name, fault in faults.items())


def what_it_does(fault: type[Fault]) -> str:
    """The fault's own sentence."""
    return " ".join((fault.__doc__ or "").split())


def _row(name: str, fault: type[Fault]) -> str:
    also = ", ".join(f"`{rule}`" for rule in sorted(fault.also))
    if also:
        also += f": {fault.also_because}"
    cells = [f"`{name}`", what_it_does(fault), fault.breach.replace("_", " "), f"`{fault.rule}`", also]
    return "| " + " | ".join([*cells, f"`{fault.scenario}`", _where(fault)]) + " |"


def _where(fault: type[Fault]) -> str:
    said = [*fault.markets]
    if fault.needs_sibling:
        said.append("the provider has another monthly service")
    if fault.needs_companion:
        said.append("the dial orders another service of the provider too")
    if fault.breach_from:
        said.append(f"a breach from {fault.breach_from} on")
    return "; ".join(said)
