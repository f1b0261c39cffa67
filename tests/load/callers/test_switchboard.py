"""Many callers on one switchboard: they call when they are due, whatever the hotline does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.wire.sip.glance import header_of, method_of
from load.arrivals.calls import BY_PHONE, BY_SMS, BY_WEB
from load.callers.books import spread
from load.callers.share import Share
from load.callers.switchboard import Switchboard
from tests.load.callers.made import HOTLINE, MadeHotline, answer, answers_after, board_of, bye_from_hotline, call, calls

SILENT = MadeHotline(lambda request, now_s: [])


def stalls_at(second: float, until_s: float) -> MadeHotline:
    """Answers in 1 ms; whoever calls from `second` on is answered when the stall is over."""

    def replies(request: bytes, now_s: float) -> Sequence[tuple[float, bytes]]:
        if method_of(request) == b"INVITE":
            ring_s = 0.001 if now_s < second else until_s - now_s + 0.001
            return [(0.0, answer(request, 100, tag="")), (ring_s, answer(request, 200))]
        return [] if method_of(request) == b"ACK" else [(0.0, answer(request, 200))]

    return MadeHotline(replies)


def naive_mean_s() -> float:
    """One caller after the other on the same hotline, each timed from when it was placed: what most tools report."""
    hotline, waits_s, now_s = stalls_at(100, 200), [], 0.0
    while now_s < 200:
        one = call(patience_s=1e9)
        hotline.now_s = now_s
        hotline.post(one.invite(), HOTLINE)
        waits_s.append(hotline.last_reply_s - now_s)
        now_s = max(now_s + 0.01, hotline.last_reply_s)
    return float(np.mean(waits_s))


def test_a_stall_of_100_s_makes_25_s_in_the_mean_not_11_ms() -> None:
    """Coordinated omission: 100 s at 100 calls a second answered in 1 ms, then a stall of 100 s."""
    every_10_ms = np.arange(20_000) / 100
    hotline = stalls_at(100, 200)
    board, books = board_of(hotline, calls(every_10_ms, handle_s=0.0, patience_s=1e9))
    hotline.play(board)
    assert 20_000 == books.tallies[1].answered
    assert pytest.approx(25.0, abs=0.05) == spread(books.times["answer"]).mean_s
    assert pytest.approx(0.011, abs=0.0005) == naive_mean_s()


def test_when_the_load_generator_itself_stands_still_response_time_says_so_and_service_time_does_not() -> None:
    every_50_ms = np.arange(4_000) / 20
    hotline = MadeHotline(answers_after(0.001))
    board, books = board_of(hotline, calls(every_50_ms, handle_s=0.0, patience_s=1e9))
    hotline.play(board, until_s=99.995)
    hotline.now_s = 200.0
    hotline.play(board)
    assert pytest.approx(25.0, abs=0.05) == spread(books.times["answer"]).mean_s
    assert pytest.approx(0.001, abs=0.0005) == spread(books.times["answer_service"]).mean_s
    assert pytest.approx(1_998, abs=4) == books.late


def test_calls_are_placed_when_they_are_due_though_nobody_answers() -> None:
    hotline = MadeHotline(lambda request, now_s: [(0.0, answer(request, 180))] if request[:1] == b"I" else [])
    board, books = board_of(hotline, calls([1.0, 2.0, 4.0, 8.0], patience_s=1e6))
    hotline.play(board, until_s=10.0)
    assert [1.0, 2.0, 4.0, 8.0] == [when_s for when_s, one in hotline.posted if one.startswith(b"INVITE")]
    assert (4, 0, 4) == (books.placed, books.late, len(board.calls))


def test_time_of_the_plan_goes_faster_and_sips_timers_do_not() -> None:
    hotline = MadeHotline(lambda request, now_s: [])
    board, books = board_of(hotline, calls([600.0, 1200.0], patience_s=60.0), speed=60.0)
    hotline.play(board)
    firsts = [when_s for when_s, one in hotline.posted if b"\r\nCall-ID: 0-" in one]
    assert [10.0, 10.5, 11.5, 13.5, 17.5, 25.5, 41.5] == firsts
    assert pytest.approx(2 * 32.0 * 60) == books.tallies[1].waited_s


def test_who_gives_up_dials_again_after_the_attempt_has_ended_as_often_as_willing() -> None:
    def replies(request: bytes, now_s: float) -> Sequence[tuple[float, bytes]]:
        match method_of(request):
            case b"INVITE":
                return [(0.0, answer(request, 180))]
            case b"CANCEL":
                invite = request.replace(b"CANCEL", b"INVITE")
                return [(0.0, answer(request, 200)), (0.0, answer(invite, 487))]
        return []

    hotline = MadeHotline(replies)
    board, books = board_of(hotline, calls([0.0], patience_s=10.0, tries=3, redial_after_s=100.0))
    hotline.play(board)
    tally = books.tallies[1]
    assert [0.0, 110.0, 220.0] == [when_s for when_s, one in hotline.posted if one.startswith(b"INVITE")]
    assert (1, 3, 3, 2, 30.0) == (tally.callers, tally.attempts, tally.abandoned, tally.redials, tally.waited_s)
    assert (1, 3) == (books.ended, spread(books.abandoned_after[1]).count)


def test_who_is_answered_does_not_dial_again() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, books = board_of(hotline, calls([0.0], tries=3))
    hotline.play(board)
    tally = books.tallies[1]
    assert (1, 1, 1, 1) == (tally.attempts, tally.answered, tally.answered_within, tally.callers_answered)


def test_withdrawals_by_sms_and_web_are_no_calls() -> None:
    asked: list[tuple[int, str, float]] = []
    hotline = MadeHotline(answers_after(1.0))
    board, books = board_of(
        hotline, calls([1.0, 2.0, 3.0], way=[BY_PHONE, BY_SMS, BY_WEB]),
        withdraw=lambda caller, brand, way, due_s: asked.append((caller, way, due_s)),
    )  # fmt: skip
    hotline.play(board, until_s=50.0)
    assert [(1, "sms", 2.0), (2, "web", 3.0)] == asked
    board.withdrawn(1, "sms", 2.0, 2.0, 2.1, "")
    board.withdrawn(1, "web", 3.0, 3.0, 3.1, "withdrawal: status 503")
    assert (True, 1, 0, {"withdrawal: status 503": 1}) == (
        board.over, books.tallies[1].withdrew_by_sms, books.tallies[1].withdrew_by_web, books.failures,
    )  # fmt: skip
    assert (1, 3, 3) == (books.tallies[1].attempts, books.placed, books.ended)


def test_withdrawals_under_way_at_the_end_of_the_run_are_cut_off_too() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, books = board_of(hotline, calls([1.0], way=[BY_WEB]), withdraw=lambda *_: None)
    hotline.play(board, until_s=5.0)
    board.cut(5.0)
    board.withdrawn(1, "web", 1.0, 1.0, 9.0, "")
    assert (True, 1, 0, 1) == (
        board.over, books.ended, books.tallies[1].withdrew_by_web, sum(books.failures.values())
    )  # fmt: skip


def test_calls_that_cannot_be_sent_are_counted_as_not_started() -> None:
    hotline = MadeHotline(answers_after(1.0))
    hotline.sends = False
    board, books = board_of(hotline, calls([0.0, 1.0]))
    hotline.play(board)
    assert (0, 2, {"not sent": 2}) == (books.placed, books.not_started, books.failures)


def test_no_more_attempts_are_placed_than_the_run_may_make() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, books = board_of(hotline, calls([0.0, 1.0, 2.0]), most_attempts=2)
    hotline.play(board)
    assert (2, 1, True) == (books.placed, books.not_started, board.over)


def test_a_drain_lets_calls_end_and_places_none() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, books = board_of(hotline, calls([0.0, 5.0, 50.0], handle_s=20.0))
    hotline.play(board, until_s=10.0)
    board.drain(10.0)
    hotline.play(board)
    assert (2, 2, 0) == (books.placed, books.tallies[1].answered, books.not_started)
    assert ["BYE"] * 2 == [one for one in hotline.posted_methods if one == "BYE"]


def test_the_end_of_the_run_hangs_everybody_up_and_counts_them_as_failed() -> None:
    hotline = MadeHotline(lambda request, now_s: [(0.0, answer(request, 180))] if request[:1] == b"I" else [])
    board, books = board_of(hotline, calls([0.0, 1.0], patience_s=1e6))
    hotline.play(board, until_s=10.0)
    board.cut(10.0)
    assert (True, 2, 2) == (board.over, books.tallies[1].failed, hotline.posted_methods.count("CANCEL"))


def test_a_dead_host_fails_a_call_when_it_would_be_sent_again() -> None:
    hotline = MadeHotline(lambda request, now_s: [])
    board, books = board_of(hotline, calls([0.0]))
    hotline.play(board, until_s=0.2)
    board.refused(("127.0.0.1", 9), 0.1)
    board.refused(HOTLINE, 0.2)
    hotline.play(board)
    assert ({"nobody listens": 1}, 0.5) == (books.failures, hotline.now_s)


def test_a_dead_host_elsewhere_fails_nobody() -> None:
    hotline = MadeHotline(lambda request, now_s: [])
    board, books = board_of(hotline, calls([0.0]))
    hotline.play(board, until_s=0.2)
    board.refused(("127.0.0.1", 9), 0.2)
    hotline.play(board)
    assert {"no reply": 1} == books.failures


def test_what_the_hotline_says_again_after_a_call_is_acknowledged_out_of_what_it_says() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, _ = board_of(hotline, calls([0.0], handle_s=5.0))
    hotline.play(board)
    invite = hotline.posted[0][1]
    hotline.posted.clear()
    for late in (answer(invite, 486), answer(invite, 200), bye_from_hotline(invite), answer(invite, 180)):
        board.receive(late, HOTLINE, 60.0)
    assert ["ACK", "ACK", "BYE", ""] == hotline.posted_methods
    assert hotline.posted[-1][1].startswith(b"SIP/2.0 200")
    assert header_of(invite, b"via") == header_of(hotline.posted[0][1], b"via")


def test_datagrams_of_strangers_and_garbage_are_counted_and_left_unanswered() -> None:
    hotline = MadeHotline(answers_after(1.0))
    board, _ = board_of(hotline, calls([100.0]))
    stranger = b"SIP/2.0 200 OK\r\nCall-ID: 0-0-other\r\nCSeq: 1 INVITE\r\n\r\n"
    for datagram in (
        stranger,
        b"",
        b"\x00" * 1400,
        b"SIP/2.0 999\r\nCall-ID: ",
        b"BYE x SIP/2.0\r\nCall-ID: 9-9-c0ffee\r\n\r\n",
    ):
        board.receive(datagram, HOTLINE, 1.0)
    assert (5, []) == (board.garbage, hotline.posted)


@settings(max_examples=50)
@given(st.binary(max_size=200), st.booleans())
def test_nothing_that_comes_can_stop_the_switchboard(garbage: bytes, ours: bool) -> None:
    hotline = MadeHotline(lambda request, now_s: [(0.0, answer(request, 180))] if request[:1] == b"I" else [])
    board, _ = board_of(hotline, calls([0.0], patience_s=1e6))
    hotline.play(board, until_s=1.0)
    end = b"\r\nCall-ID: 0-0-c0ffee\r\n" if ours else b""
    board.receive(b"SIP/2.0 200 OK" + end + b"CSeq: 1 INVITE\r\n" + garbage, HOTLINE, 1.0)
    board.receive(garbage + end, HOTLINE, 1.0)
    assert isinstance(board, Switchboard)


def test_finished_callers_are_freed() -> None:
    hotline = MadeHotline(answers_after(0.5))
    board, books = board_of(hotline, calls(np.arange(5_000) / 100, handle_s=1.0, patience_s=2.0))
    hotline.play(board)
    assert (0, 5_000) == (len(board.calls), books.tallies[1].answered)
    assert 200 > books.most_at_once


@given(st.integers(1, 7))
def test_workers_share_callers_and_numbers_without_overlap_whatever_their_count(of: int) -> None:
    everyone = calls(np.sort(np.random.default_rng(1).random(100) * 1000))
    shares = [Share.of_calls(everyone, 900.0, mine, of) for mine in range(of)]
    played = Counter(int(caller) for share in shares for caller in share.callers)
    assert dict.fromkeys(np.flatnonzero(everyone.at_s < 900.0).tolist(), 1) == dict(played)
    assert sorted(at_s for share in shares for at_s in share.at_s) == [at_s for at_s in everyone.at_s if at_s < 900]


def test_the_same_calls_come_to_the_hotline_from_one_worker_and_from_three() -> None:
    everyone = calls([1.0, 2.0, 3.0, 4.0, 5.0], handle_s=2.0)

    def placed(of: int) -> set[tuple[float, bytes, bytes]]:
        found = set()
        for mine in range(of):
            hotline = MadeHotline(answers_after(0.5))
            board, _ = board_of(hotline, everyone)
            board.share = Share.of_calls(everyone, 1e12, mine, of)
            hotline.play(board)
            found |= {(when_s, header_of(one, b"from"), header_of(one, b"call-id")) for when_s, one in hotline.posted}
        return found

    assert placed(1) == placed(3)


def test_a_share_of_some_ways_leaves_the_others_out() -> None:
    everyone = calls([1.0, 2.0, 3.0], way=[BY_PHONE, BY_SMS, BY_WEB])
    assert [[0], [1, 2]] == [
        Share.of_calls(everyone, 10.0, ways=ways).callers.tolist() for ways in ([BY_PHONE], [BY_SMS, BY_WEB])
    ]


def test_the_peak_of_a_share_is_the_busiest_stretch() -> None:
    assert 3.0 == Share.of_calls(calls([0.1, 1.2, 1.3, 1.4, 7.0]), 10.0).peak_per_s(1.0)
