"""Both whole-file audits on N charge records (N rows a side), and the best SQL written by hand for the same answer.

Run as `python -m tests.bench.audit N [memory]`; prints one JSON object. Exports are made by the engine from a seed.
The SQL by hand knows one market's dates as constants, and trusts clean exports: typed, without a bad or doubled row. Of
flawed ones, with a bad number and a doubled id in every 100,000 rows, it has to find these as well.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from dialtest.audit.fee_audit import audit_fees, write_fee_findings
from dialtest.audit.reconciliation import reconcile, write_mismatches
from dialtest.audit.workspace import DEFAULT_MEMORY, Workspace, open_workspace
from dialtest.catalogue.catalogue import load_whole_catalogue
from dialtest.clock import monotonic_s
from dialtest.policy.load import load_policy

SERVICES, SHARE_OF_SUBSCRIPTIONS, ROUNDS, SEED = 148, 0.6, 3, 7
HEADS = "企业代码,SP名称,服务代码,业务代码,业务名称,业务类型,计费类型,资费,订购指令,退订指令,客服电话\n"

SUBSCRIPTIONS = """
SELECT (13900000000 + i // 3)::VARCHAR AS msisdn, '9' || lpad((i * 7 % 50)::VARCHAR, 5, '0') AS provider_code,
  'S' || (i * 7 % 50 + (i % 3) * 50) AS service_code,
  CASE WHEN hash(i, $seed, 1) % 10 = 0 THEN 'withdrawn' ELSE 'active' END AS status,
  TIMESTAMP '2006-04-28' + to_seconds((hash(i, $seed, 2) % 8000000)::BIGINT) AS ordered_at,
  CASE WHEN hash(i, $seed, 1) % 10 = 0
    THEN TIMESTAMP '2006-08-01' + to_seconds((hash(i, $seed, 3) % 4000000)::BIGINT) END AS withdrawn_at,
  'sms' AS channel, TIMESTAMP '2006-09-15' AS updated_at
FROM range($rows) AS t(i)
"""
CHARGES = """
SELECT 'C' || lpad(i::VARCHAR, 10, '0') AS cdr_id, (13900000000 + (i % $held) // 3)::VARCHAR AS msisdn,
  '9' || lpad(((i % $held) * 7 % 50)::VARCHAR, 5, '0') AS provider_code,
  'S' || ((i % $held) * 7 % 50 + ((i % $held) % 3) * 50) AS service_code,
  CASE WHEN i < $held THEN TIMESTAMP '2006-09-01' WHEN hash(i, $seed, 7) % 100 = 0 THEN TIMESTAMP '2006-09-01 00:00:01'
    ELSE TIMESTAMP '2006-10-01' END - to_days(CASE WHEN hash(i, $seed, 4) % 50 = 0 THEN 3 ELSE 0 END) AS charged_at,
  CASE WHEN hash(i, $seed, 5) % 100 = 0 THEN 900 ELSE 500 END AS fee_fen,
  CASE WHEN hash(i, $seed, 6) % 10 = 0 THEN 'per_use' ELSE 'monthly' END AS kind,
  CASE WHEN hash(i, $seed, 6) % 100 <> 0 THEN 'M' || i END AS proof_id
FROM range($rows) AS t(i)
"""
FLAWED = """
SELECT * EXCLUDE (i) REPLACE (CASE WHEN i % 100000 = 77 THEN '0x' || i ELSE msisdn END AS msisdn,
  CASE WHEN i % 100000 = 99 THEN 'C' || lpad((i - 1)::VARCHAR, 10, '0') ELSE cdr_id END AS cdr_id)
FROM (SELECT *, file_row_number AS i FROM read_parquet($charges))
"""
OTHER_SIDE = """
SELECT * REPLACE (CASE WHEN hash(msisdn, service_code, 1) % 1000 = 1 THEN 'web' ELSE channel END AS channel,
  updated_at + to_seconds((hash(msisdn, service_code, 2) % 303)::BIGINT) AS updated_at)
FROM read_parquet($boss) WHERE hash(msisdn, service_code) % 1000 <> 0
"""
CHARGES_BY_HAND = """
CREATE TABLE again AS SELECT DISTINCT key FROM (
  SELECT key, lag(key) OVER (ORDER BY key) AS before
  FROM (SELECT hash(msisdn, service_code) AS key FROM {subscriptions})
) WHERE key = before;
CREATE VIEW held AS
WITH told AS (
  SELECT msisdn, provider_code, service_code, ordered_at, withdrawn_at,
    rank() OVER (PARTITION BY msisdn, provider_code, service_code ORDER BY ordered_at) AS number
  FROM {subscriptions} WHERE hash(msisdn, service_code) IN (FROM again)
)
SELECT msisdn, provider_code, service_code, ordered_at, NULL::TIMESTAMP AS again_at,
  coalesce(withdrawn_at, TIMESTAMP '9999-01-01') AS held_until,
  date_trunc('month', ordered_at)
    + CASE WHEN day(ordered_at) >= 21 THEN INTERVAL 2 MONTH ELSE INTERVAL 1 MONTH END AS charged_from
FROM {subscriptions} WHERE hash(msisdn, service_code) NOT IN (FROM again)
UNION ALL
SELECT msisdn, provider_code, service_code, ordered_at,
  lead(ordered_at) OVER orders,
  max(coalesce(withdrawn_at, TIMESTAMP '9999-01-01')) OVER orders,
  min(date_trunc('month', ordered_at)
    + CASE WHEN number = 1 AND day(ordered_at) >= 21 THEN INTERVAL 2 MONTH ELSE INTERVAL 1 MONTH END
  ) OVER orders
FROM told WINDOW orders AS (PARTITION BY msisdn, provider_code, service_code ORDER BY ordered_at);
CREATE TABLE crowded AS SELECT DISTINCT key FROM (
  SELECT key, lag(key) OVER (ORDER BY key) AS before
  FROM (SELECT hash(msisdn, service_code, month(charged_at)) AS key FROM {charges} WHERE kind = 'monthly')
) WHERE key = before;
CREATE TABLE early AS
SELECT cdr_id FROM (
  SELECT cdr_id, row_number() OVER (
    PARTITION BY msisdn, provider_code, service_code, date_trunc('month', charged_at) ORDER BY charged_at, cdr_id
  ) AS number
  FROM {charges} WHERE kind = 'monthly' AND hash(msisdn, service_code, month(charged_at)) IN (FROM crowded)
) WHERE number > 1;
CREATE TABLE breach AS
SELECT *, CASE WHEN breach = 'over_tariff' THEN fee_fen - filed ELSE fee_fen END AS at_risk, 2 * at_risk AS refund_due
FROM (
  SELECT c.*, f.fee_fen AS filed, h.ordered_at, h.held_until, h.charged_from, CASE
    WHEN f.fee_fen IS NULL THEN 'not_filed'
    WHEN c.kind = 'monthly' AND h.ordered_at IS NULL THEN 'no_subscription'
    WHEN c.kind = 'monthly' AND h.held_until < c.charged_at THEN 'after_withdrawal'
    WHEN c.kind = 'monthly' AND c.charged_at < h.charged_from THEN 'in_free_period'
    WHEN c.kind = 'monthly' AND day(c.charged_at) <> 1 THEN 'before_first'
    WHEN e.cdr_id IS NOT NULL THEN 'twice_in_month'
    WHEN c.fee_fen > f.fee_fen THEN 'over_tariff'
    WHEN c.kind = 'per_use' AND c.proof_id IS NULL THEN 'no_active_use' END AS breach
  FROM {charges} AS c
  LEFT JOIN filing AS f USING (provider_code, service_code)
  LEFT JOIN held AS h ON h.msisdn = c.msisdn AND h.provider_code = c.provider_code
    AND h.service_code = c.service_code AND h.ordered_at <= c.charged_at
    AND (h.again_at IS NULL OR c.charged_at < h.again_at)
  LEFT JOIN early AS e ON e.cdr_id = c.cdr_id
) WHERE breach IS NOT NULL;
COPY (SELECT * FROM breach ORDER BY charged_at, cdr_id) TO '{out}' (HEADER);
"""
SUMS_BY_HAND = "SELECT breach, count(*), sum(at_risk)::BIGINT, sum(refund_due)::BIGINT FROM breach GROUP BY breach"
LOADED_BY_HAND = """
CREATE TABLE charges AS FROM read_csv('{charges}', auto_detect=false, header=true, columns={{
  'cdr_id': 'VARCHAR', 'msisdn': 'BIGINT', 'provider_code': 'INTEGER', 'service_code': 'VARCHAR',
  'charged_at': 'TIMESTAMP', 'fee_fen': 'INTEGER', 'kind': 'VARCHAR', 'proof_id': 'VARCHAR'
}});
CREATE TABLE subscriptions AS SELECT msisdn, provider_code, service_code, ordered_at, withdrawn_at
FROM read_csv('{subscriptions}', auto_detect=false, header=true, columns={{
  'msisdn': 'BIGINT', 'provider_code': 'INTEGER', 'service_code': 'VARCHAR', 'status': 'VARCHAR',
  'ordered_at': 'TIMESTAMP', 'withdrawn_at': 'TIMESTAMP', 'channel': 'VARCHAR', 'updated_at': 'TIMESTAMP'
}});
ALTER TABLE filing ALTER provider_code TYPE INTEGER;
"""
CHECKED_BY_HAND = """
CREATE TABLE unreadable AS SELECT file_row_number AS place FROM read_parquet('{charges}') WHERE NOT coalesce(
  strlen(cdr_id) BETWEEN 1 AND 64 AND strlen(msisdn) BETWEEN 5 AND 20 AND NOT msisdn GLOB '*[!0-9]*'
  AND charged_at BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2036-12-31' AND fee_fen >= 0
  AND kind IN ('monthly', 'per_use'), FALSE);
CREATE TABLE unreadable_held AS SELECT file_row_number AS place FROM read_parquet('{subscriptions}') WHERE NOT coalesce(
  strlen(msisdn) BETWEEN 5 AND 20 AND NOT msisdn GLOB '*[!0-9]*'
  AND ordered_at BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2036-12-31'
  AND (withdrawn_at IS NULL OR withdrawn_at BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2036-12-31'), FALSE);
CREATE TABLE alike AS SELECT DISTINCT key FROM (
  SELECT key, lag(key) OVER (ORDER BY key) AS before FROM (SELECT hash(cdr_id) AS key FROM read_parquet('{charges}'))
) WHERE key = before;
CREATE TABLE doubled AS SELECT place FROM (
  SELECT file_row_number AS place, row_number() OVER (PARTITION BY cdr_id
    ORDER BY charged_at, msisdn, provider_code, service_code, fee_fen, kind, file_row_number) AS number
  FROM read_parquet('{charges}')
  WHERE hash(cdr_id) IN (FROM alike) AND file_row_number NOT IN (FROM unreadable)
) WHERE number > 1;
CREATE VIEW good_charges AS FROM read_parquet('{charges}')
WHERE file_row_number NOT IN (FROM unreadable UNION ALL FROM doubled);
CREATE VIEW good_subscriptions AS FROM read_parquet('{subscriptions}')
WHERE file_row_number NOT IN (FROM unreadable_held);
"""
CHECKED_TEXT_BY_HAND = """
CREATE TABLE good_charges AS SELECT * REPLACE (
  CASE WHEN strlen(msisdn) BETWEEN 5 AND 18 AND NOT msisdn GLOB '*[!0-9]*' THEN msisdn::BIGINT END AS msisdn
) FROM read_csv('{charges}', auto_detect=false, header=true, store_rejects=true, columns={{
  'cdr_id': 'VARCHAR', 'msisdn': 'VARCHAR', 'provider_code': 'INTEGER', 'service_code': 'VARCHAR',
  'charged_at': 'TIMESTAMP', 'fee_fen': 'INTEGER', 'kind': 'VARCHAR', 'proof_id': 'VARCHAR'
}});
CREATE TABLE good_subscriptions AS SELECT
  CASE WHEN strlen(msisdn) BETWEEN 5 AND 18 AND NOT msisdn GLOB '*[!0-9]*' THEN msisdn::BIGINT END AS msisdn,
  provider_code, service_code, ordered_at, withdrawn_at
FROM read_csv('{subscriptions}', auto_detect=false, header=true, store_rejects=true, columns={{
  'msisdn': 'VARCHAR', 'provider_code': 'INTEGER', 'service_code': 'VARCHAR', 'status': 'VARCHAR',
  'ordered_at': 'TIMESTAMP', 'withdrawn_at': 'TIMESTAMP', 'channel': 'VARCHAR', 'updated_at': 'TIMESTAMP'
}});
CREATE TABLE unreadable AS SELECT rowid AS place FROM good_charges WHERE NOT coalesce(
  strlen(cdr_id) BETWEEN 1 AND 64 AND msisdn IS NOT NULL AND fee_fen >= 0 AND kind IN ('monthly', 'per_use')
  AND charged_at BETWEEN TIMESTAMP '1990-01-01' AND TIMESTAMP '2036-12-31', FALSE);
CREATE TABLE alike AS SELECT DISTINCT key FROM (
  SELECT key, lag(key) OVER (ORDER BY key) AS before FROM (SELECT hash(cdr_id) AS key FROM good_charges)
) WHERE key = before;
CREATE TABLE doubled AS SELECT place FROM (
  SELECT rowid AS place, row_number() OVER (PARTITION BY cdr_id
    ORDER BY charged_at, msisdn, provider_code, service_code, fee_fen, kind, rowid) AS number
  FROM good_charges WHERE hash(cdr_id) IN (FROM alike) AND rowid NOT IN (FROM unreadable)
) WHERE number > 1;
DELETE FROM good_charges WHERE rowid IN (FROM unreadable UNION ALL FROM doubled);
ALTER TABLE filing ALTER provider_code TYPE INTEGER;
"""
SIDES_BY_HAND = """
CREATE TABLE mismatch AS SELECT *, b.msisdn IS NULL AS only_misc, m.msisdn IS NULL AS only_boss,
  b.status IS NOT NULL AND m.status IS NOT NULL AND (b.status <> m.status OR b.ordered_at <> m.ordered_at
    OR b.withdrawn_at IS DISTINCT FROM m.withdrawn_at OR b.channel IS DISTINCT FROM m.channel) AS differ,
  abs(epoch(b.updated_at) - epoch(m.updated_at)) > 300 AS out_of_step
FROM read_parquet('{boss}') AS b FULL OUTER JOIN read_parquet('{misc}') AS m
  USING (msisdn, provider_code, service_code)
WHERE b.msisdn IS NULL OR m.msisdn IS NULL OR b.status <> m.status OR b.ordered_at <> m.ordered_at
  OR b.withdrawn_at IS DISTINCT FROM m.withdrawn_at OR b.channel IS DISTINCT FROM m.channel
  OR abs(epoch(b.updated_at) - epoch(m.updated_at)) > 300;
COPY mismatch TO '{out}' (HEADER);
"""


def make(folder: Path, rows: int, sides: int) -> None:
    """Filings, `rows` charges, subscriptions for them, and two ledgers of `sides` rows."""
    lines = (
        f"9{k % 50:05d},提供商{k % 50},10660{k:03d},S{k},业务{k},短信,包月,5元/月,DZ,TD,9510{k:03d}"
        for k in range(SERVICES)
    )
    (folder / "catalogue.csv").write_text(HEADS + "\n".join(lines) + "\n", encoding="utf-8")
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    held = int(rows * SHARE_OF_SUBSCRIPTIONS)
    for name, query, values in (
        ("subscriptions", SUBSCRIPTIONS, {"rows": held, "seed": SEED}),
        ("charges", CHARGES, {"rows": rows, "held": held, "seed": SEED}),
        ("boss", SUBSCRIPTIONS, {"rows": sides, "seed": SEED}),
        ("misc", OTHER_SIDE, {"boss": str(folder / "boss.parquet")}),
    ):
        connection.execute(f"CREATE OR REPLACE TABLE made AS {query}", values)
        connection.execute(f"COPY made TO '{folder / name}.parquet' (COMPRESSION zstd)")
    connection.execute("DROP TABLE made")
    file = folder / "charges"
    flawed = FLAWED.replace("$charges", f"'{file}.parquet'")
    connection.execute(f"COPY ({flawed}) TO '{file}_flawed.parquet' (COMPRESSION zstd)")
    connection.execute(f"COPY (FROM '{file}_flawed.parquet') TO '{file}_flawed.csv'")
    for name, key in (("subscriptions", "msisdn || service_code"), ("charges", "cdr_id")):
        file = folder / name
        shuffled = f"(FROM '{file}.parquet' ORDER BY hash({key} || {SEED}))"
        connection.execute(f"COPY {shuffled} TO '{file}_shuffled.parquet' (COMPRESSION zstd)")
        for order in ("", "_shuffled"):
            connection.execute(f"COPY (FROM '{file}{order}.parquet') TO '{file}{order}.csv'")


def fees(folder: Path, workspace: Workspace, ending: str) -> object:
    """Ours."""
    services = load_whole_catalogue(folder / "catalogue.csv")
    files = exports(folder, ending).values()
    found = audit_fees(workspace, load_policy("monternet-2006"), services, *([file] for file in files))
    write_fee_findings(workspace, folder / "ours.csv")
    counts = {breach: count for breach, count in found.by_breach.items() if count}
    rejected = [found.problems.causes[cause] for cause in ("impossible number", "duplicate id")]
    return counts, found.at_risk_fen, found.refund_due_fen, rejected


def fees_by_hand(folder: Path, workspace: Workspace, ending: str) -> object:
    """The SQL by hand; filings are read as we read them. Text is loaded once: quicker than reading it for every use."""
    workspace.run("", "CREATE TABLE filing (provider_code VARCHAR, service_code VARCHAR, fee_fen BIGINT)")
    services = load_whole_catalogue(folder / "catalogue.csv").values()
    workspace.fill("filing", [(filed.provider_code, filed.service_code, filed.fee_fen) for filed in services])
    files, flawed, text = exports(folder, ending), "flawed" in ending, ending.endswith("csv")
    tables = {name: f"read_parquet('{file}')" for name, file in files.items()}
    if flawed:
        workspace.run("", (CHECKED_TEXT_BY_HAND if text else CHECKED_BY_HAND).format(**files))
        tables = {name: f"good_{name}" for name in files}
    elif text:
        workspace.run("", LOADED_BY_HAND.format(**files))
        tables = {name: name for name in files}
    workspace.run("", CHARGES_BY_HAND.format(**tables, out=folder / "by_hand.csv"))
    sums = {str(breach): [int(str(sum_)) for sum_ in rest] for breach, *rest in workspace.rows(SUMS_BY_HAND)}
    counts = {breach: sums[breach][0] for breach in ORDER if breach in sums}
    flaws = ("SELECT count(*) FROM unreadable", "SELECT count(*) FROM doubled")
    rejected = [workspace.number(flaw) if flawed else 0 for flaw in flaws]
    return counts, *(sum(row[place] for row in sums.values()) for place in (1, 2)), rejected


def exports(folder: Path, ending: str) -> dict[str, Path]:
    """The charges and their subscriptions, which have no flaws."""
    return {
        "charges": folder / f"charges{ending}",
        "subscriptions": folder / f"subscriptions{ending}".replace("_flawed", ""),
    }


ORDER = (
    "not_filed", "no_subscription", "after_withdrawal", "in_free_period", "before_first", "twice_in_month",
    "over_tariff", "no_active_use",
)  # fmt: skip


def sides(folder: Path, workspace: Workspace, _ending: str) -> object:
    """Ours."""
    found = reconcile(workspace, load_policy("monternet-2006"), folder / "boss.parquet", folder / "misc.parquet")
    write_mismatches(workspace, folder / "ours.csv")
    return found.only_boss, found.only_misc, found.differ, found.out_of_step


def sides_by_hand(folder: Path, workspace: Workspace, _ending: str) -> object:
    """The SQL by hand."""
    files = {"boss": folder / "boss.parquet", "misc": folder / "misc.parquet", "out": folder / "by_hand.csv"}
    workspace.run("", SIDES_BY_HAND.format(**files))
    kinds = ", ".join(f"count(*) FILTER ({kind})" for kind in ("only_boss", "only_misc", "differ", "out_of_step"))
    return workspace.rows(f"SELECT {kinds} FROM mismatch")[0]  # noqa: S608 - no text from outside


FEES = {"fees_parquet": ".parquet", "fees_csv": ".csv"} | {
    "fees_parquet_shuffled": "_shuffled.parquet", "fees_csv_shuffled": "_shuffled.csv",
    "fees_parquet_flawed": "_flawed.parquet", "fees_csv_flawed": "_flawed.csv",
}  # fmt: skip
"""Kinds of exports: as they were made, ids in order; charges and subscriptions shuffled; charges with flaws."""
TASKS: dict[str, tuple[Callable[[Path, Workspace, str], object], str]] = {
    **{f"{name}{by}": (work, ending) for name, ending in FEES.items() for by, work in
       (("", fees), ("_by_hand", fees_by_hand))},
    "sides": (sides, ""),
    "sides_by_hand": (sides_by_hand, ""),
}  # fmt: skip


def once(task: str, folder: Path, memory: str) -> dict[str, Any]:
    """One task in this process: its answer, seconds and peak memory."""
    work, ending = TASKS[task]
    began_s = monotonic_s()
    with open_workspace(memory) as workspace:
        answer = work(folder, workspace, ending)
    seconds = monotonic_s() - began_s
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {"seconds": seconds, "processor_s": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
    return {"answer": json.dumps(answer)} | {name: round(figure, 2) for name, figure in figures.items()}


def apart(task: str, folder: Path, memory: str) -> dict[str, Any]:
    """One task in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "tests.bench.audit", "--once", task, str(folder), memory]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(rows: int, memory: str = DEFAULT_MEMORY, rounds: int = ROUNDS) -> dict[str, Any]:
    """All tasks in turns, so that a machine that slows down slows all of them; the best round of each counts."""
    found: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as name:
        # Apart, since whoever is started later would begin with this process's peak of memory.
        maker = get_context("spawn").Process(target=make, args=(Path(name), rows, rows))
        maker.start()
        maker.join()
        if maker.exitcode:
            raise SystemExit("the exports could not be made; what went wrong stands above")
        for _ in range(rounds):
            for task in TASKS:
                found.setdefault(task, []).append(apart(task, Path(name), memory))
    told: dict[str, Any] = {"rows": rows, "subscriptions": int(rows * SHARE_OF_SUBSCRIPTIONS), "memory_limit": memory}
    for task, figures in found.items():
        best = min(figures, key=lambda figure: figure["seconds"])
        told[task] = {
            "rows_per_second": round(rows / best["seconds"]),
            "seconds": best["seconds"],
            "processor_s": min(figure["processor_s"] for figure in figures),
            "peak_mb": round(max(figure["peak_mb"] for figure in figures)),
        }
    for task in (*FEES, "sides"):
        if found[task][0]["answer"] != found[f"{task}_by_hand"][0]["answer"]:
            raise SystemExit(f"{task}: {found[task][0]['answer']} is not {found[f'{task}_by_hand'][0]['answer']}")
        by_hand = told[f"{task}_by_hand"]
        told[f"{task}_to_by_hand"] = round(told[task]["seconds"] / by_hand["seconds"], 2)
        told[f"{task}_to_by_hand_in_processor_time"] = round(told[task]["processor_s"] / by_hand["processor_s"], 2)
    told["answer"] = json.loads(found["fees_parquet"][0]["answer"])
    return told


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        print(json.dumps(once(sys.argv[2], Path(sys.argv[3]), sys.argv[4])))
    else:
        print(json.dumps(measure(int(sys.argv[1]), (sys.argv[2:] or [DEFAULT_MEMORY])[0])))
