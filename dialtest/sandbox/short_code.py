"""The SMS dialogue over the carrier's short code (Q7, T9): the query command brings a list, its numbers withdraw."""

from __future__ import annotations

from datetime import datetime

from dialtest.policy.numbered_list import numbered_list
from dialtest.policy.terms import ShortCodeTerms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import HONEST, Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.withdrawals import withdraw

ANSWER_S = (5, 200)


class ShortCode:
    """Answers messages to the carrier's own port. It remembers which number stands for what in each one's last list.

    From 2006-10-01 it answers at 10086 alone (Q9); a message to a port that is closed leads nowhere.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._listed: dict[str, tuple[datetime, tuple[Subscription, ...]]] = {}

    def take(self, account: Account, port: str, words: str) -> None:
        """A message to the carrier: the query command, a number of the list, or the word for all of them."""
        terms = self._core.terms.short_code
        if terms is None or port not in terms.ports:
            return
        if words == self._core.policy.query_command.upper():
            self._list(account, terms)
            return
        meant = [one for one in self._meant(account, terms, words) if one.active]
        for held in [one for one in account.subscriptions if one.active and meant]:
            if self._conduct(account, held).list_reply_ends(held, meant):
                withdraw(self._core, account, held, "sms")

    def _list(self, account: Account, terms: ShortCodeTerms) -> None:
        """Send the numbered list of what is held now."""
        core = self._core
        held = [one for one in account.subscriptions if one.active]
        listed = tuple(one for one in held if self._conduct(account, one).is_listed())
        until = core.agenda.clock(terms.valid_h * 3600)
        self._listed[account.number.msisdn] = (until, listed)
        texts = numbered_list(core.policy, terms.answer, [one.service for one in listed]) if listed else ()
        conduct = self._conduct(account, held[-1]) if held else HONEST
        self._send(account, terms, texts or (terms.nothing_held,), conduct)

    def _meant(self, account: Account, terms: ShortCodeTerms, words: str) -> tuple[Subscription, ...]:
        """What a reply to the last list means: one of it, all that is held, or nothing."""
        if words == terms.withdraw_all.upper():
            return tuple(account.subscriptions)
        until, listed = self._listed.get(account.number.msisdn, (self._core.now, ()))
        place = int(words) if words.isascii() and words.isdigit() and len(words) < 4 else 0
        return listed[place - 1 : place] if place and self._core.now <= until else ()

    def _conduct(self, account: Account, held: Subscription) -> Conduct:
        return self._core.conduct(held.service, account, held.ordered_at)

    def _send(self, account: Account, terms: ShortCodeTerms, texts: tuple[str, ...], conduct: Conduct) -> None:
        """Send the parts one second apart, by a chance of their own: no other message depends on who asks here."""
        core, msisdn = self._core, account.number.msisdn
        chance = Chance(core.seed, "short code", msisdn, core.now.timestamp())
        first_s = chance.between(*ANSWER_S)
        sender = terms.answer.senders[0]
        for notice in conduct.list_answer(tuple(Notice(sender, text, first_s + at) for at, text in enumerate(texts))):
            core.delivery.send(msisdn, notice.sender, notice.text, notice.delay_s, chance)
