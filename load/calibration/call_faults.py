"""What can be wrong with a call as a whole, though each of its columns can be read; and what is worked out of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dialtest.language import _

LONGEST_S = 43_200
"""No call is longer than half a day: what seems so is two clocks, or a line that never hung up (ours)."""
TOLERANCE_S = 2
DAY_S = 86_400


def expected_calls() -> Mapping[str, tuple[str, str]]:
    """Cause → what was expected, and what to do."""
    correct = _("Correct the row in its source and export it again.")
    clocks = _("The call is left out. Where there are many, set the clocks of the exchange.")
    return {
        "unknown outcome": (_("answered, abandoned, diverted or busy"), correct),
        "impossible time of day": (_("a time of day such as 9:05:30"), correct),
        "impossible length": (_("seconds, such as 95"), correct),
        "impossible batch": (_("the number of a batch, 0 for none"), correct),
        "negative time": (_("an end after its begin"), clocks),
        "clock jump": (_("times that agree with each other"), clocks),
        "absurd length": (_("a call shorter than half a day"), clocks),
        "unfinished call": (_("how the call ended"), _("Export the day again when its calls are over.")),
        "phantom call": (_("a caller"), _("The exchange itself says that nobody was there; the call is left out.")),
        "no agent asked for": (_("a call that asked for an agent"), _("It stayed in the menu; the call is left out.")),
        "no time of the call": (_("when the caller asked for an agent"), correct),
        "duplicate id": (_("an id no other record has"), _("The first one was used.")),
    }


_CALL_SQL = f"""
SELECT *, CASE
    WHEN outcome = 'phantom' THEN 'phantom call'
    WHEN outcome = 'left_menu' THEN 'no agent asked for'
    WHEN outcome = 'waiting' THEN 'unfinished call'
    WHEN came_at IS NULL THEN 'no time of the call'
    WHEN answered_at < asked_at OR left_at < asked_at OR ended_at < asked_at OR ended_at < answered_at
      OR ended_at < left_at OR called_back_at < asked_at OR wait_s < 0 OR handled_s < 0 OR waited_s < 0 OR served_s < 0
      THEN 'negative time'
    WHEN abs(wait_s - epoch(coalesce(answered_at, left_at) - asked_at)) > {TOLERANCE_S} THEN 'clock jump'
    WHEN waited_s > {LONGEST_S} OR served_s > {LONGEST_S} THEN 'absurd length'
    WHEN outcome IN ({{told}}) AND CASE WHEN outcome = 'answered' THEN served_s ELSE waited_s END IS NULL
      THEN 'unfinished call'
  END AS fault
FROM (SELECT *, CASE WHEN outcome = 'busy' THEN coalesce(asked_at, began_at) ELSE asked_at END AS came_at,
    CASE WHEN outcome = 'busy' THEN 0 ELSE
      coalesce(wait_s, epoch(answered_at - asked_at), epoch(left_at - asked_at),
        CASE outcome WHEN 'answered' THEN epoch(ended_at - asked_at) - handled_s
          WHEN 'abandoned' THEN epoch(ended_at - asked_at) END) END AS waited_s,
    CASE WHEN outcome = 'answered' THEN
      coalesce(handled_s, epoch(ended_at - coalesce(answered_at, left_at, asked_at + to_microseconds(
        CAST(wait_s * 1000000 AS BIGINT))))) END AS served_s,
    call AS one_call
  FROM rows_read) AS worked_out
"""
"""dialtest's own records. What several columns say is taken from the most direct of them."""


def call_sql(columns: Collection[str]) -> str:
    """The SQL for records with these columns.

    A call whose length the columns could tell, and which has none, had not ended; without such columns it is a call of
    unknown length.
    """
    told = ["''"]
    if "handled_s" in columns or ("ended_at" in columns and {"answered_at", "left_at", "wait_s"} & {*columns}):
        told.append("'answered'")
    if {"wait_s", "left_at", "ended_at"} & {*columns}:
        told.append("'abandoned'")
    return _CALL_SQL.replace("{told}", ", ".join(told))


def _pair(start: str, end: str, length: str) -> tuple[str, str, str]:
    """SQL for whether a begin, an end and the length between them are negative, unfinished, or contradict each other.

    The times of day may have midnight between them.
    """
    turned = f"({end} - {start} + {DAY_S}) % {DAY_S}"
    negative = f"{length} < 0"
    unfinished = f"({start} > 0 AND {end} = 0 AND {length} = 0)"
    return negative, unfinished, f"abs({turned} - {length}) > {TOLERANCE_S}"


_PAIRS = [_pair(f"{part}_{begin}", f"{part}_exit", f"{part}_time")
          for part, begin in (("vru", "entry"), ("q", "start"), ("ser", "start"))]  # fmt: skip
_NEGATIVE, _UNFINISHED, _JUMP = (" OR ".join(kind) for kind in zip(*_PAIRS, strict=True))

BANK_SQL = f"""
SELECT *, CASE
    WHEN outcome = 'phantom' THEN 'phantom call'
    WHEN {_NEGATIVE} THEN 'negative time'
    WHEN outcome = 'waiting' OR {_UNFINISHED} THEN 'unfinished call'
    WHEN {_JUMP} THEN 'clock jump'
    WHEN q_time > {LONGEST_S} OR ser_time > {LONGEST_S} THEN 'absurd length'
  END AS fault
FROM (SELECT *, day + to_seconds(vru_entry) AS came_at, q_time AS waited_s,
    CASE WHEN outcome = 'answered' AND coalesce(server, '') <> 'no_server' THEN ser_time END AS served_s,
    day + to_seconds(vru_entry + (CASE WHEN q_time > 0 THEN q_exit ELSE vru_exit END - vru_entry + {DAY_S}) % {DAY_S})
      AS left_at,
    CAST(NULL AS VARCHAR) AS brand, CAST(NULL AS INTEGER) AS batch,
    coalesce(line, '') || '/' || call AS one_call
  FROM rows_read) AS worked_out
"""
"""The bank's records. An agent called NO_SERVER is none: the call was answered by nobody in particular, and its length
is no handle time.
"""
