"""Calls to the hotline in made time: answered, queued, given up, called back; nothing counts twice (H1, H3)."""

from __future__ import annotations

from dialtest.wire.sip.message import Request, Response
from tests.dialtest.served.hotline.rung import Rung, agreed, setup_of

MENU = "sip:10086@127.0.0.1:5086;brand=mzone;menu"


def text(response: Response) -> str:
    return response.body.decode()


def test_a_free_agent_answers_and_is_free_again_after_the_bye() -> None:
    rung = Rung()
    first = rung.ring()
    assert [100, 180, 200] == first.statuses
    assert "agent" == first.heard[-1].headers.first("X-Answered-By")
    first.acknowledge()
    assert 1 == rung.floor().desk.busy
    assert [200] == first.hang_up()
    assert 0 == rung.floor().desk.busy
    assert [100, 180, 200] == rung.ring(2).statuses


def test_who_finds_no_agent_free_is_queued_and_told_so_and_is_next() -> None:
    rung = Rung()
    first, second, third = (rung.ring(number) for number in (1, 2, 3))
    first.acknowledge()
    assert [100, 180, 182] == second.statuses == third.statuses
    assert "坐席全忙,请稍候" == text(second.heard[-1])
    first.hang_up()
    assert ([100, 180, 182, 200], [100, 180, 182]) == (second.statuses, third.statuses)


def test_each_brand_has_its_own_queue() -> None:
    rung = Rung()
    rung.ring(1)
    assert 182 == rung.ring(2).statuses[-1]
    assert 200 == rung.ring(3, "sip:10086@127.0.0.1:5086;brand=easyown").statuses[-1]
    assert 200 == rung.ring(4, "sip:10086@127.0.0.1:5086").statuses[-1]
    assert "gotone" == rung.exchange.calls.book.entry(4).brand  # type: ignore[union-attr]


def test_a_caller_who_gives_up_is_recorded_and_called_back_when_the_flow_is_off() -> None:
    rung = Rung()
    rung.ring(1).talk()
    second = rung.ring(2)
    assert [200] == second.cancel()
    assert 487 == second.statuses[-1]
    second.acknowledge()
    rung.wait(1)
    entry = rung.exchange.calls.book.entry(2)
    assert entry is not None
    assert ("13800000002", "abandoned", True) == (entry.msisdn, entry.outcome, entry.recorded)
    assert entry.called_back_s is not None
    assert (1, 1, 0) == (rung.floor().counts.recorded, rung.floor().counts.called_back, rung.floor().desk.owed)


def test_nobody_is_recorded_where_there_is_no_emergency_flow() -> None:
    rung = Rung(setup_of(emergency=False))
    rung.ring(1).talk()
    rung.ring(2).cancel()
    counts = rung.floor().counts
    assert (1, 0, 0) == (counts.abandoned, counts.recorded, rung.floor().desk.owed)


def test_an_invite_that_comes_again_is_no_second_call() -> None:
    rung = Rung()
    talking, waiting = rung.ring(1), rung.ring(2)
    assert [] == talking.repeat(talking.datagram)
    assert [100, 180, 200] == talking.statuses
    waiting.repeat(waiting.datagram)
    assert [100, 180, 182, 182] == waiting.statuses
    talking.talk().hang_up()
    talking.repeat(talking.datagram)
    assert [100, 180, 200] == talking.statuses
    assert (2, 2) == (rung.floor().counts.calls, rung.exchange.calls.book.last)


def test_a_cancel_and_a_bye_that_come_again_are_answered_again_and_do_nothing() -> None:
    rung = Rung()
    talking, waiting, next_one = rung.ring(1).talk(), rung.ring(2), rung.ring(3)
    waiting.cancel()
    assert [200] == waiting.repeat(waiting.last)
    waiting.acknowledge()
    assert [200] == waiting.repeat(waiting.last)
    talking.hang_up()
    assert 200 == next_one.talk().statuses[-1]
    assert [200] == talking.repeat(talking.last)
    assert (1, 1, 2) == (rung.floor().desk.busy, rung.floor().counts.abandoned, rung.floor().counts.answered)


def test_a_cancel_that_comes_too_late_changes_nothing() -> None:
    rung = Rung()
    call = rung.ring()
    assert [200] == call.cancel()
    assert 200 == call.talk().statuses[-1]
    assert 1 == rung.floor().desk.busy


def test_a_2xx_is_sent_again_until_its_ack() -> None:
    rung = Rung()
    call = rung.ring()
    rung.wait(4)
    assert [100, 180, 200, 200, 200, 200] == call.statuses
    call.acknowledge()
    rung.wait(60)
    assert 4 == call.statuses.count(200)


