"""The simulated hotline, compiled: callers, lines, menu, queues, agents, emergency flow, event by event.

The semantics are those of `dialtest.sandbox.hotline`, for whole days of hundreds of thousands of calls, with redials,
lines that can be full, and pools of agents who serve several brands beside them.
"""

from __future__ import annotations

import numpy as np

from load.simulation.agenda import (
    CREW_DONE,
    GIVES_UP,
    HANGS_UP,
    LEAVES_MENU,
    REDIALS,
    TICK,
    enter,
    take_first,
)
from load.simulation.compiled import compiled
from load.simulation.crew import next_minute_s, next_owed, record, rings, settle
from load.simulation.flow import look, note
from load.simulation.queues import first_waiting, leave, line_up
from load.simulation.records import ABANDONED, ANSWERED, BUSY, DIVERTED, OWED, WAITING, Exchange
from load.simulation.seats import NONE, change, free_for, next_change_s, serves


@compiled
def play(exchange: Exchange) -> None:
    """Let every caller call, until nobody waits, is served, means to call again, or can be called back."""
    callers, events, house = exchange.callers, exchange.events, exchange.house
    while True:
        who = house[0]["called"]
        call_s = callers[who]["at_s"] if who < len(callers) else np.inf
        event_s = events[0]["when_s"] if house[0]["events"] > 0 else np.inf
        change_s = next_change_s(exchange.changes, house)
        if call_s == np.inf and event_s == np.inf and (house[0]["waiting"] == 0 or change_s == np.inf):
            break
        if change_s <= event_s and change_s <= call_s:
            _serve(exchange, change(exchange.groups, exchange.changes, house), change_s)
        elif event_s <= call_s:
            _next_event(exchange)
        else:
            house[0]["called"] += 1
            _call(exchange, who, call_s)


@compiled
def _next_event(exchange: Exchange) -> None:
    """Let the first event of the agenda be."""
    now_s, kind, who = take_first(exchange.events, exchange.house)
    if kind == REDIALS:
        exchange.callers[who]["trying"] += 1
        _call(exchange, who, now_s)
    elif kind == LEAVES_MENU:
        exchange.house[0]["ports"] -= 1
        _ask(exchange, who, now_s)
    elif kind == TICK:
        exchange.desks[who]["ticking"] = 0
        _after(exchange, who, now_s)
    else:
        if kind == HANGS_UP:
            _hang_up(exchange, who, now_s)
        elif kind == GIVES_UP:
            _give_up(exchange, who, now_s)
        elif kind == CREW_DONE:
            exchange.desks[exchange.callers[who]["brand"]]["crew_busy"] -= 1
        _after(exchange, exchange.callers[who]["brand"], now_s)


@compiled
def _call(exchange: Exchange, who: int, now_s: float) -> None:
    """A caller dials the hotline: finds a line and a port of the menu free, or hears the busy tone."""
    caller, house = exchange.callers[who], exchange.house[0]
    menu_s = caller["menu_s"]
    if house["lines"] >= house["most_lines"] or (menu_s > 0 and house["ports"] >= house["most_ports"]):
        attempt = exchange.tries[caller["trying"]]
        attempt["outcome"] = BUSY
        attempt["asked_s"] = now_s
        _try_again(exchange, who, now_s)
        return
    house["lines"] += 1
    if menu_s > 0:
        house["ports"] += 1
        enter(exchange.events, exchange.house, now_s + menu_s, LEAVES_MENU, who)
    else:
        _ask(exchange, who, now_s)


@compiled
def _ask(exchange: Exchange, who: int, now_s: float) -> None:
    """A caller asks for an agent: is answered, or waits, or takes the self-service that is offered (H3)."""
    caller, house, slots = exchange.callers[who], exchange.house, exchange.slots
    desk, attempt = exchange.desks[caller["brand"]], exchange.tries[caller["trying"]]
    attempt["asked_s"] = now_s
    if desk["waiting"] == 0:
        group = free_for(exchange.groups, caller["brand"])
        if group != NONE:
            _answer(exchange, who, group, now_s)
            return
    if look(slots, desk, house, now_s) and caller["choice"] < house[0]["self_service_share"]:
        attempt["outcome"] = DIVERTED
        house[0]["lines"] -= 1
        return
    attempt["outcome"] = WAITING
    line_up(slots, desk, caller, who)
    house[0]["waiting"] += 1
    if attempt["patience_s"] < np.inf:
        enter(exchange.events, house, now_s + attempt["patience_s"], GIVES_UP, who)
    _tick_from(exchange, caller["brand"], now_s)


