"""A plan with anything wrong in it is refused with one message that names the key, what is there, and what to do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from load.plan.reading import load_plan, parse_plan

BATCH = """
[[batch]]
number = 1
brand = "mzone"
size = 1000
start = "2006-08-21T10:00:00+08:00"
messages_per_s = 5
"""
REST = """
[callback]
share = 0.4
delay = { law = "exponential", mean_s = 3600 }
[call]
handle = { law = "exponential", mean_s = 180 }
patience = { law = "exponential", mean_s = 120 }
[agents]
mzone = 10
"""
PLAN = BATCH + REST


def refused(text: str) -> DialtestError:
    with pytest.raises(DialtestError) as told:
        parse_plan(text, "plan.toml")
    assert "plan.toml" in str(told.value)
    assert 2 == told.value.exit_code
    return told.value


def without(line: str) -> str:
    assert line in PLAN
    return PLAN.replace(line + "\n", "")


def changed(line: str, other: str) -> str:
    assert line in PLAN
    return PLAN.replace(line, other)


def shifts(*stated: str) -> str:
    return changed("mzone = 10", f"mzone = [{', '.join('{ ' + one + ' }' for one in stated)}]")


def shift(begins: str, ends: str, agents: object = 5) -> str:
    return f'from = "{begins}", until = "{ends}", agents = {agents}'


def test_the_plan_these_tests_spoil_is_a_good_one() -> None:
    assert 1000 == parse_plan(PLAN, "plan.toml").batches[0].size


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "batch"),
        ("# nothing\n", "batch"),
        (REST, "batch"),
        (changed("size = 1000", "size = -1"), "batch[1].size"),
        (changed("size = 1000", "size = 1e30"), "batch[1].size"),
        (changed("size = 1000", "size = 10.5"), "batch[1].size"),
        (changed("size = 1000", 'size = "many"'), "batch[1].size"),
        (changed("size = 1000", "size = true"), "batch[1].size"),
        (changed("size = 1000", "size = nan"), "batch[1].size"),
        (changed("size = 1000", "size = 1" + "0" * 400), "batch[1].size"),
        (without("size = 1000"), "batch[1].size"),
        (without("number = 1"), "batch[1].number"),
        (changed("messages_per_s = 5", "messages_per_s = -200"), "batch[1].messages_per_s"),
        (changed("messages_per_s = 5", "messages_per_s = 1e9"), "batch[1].messages_per_s"),
        (changed("messages_per_s = 5", "messages_per_s = inf"), "batch[1].messages_per_s"),
        (changed("messages_per_s = 5", "messages_per_s = 1e-6"), "batch[1].messages_per_s"),
        (changed('brand = "mzone"', 'brand = "m-zone"'), "batch[1].brand"),
        (changed('brand = "mzone"', 'brand = ["mzone"]'), "batch[1].brand"),
        (changed("2006-08-21T10:00:00+08:00", "tomorrow"), "batch[1].start"),
        (changed("2006-08-21T10:00:00+08:00", "0001-01-01T00:00:00+08:00"), "batch[1].start"),
        (changed('start = "2006-08-21T10:00:00+08:00"', "start = 2006-08-21"), "batch[1].start"),
        (PLAN + BATCH.replace("size = 1000", "size = 2000"), "batch.number"),
        (changed("share = 0.4", "share = 40"), "callback.share"),
        (changed("share = 0.4", "share = 0.4\ninstead_sms = 0.8\ninstead_web = 0.3"), "callback.instead_sms"),
        (changed("mean_s = 3600", "mean_s = 0"), "callback.delay.mean_s"),
        (changed("mean_s = 180", "mean_s = -180"), "call.handle.mean_s"),
        (changed("mean_s = 120", "mean_s = 1e99"), "call.patience.mean_s"),
        (changed('handle = { law = "exponential"', 'handle = { law = "weibull"'), "call.handle.law"),
        (changed('handle = { law = "exponential"', "handle = { law = 7"), "call.handle.law"),
        (changed('handle = { law = "exponential"', 'handle = { law = "lognormal"'), "call.handle.sigma"),
        (changed('handle = { law = "exponential"', 'handle = { law = "erlang", phases = 2.5'), "call.handle.phases"),
        (changed('handle = { law = "exponential"', 'handle = { law = "never"'), "call.handle.law"),
        (changed('handle = { law = "exponential", mean_s = 180 }', "handle = []"), "call.handle.values_s"),
        (changed('handle = { law = "exponential", mean_s = 180 }', "handle = [1, -2]"), "call.handle.values_s"),
        (changed('handle = { law = "exponential", mean_s = 180 }', "handle = [0, 0]"), "call.handle.values_s"),
        (changed('handle = { law = "exponential", mean_s = 180 }', 'handle = ["3 min"]'), "call.handle.values_s"),
        (changed('handle = { law = "exponential", mean_s = 180 }', "handle = [1" + "0" * 400 + "]"),
         "call.handle.values_s"),
        (changed('handle = { law = "exponential", mean_s = 180 }', "handle = 180"), "call.handle"),
        (changed("mzone = 10", "mzone = 0"), "agents.mzone"),
        (changed("mzone = 10", "mzone = -3"), "agents.mzone"),
        (changed("mzone = 10", "mzone = 1.5"), "agents.mzone"),
        (changed("mzone = 10", "mzone = 1e9"), "agents.mzone"),
        (changed("mzone = 10", "mzone = []"), "agents.mzone"),
        (changed("mzone = 10", "easyown = 10"), "agents.mzone"),
        (changed("[agents]\nmzone = 10", ""), "agents.mzone"),
        (shifts(shift("00:00", "12:00"), shift("11:00", "24:00")), "agents.mzone"),
        (shifts(shift("00:00", "12:00"), shift("13:00", "24:00")), "agents.mzone"),
        (shifts(shift("08:00", "24:00")), "agents.mzone"),
        (shifts(shift("00:00", "24:00", 0)), "agents.mzone"),
        (shifts(shift("00:00", "24:00"), shift("00:00", "24:00")), "agents.mzone"),
        (shifts(shift("22:00", "06:00"), shift("06:00", "22:00")), "agents.mzone"),
        (shifts(shift("0:00", "25:00")), "agents.mzone[1].until"),
        (shifts('from = "00:00", until = "24:00"'), "agents.mzone[1].agents"),
        (PLAN + "[background]\nmzone = [1, 2, 3]\n", "background.mzone"),
        (PLAN + "[background]\nmzone = -5\n", "background.mzone"),
        (PLAN + '[quiet]\nfrom = "20:00"\nuntil = "20:00"\n', "quiet.until"),
        (PLAN + '[quiet]\nfrom = "24:00"\nuntil = "00:00"\n', "quiet.until"),
        (PLAN + '[quiet]\nfrom = "late"\nuntil = "09:00"\n', "quiet.from"),
        (PLAN + '[quiet]\nfrom = "20:00"\n', "quiet.until"),
        (PLAN + '[[pool]]\nbrands = ["easyown"]\nagents = 3\n', "pool[1].brands"),
        (PLAN + '[[pool]]\nbrands = ["mzone"]\n', "pool[1].agents"),
        (PLAN + "[emergency]\non_below = 0.9\noff_at = 0.8\n", "emergency.off_at"),
        (PLAN + "[lines]\nlines = 0\n", "lines.lines"),
        (PLAN + "[standard]\nmzone = 80\n", "standard.mzone"),
        ('begins = "2006-08-22T00:00:00+08:00"\n' + PLAN, "begins"),
        ('ends = "2006-08-20T00:00:00+08:00"\n' + PLAN, "ends"),
        ('ends = "2026-08-20T00:00:00+08:00"\n' + PLAN, "ends"),
        ("seed = -1\n" + PLAN, "seed"),
        ("batch = 3\n" + REST, "batch"),
        ("call = 3\n" + BATCH + "[agents]\nmzone = 10\n", "call"),
    ],
)  # fmt: skip
def test_one_wrong_value_is_told_with_its_key(text: str, key: str) -> None:
    told = refused(text)
    assert f"{key}:" in str(told).replace("：", ":")
    assert told.remedy


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (changed("messages_per_s", "message_per_s"), "messages_per_s"),
        (changed("[callback]", "[calback]"), "callback"),
        (changed("patience =", "patiense ="), "patience"),
        (changed("mzone = 10", "mzome = 10\nmzone = 10"), "mzone"),
        (changed("share = 0.4", "shares = 0.4"), "share"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(text: str, near: str) -> None:
    assert f"“{near}”" in str(refused(text))


def test_a_second_batch_with_the_number_of_the_first_is_told_for_the_same_brand_only() -> None:
    other = BATCH.replace("mzone", "easyown")
    plan = parse_plan(BATCH + other + REST + "easyown = 5\n", "plan.toml")
    assert ["mzone", "easyown"] == [batch.brand for batch in plan.batches]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = (
        PLAN.replace("size = 1000", "size = -1")
        .replace("share = 0.4", "share = 4")
        .replace("2006-08-21T10", "2006-13-41")
    )
    told = str(refused(text))
    assert all(key in told for key in ("batch[1].size", "callback.share", "batch[1].start"))


@pytest.mark.parametrize(
    "text",
    ["[", "size = ", "\x00", "a = 1\na = 2", "[[batch]]\n[batch]", "a = " + "[" * 2_000, "n = 1" + "0" * 5_000, "{}"],
)
def test_what_is_no_toml_is_told_as_such(text: str) -> None:
    assert refused(text).remedy


def test_a_file_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    for content in (None, b"\xff\xfe\x00", bytes(range(256))):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(DialtestError) as told:
            load_plan(path)
        assert "plan.toml" in told.value.problem
    with pytest.raises(DialtestError):
        load_plan(tmp_path)


def test_calls_that_go_on_for_years_are_refused() -> None:
    with pytest.raises(DialtestError) as told:
        parse_plan(changed("mean_s = 3600", "mean_s = 9_000_000"), "plan.toml")
    assert told.value.remedy


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
    max_leaves=5,
)


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + "}"
    return repr(value)


LINES = [line for line in PLAN.splitlines() if " = " in line]


@given(line=st.sampled_from(LINES), value=VALUES)
@settings(max_examples=150)
def test_whatever_a_key_is_given_the_plan_is_read_or_refused(line: str, value: object) -> None:
    text = PLAN.replace(line, f"{line.partition(' = ')[0]} = {written(value)}")
    with suppress(DialtestError):
        assert parse_plan(text, "plan.toml").batches