def test_an_agent_is_freed_where_the_caller_is_gone_before_the_ack() -> None:
    rung = Rung()
    rung.ring(1)
    second = rung.ring(2)
    sent = rung.wait(33)
    byes = [message for message in sent if isinstance(message, Request)]
    assert {"BYE"} == {bye.method for bye in byes}
    assert "sip:+8613800000001@127.0.0.1:5061" == byes[0].uri
    assert 200 == second.statuses[-1]
    assert 1 == rung.floor().counts.unacknowledged


def test_a_refusal_behind_a_provisional_answer_is_sent_again_until_its_ack() -> None:
    rung = Rung()
    rung.ring(1).talk()
    given_up, silent = rung.ring(2), rung.ring(3)
    given_up.cancel()
    silent.cancel()
    rung.wait(2)
    assert 3 == given_up.statuses.count(487)
    given_up.acknowledge()
    rung.wait(40)
    assert (3, 11) == (given_up.statuses.count(487), silent.statuses.count(487))
    assert 1 == len(rung.exchange.calls.lines)


def test_the_hotline_ends_a_call_that_lasts_too_long_and_sends_its_bye_until_it_is_answered() -> None:
    rung = Rung(setup_of(longest_call_s=600.0, speed=60.0))
    call = rung.ring().talk()
    byes = [one for one in rung.wait(10.3) if isinstance(one, Request)]
    assert ["BYE"] == [bye.method for bye in byes]
    assert call.dialog.take(byes[0])
    assert 0 == rung.floor().desk.busy
    assert 1 == len([one for one in rung.wait(0.5) if isinstance(one, Request)])
    rung.take(agreed(byes[0]))
    assert [] == rung.wait(40)


def test_a_bye_of_the_hotline_takes_the_route_set() -> None:
    rung = Rung(setup_of(longest_call_s=1.0))
    routes = (("Record-Route", "<sip:127.0.0.1:5070;lr>"), ("Record-Route", "<sip:127.0.0.1:5071;lr>"))
    call = rung.ring(1, "sip:10086@127.0.0.1:5086;brand=mzone", *routes)
    copied = [answer.headers.all("Record-Route") for answer in call.heard if answer.status > 100]
    assert [("<sip:127.0.0.1:5070;lr>", "<sip:127.0.0.1:5071;lr>")] * 2 == copied
    call.acknowledge()
    bye = next(one for one in rung.wait(1.1) if isinstance(one, Request))
    assert copied[0] == bye.headers.all("Route")
    assert ("127.0.0.1", 5070) == rung.datagrams[-1][1]


def test_who_waits_hears_so_each_minute_and_is_refused_and_recorded_after_the_longest_wait() -> None:
    rung = Rung(setup_of(longest_wait_s=150.0))
    rung.ring(1).talk()
    call = rung.ring(2)
    rung.wait(121, step_s=1)
    assert [100, 180, 182, 182, 182] == call.statuses
    rung.wait(60, step_s=1)
    assert 480 == call.statuses[-1]
    assert 1 == rung.floor().counts.recorded


def crowded(rung: Rung, first: int = 100, count: int = 8) -> None:
    """So many give up that the emergency flow comes on."""
    for number in range(first, first + count):
        call = rung.ring(number)
        call.cancel()
        call.acknowledge()
    assert rung.floor().desk.flow.on


def test_the_emergency_flow_offers_the_self_service_and_other_ways() -> None:
    rung = Rung()
    rung.ring(1).talk()
    crowded(rung)
    call = rung.ring(2)
    offer = call.heard[-1]
    assert (182, "1=wait, 2=self-service") == (offer.status, offer.headers.first("X-Offer"))
    assert "继续等待请按1,自助服务请按2" in text(offer)
    assert "0000" in text(offer)
    assert [200] == call.press("1")
    assert 182 == call.statuses[-1]
    assert [200] == call.press("2")
    answer = call.heard[-1]
    assert (200, "self-service") == (answer.status, answer.headers.first("X-Answered-By"))
    call.acknowledge()
    assert [200] == call.hang_up()
    assert (1, 1) == (rung.floor().counts.diverted, rung.floor().desk.busy)
    assert 0 == rung.exchange.calls.in_menu


def test_a_key_that_comes_twice_is_one_key() -> None:
    rung = Rung()
    call = rung.ring(1, MENU)
    assert [200] == call.press("2")
    assert [200] == call.repeat(call.last)
    assert [100, 183, 183] == call.statuses


def test_a_key_without_an_offer_does_nothing() -> None:
    rung = Rung()
    rung.ring(1).talk()
    call = rung.ring(2)
    assert [200] == call.press("2")
    assert 182 == call.statuses[-1]