@compiled
def _answer(exchange: Exchange, who: int, group: int, now_s: float) -> None:
    """An agent of a group takes a call."""
    caller, house = exchange.callers[who], exchange.house
    desk, attempt = exchange.desks[caller["brand"]], exchange.tries[caller["trying"]]
    attempt["outcome"] = ANSWERED
    attempt["waited_s"] = now_s - attempt["asked_s"]
    exchange.groups[group]["busy"] += 1
    caller["group"] = group
    enter(exchange.events, house, now_s + caller["handle_s"], HANGS_UP, who)
    if house[0]["has_flow"] == 1:
        note(exchange.slots, desk, house, now_s, 1)
        if caller["owed"] > 0:
            settle(exchange.tries, desk, caller, False)


@compiled
def _serve(exchange: Exchange, group: int, now_s: float) -> None:
    """Free agents of a group take those who have waited longest."""
    agents = exchange.groups[group]
    while agents["busy"] < agents["agents"]:
        who = _longest_waiting(exchange, group)
        if who == NONE:
            break
        caller = exchange.callers[who]
        leave(exchange.slots, exchange.desks[caller["brand"]], caller)
        exchange.house[0]["waiting"] -= 1
        _answer(exchange, who, group, now_s)


@compiled
def _longest_waiting(exchange: Exchange, group: int) -> int:
    longest, since_s = NONE, np.inf
    for brand in range(len(exchange.desks)):
        desk = exchange.desks[brand]
        if desk["waiting"] > 0 and serves(exchange.groups[group], brand):
            who = first_waiting(exchange.slots, desk)
            asked_s = exchange.tries[exchange.callers[who]["trying"]]["asked_s"]
            if asked_s < since_s:
                longest, since_s = who, asked_s
    return longest


@compiled
def _hang_up(exchange: Exchange, who: int, now_s: float) -> None:
    group = exchange.callers[who]["group"]
    exchange.house[0]["lines"] -= 1
    exchange.groups[group]["busy"] -= 1
    _serve(exchange, group, now_s)


@compiled
def _give_up(exchange: Exchange, who: int, now_s: float) -> None:
    """A caller's patience ends; nothing happens where an agent was quicker."""
    caller, house = exchange.callers[who], exchange.house
    desk, attempt = exchange.desks[caller["brand"]], exchange.tries[caller["trying"]]
    if attempt["outcome"] != WAITING:
        return
    attempt["outcome"] = ABANDONED
    attempt["waited_s"] = now_s - attempt["asked_s"]
    leave(exchange.slots, desk, caller)
    house[0]["waiting"] -= 1
    house[0]["lines"] -= 1
    if house[0]["has_flow"] == 1:
        note(exchange.slots, desk, house, now_s, 0)
        record(exchange.slots, desk, caller, who)
        attempt["amends"] = OWED
    _try_again(exchange, who, now_s)


@compiled
def _try_again(exchange: Exchange, who: int, now_s: float) -> None:
    """Who was not answered redials, if willing."""
    caller = exchange.callers[who]
    if caller["trying"] + 1 < caller["beyond"]:
        after_s = exchange.tries[caller["trying"] + 1]["redial_after_s"]
        enter(exchange.events, exchange.house, now_s + after_s, REDIALS, who)


@compiled
def _after(exchange: Exchange, brand: int, now_s: float) -> None:
    """After every event of a brand the crew looks whom to ring: nobody while the flow is on."""
    desk, house = exchange.desks[brand], exchange.house
    if house[0]["has_flow"] == 0:
        return
    while rings(desk, house, now_s) and not look(exchange.slots, desk, house, now_s):
        who = next_owed(exchange.callers, exchange.slots, desk)
        settle(exchange.tries, desk, exchange.callers[who], True)
        desk["crew_busy"] += 1
        enter(exchange.events, house, now_s + exchange.callers[who]["crew_handle_s"], CREW_DONE, who)
    _tick_from(exchange, brand, now_s)


@compiled
def _tick_from(exchange: Exchange, brand: int, now_s: float) -> None:
    """While somebody waits or is owed, look again each minute: the flow ends, and hours begin, without a call."""
    desk, house = exchange.desks[brand], exchange.house[0]
    if house["has_flow"] == 0 or desk["ticking"] == 1 or now_s >= house["crew_last_s"]:
        return
    if desk["waiting"] > 0 or (house["crew_agents"] > 0 and desk["owed_callers"] > 0):
        desk["ticking"] = 1
        enter(exchange.events, exchange.house, next_minute_s(exchange.house, now_s), TICK, brand)
