"""The words of a breach notice in the language spoken, the same for its HTML and its PDF; no layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dialtest.evidence.record import Decided
from dialtest.language import Language, _, ngettext
from reports import words
from reports.displayable import brief, displayable
from reports.notice_view import HASHES_LISTED, NoticeView, ShownFinding
from reports.rule_words import RuleWords

MESSAGES_LISTED = 20
MESSAGE_CHARACTERS = 400
HALF_HASH = 32

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseText:
    """A case in full: its heading, and lines of (record number, time, words, first digits of the hash, cited)."""

    heading: str
    message: str
    lines: tuple[tuple[str, str, str, str, bool], ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Everything a notice shows, in order; each text is one that any layout can show as it stands."""

    language: str
    title: str
    number: str
    addressee: str
    opening: str
    facts: tuple[Row, ...]
    demands_heading: str
    demands: tuple[str, ...]
    found_heading: str
    found: tuple[Row, ...]
    found_more: str
    answer_heading: str
    answers: tuple[Row, ...]
    cases_heading: str
    cases_note: str
    cases: tuple[CaseText, ...]
    hashes_heading: str
    hashes_note: str
    hashes_columns: Row
    hashes: tuple[Row, ...]
    hashes_more: str
    proof: tuple[Row, ...]
    signatures: tuple[Row, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values for a template."""
        return asdict(self)


def notice_text(view: NoticeView, rules: RuleWords, language: Language) -> NoticeText:
    """The notice in `language`, which must be the one spoken (see dialtest.language.speaking)."""
    listed = [
        (words.minute(finding.due_at, view.policy), brief(rules.message(finding), MESSAGE_CHARACTERS), finding.case)
        for finding in view.listed[:MESSAGES_LISTED]
    ]
    title = _("Notice of the carrier's own breach") if view.carriers_own else _("Notice of breach")
    return NoticeText(
        language=language,
        title=title,
        number=_("Notice no. {number}").format(number=view.number),
        addressee=_shown(_addressee(view)),
        opening=_shown(_opening(view)),
        facts=_rows(_facts(view, rules, language)),
        demands_heading=_("What is demanded"),
        demands=tuple(map(_shown, _demands(view))),
        found_heading=_("What was found"),
        found=_rows(listed),
        found_more=_more(len(view.cited) - len(listed)),
        answer_heading=_("What the provider said"),
        answers=_rows(_answers(view)),
        cases_heading=_("Evidence: time line"),
        cases_note=_("Shaded lines are the records the finding rests on, with the first digits of their hashes."),
        cases=tuple(_case(one, view, rules) for one in view.shown),
        hashes_heading=_("Evidence: record hashes (SHA-256)"),
        hashes_note=_("Each hash is the end of a chain over everything recorded of the case up to that record."),
        hashes_columns=(_("Case"), _("Record"), "SHA-256"),
        hashes=_rows((one.case, str(one.record), _halves(one.hash)) for one in view.cited[:HASHES_LISTED]),
        hashes_more=_more(len(view.cited) - HASHES_LISTED),
        proof=_rows(_proof(view)),
        signatures=_rows(_signatures(view)),
    )


def _addressee(view: NoticeView) -> str:
    if view.carriers_own:
        return view.policy.carrier
    name = view.provider_name
    return f"{name} ({view.file.key.provider_code})" if name else view.file.key.provider_code


def _opening(view: NoticeView) -> str:
    decided = view.decided
    sentence = ngettext(
        "The review meeting of {campaign} confirmed the breach described below on {day}. It was found in {cases} dial "
        "and is documented by the evidence that follows.",
        "The review meeting of {campaign} confirmed the breach described below on {day}. It was found in {cases} dials "
        "and is documented by the evidence that follows.",
        len(view.cited),
    )
    day = words.long_date(view.policy.local(decided.at).date())
    return sentence.format(campaign=view.campaign, day=day, cases=len(view.cited))


def _facts(view: NoticeView, rules: RuleWords, language: Language) -> Iterable[Row]:
    decided, service, policy = view.decided, view.service, view.policy
    key = view.file.key
    yield _("Provider"), f"{view.provider_name} {key.provider_code}".strip()
    yield _("Service"), f"{service.name if service else ''} {key.service_code}".strip()
    if service is not None:
        yield _("Access number"), service.access_number
        yield _("Filed tariff"), policy.tariff(service)
    yield (
        _("Breach found"),
        f"{rules.title(key.rule)} ({words.breach(decided.breach)}, {words.severity(decided.severity)})",
    )
    title = policy.title.get(language) or next(iter(policy.title.values()), policy.name)
    yield _("Clauses"), f"{', '.join(rules.clauses(key.rule))} · {title}, {policy.name} v{policy.version}"
    if rules.explains(key.rule):
        yield _("What is checked"), rules.explains(key.rule)
    yield _("Confirmed"), f"{words.minute(decided.at, policy)}, {decided.by}: {decided.why}"
    yield _("Refund due"), _refund(view)
    if decided.deadline is not None:
        yield _("Deadline"), words.minute(decided.deadline, policy)


def _refund(view: NoticeView) -> str:
    fee = view.policy.fee
    refund = fee(view.refund_due_fen) if view.refund_due_fen else _("none from these dials")
    if not view.demanded_fen:
        return refund
    return _("{refund}, besides {before} demanded before").format(refund=refund, before=fee(view.demanded_fen))


def _demands(view: NoticeView) -> Iterable[str]:
    decided, policy = view.decided, view.policy
    if decided.deadline is not None:
        deadline = words.minute(decided.deadline, policy)
        yield _("End the breach by {deadline} and say so in writing, with what was changed.").format(deadline=deadline)
    else:
        yield _("End the breach at once and say so in writing, with what was changed.")
    if view.refund_due_fen:
        refund = policy.fee(view.refund_due_fen)
        yield _("Refund {refund} for the dials cited, and every customer who was charged so.").format(refund=refund)
    yield _("The service will be dialled again by the scenario that found the breach, on numbers you do not know.")
    if view.cost_points:
        yield _("The breach costs {points} credit points.").format(points=view.cost_points)


def _answers(view: NoticeView) -> Iterable[Row]:
    for heard in view.heard:
        yield words.minute(heard.at, view.policy), heard.why, _documents(heard)


def _documents(heard: Decided) -> str:
    return "; ".join(f"{document.name} (SHA-256 {document.sha256})" for document in heard.documents)


def _case(shown: ShownFinding, view: NoticeView, rules: RuleWords) -> CaseText:
    lines = tuple(
        (
            str(line.told.seq),
            words.second(line.told.at, view.policy) if line.told.at else "",
            _shown(line.told.text),
            line.told.hash[:12],
            line.cited,
        )
        for line in shown.time_line.lines
    )
    out = shown.time_line.left_out
    left_out = ngettext("{count} further record is left out here.", "{count} further records are left out here.", out)
    return CaseText(
        _shown(_("Case {case}").format(case=shown.finding.case)),
        _shown(brief(rules.message(shown.finding), MESSAGE_CHARACTERS)),
        lines,
        left_out.format(count=out) if out else "",
    )


def _proof(view: NoticeView) -> Iterable[Row]:
    yield _("Decision"), _halves(view.confirmed.hash)
    yield _("Seal"), _halves(view.seal) if view.seal else _("not sealed yet")
    yield _("Check it with"), "dialtest evidence verify"


def _signatures(view: NoticeView) -> Iterable[Row]:
    yield view.policy.carrier, _("Signature, seal"), _("Date")
    if not view.carriers_own:
        yield _("Received by the provider"), _("Signature, seal"), _("Date")


def _halves(digits: str) -> str:
    """A long hash in two halves, so that lines can break between them."""
    return f"{digits[:HALF_HASH]} {digits[HALF_HASH:]}".strip()


def _more(count: int) -> str:
    return _("and {more} more").format(more=count) if count > 0 else ""


def _rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(tuple(map(_shown, row)) for row in rows)


def _shown(text: str) -> str:
    return displayable(text)