def test_the_menu_is_walked_by_keys_to_an_agent() -> None:
    rung = Rung()
    call = rung.ring(1, MENU)
    assert [100, 183] == call.statuses
    assert "欢迎致电" in text(call.heard[-1])
    assert "人工服务请按0" in text(call.heard[-1])
    call.press("9")
    assert "For an agent, press 0" in text(call.heard[-1])
    assert "en" == call.heard[-1].headers.first("Content-Language")
    call.press("2")
    call.press("7")
    assert "not one of the choices" in text(call.heard[-1])
    call.press("2")
    assert "0000" in text(call.heard[-1])
    call.press("0")
    assert [180, 200] == call.statuses[-2:]
    assert (0, 1) == (rung.exchange.calls.in_menu, rung.floor().counts.answered)


def test_who_chose_english_in_the_menu_is_told_to_wait_in_english() -> None:
    rung = Rung()
    rung.ring(1).talk()
    call = rung.ring(2, MENU)
    call.press("9")
    call.press("0")
    assert (182, "All our agents are busy, please hold") == (call.statuses[-1], text(call.heard[-1]))


def test_the_menu_leads_to_the_self_service_which_is_no_agents_call() -> None:
    rung = Rung()
    call = rung.ring(1, MENU)
    call.press("1")
    assert "self-service" == call.heard[-1].headers.first("X-Answered-By")
    call.talk().hang_up()
    counts = rung.floor().counts
    assert (0, 1, 0) == (counts.asked, counts.left_menu, rung.exchange.calls.in_menu)


def test_a_menu_that_understands_nothing_ends_the_call() -> None:
    rung = Rung()
    call = rung.ring(1, MENU)
    for _ in range(3):
        call.press("*")
    assert 480 == call.statuses[-1]
    call.acknowledge()
    assert (0, 0) == (len(rung.exchange.calls.lines), rung.exchange.calls.in_menu)


def test_a_caller_may_hang_up_in_the_menu() -> None:
    rung = Rung()
    call = rung.ring(1, MENU)
    assert [200] == call.cancel()
    assert 487 == call.statuses[-1]
    assert 1 == rung.floor().counts.left_menu


def test_more_calls_than_lines_are_refused_and_booked_and_stay_refused() -> None:
    rung = Rung(setup_of(lines=1))
    first, second = rung.ring(1).talk(), rung.ring(2)
    assert [486] == second.statuses
    second.acknowledge()
    first.hang_up()
    second.repeat(second.datagram)
    assert [486, 486] == second.statuses
    assert 1 == rung.floor().counts.busy
    assert 200 == rung.ring(3).statuses[-1]


def test_a_full_menu_takes_no_more_calls_and_no_more_diverted_ones() -> None:
    rung = Rung(setup_of(menu_ports=1))
    rung.ring(1, MENU)
    assert [486] == rung.ring(2, MENU).statuses
    rung.ring(3).talk()
    crowded(rung)
    call = rung.ring(4)
    call.press("2")
    assert [182, 182] == call.statuses[-2:]


def test_a_closing_hotline_takes_no_call_records_who_waits_and_ends_the_rest() -> None:
    rung = Rung()
    talking, waiting = rung.ring(1).talk(), rung.ring(2)
    rung.exchange.closed = True
    rung.exchange.calls.close(rung.now_s)
    assert 503 == waiting.statuses[-1]
    late = rung.ring(3)
    assert [503] == late.statuses
    assert late.heard[-1].headers.first("Retry-After")
    rung.exchange.calls.part_all(rung.now_s)
    bye = rung.sent[-1]
    assert isinstance(bye, Request)
    assert talking.dialog.take(bye)
    assert (1, 1) == (rung.floor().counts.answered, rung.floor().counts.recorded)


def test_a_shift_that_begins_takes_those_who_wait() -> None:
    half_to_eight = setup_of(starts=setup_of().midnight.replace(hour=7, minute=59), agents={}, speed=60.0)
    rung = Rung(half_to_eight)
    rung.ring(1).talk()
    second, third = rung.ring(2), rung.ring(3)
    rung.wait(0.9)
    assert 182 == second.statuses[-1]
    rung.wait(0.2)
    assert [200, 200] == [second.statuses[-1], third.statuses[-1]]


def test_the_records_kept_are_bounded_and_the_counts_go_on() -> None:
    rung = Rung(setup_of(keep_calls=3, lines=1))
    for number in range(1, 8):
        rung.ring(number)
    book = rung.exchange.calls.book
    assert ([5, 6, 7], 5, None) == ([entry.call for entry in book.after(0, 10)], book.first, book.entry(4))
    assert 7 == rung.floor().counts.calls


def test_a_caller_is_who_they_say_in_any_writing() -> None:
    rung = Rung()
    plain, tel = rung.ring(1), rung.ring(2)
    assert plain.invite.sender.uri.user == "+8613800000001"
    rung.take(tel.datagram.replace(b"<sip:+8613800000002@127.0.0.1:5061>;tag=c2", b"<tel:+86-138-0000-0009>;tag=x"))
    entries = [entry.msisdn for entry in rung.exchange.calls.book.after(0, 10)]
    assert ["13800000001", "13800000002", "13800000009"] == entries
