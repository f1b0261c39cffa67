"""A complaint over HTTP: the reference comes at once, the answer by message, the money with a later bill."""

from __future__ import annotations

from datetime import timedelta

from dialtest.model.act import Complain, ReadBill, Send
from dialtest.model.observation import Bill, Complained
from dialtest.network.http import HttpNetwork
from tests.dialtest.campaign.served import served
from tests.dialtest.campaign.small_campaign import small_campaign


def test_a_doubled_charge_is_complained_of_answered_and_returned() -> None:
    campaign = small_campaign(services=3)
    service = campaign.cast.services["900000/S1"]
    with served(campaign) as url:
        net = HttpNetwork(url, "one")
        msisdn = next(iter(campaign.cast.numbers))
        net.perform(msisdn, Send(service.access_number, service.order_command, "order"))
        heard = 0
        for until in (net.now().replace(month=7, day=2), net.now().replace(month=7, day=8)):
            if until.day == 8:
                taken = net.perform(msisdn, Complain("hotline", "900000", "S1", "charge", "refund"))
            texts = []
            while net.now() < until:
                arrived = net.wait(until, heard)
                heard += len(arrived)
                texts += [one.message.text for one in arrived]
        bill = net.perform(msisdn, ReadBill())
        net.close()
    assert isinstance(taken, Complained)
    assert isinstance(bill, Bill)
    assert 1 == len({text for text in texts if taken.reference in text})
    assert [service.fee_fen] * 2 == [one.amount_fen for one in bill.refunds]
    assert bill.refunds[0].at - taken.at < timedelta(hours=84)
