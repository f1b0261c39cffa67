"""Dial results of other teams: what becomes of their rows, and what is refused."""

from pathlib import Path

import pytest

from dialtest.campaign.imported import Imported, import_results
from dialtest.campaign.judging import findings, judge_journal
from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Closed, Opened, Outcome, Seen
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.model.act import Press, Query, ReadBill, Send, Withdraw
from dialtest.model.observation import Answer, Bill, Page, Sent, Trouble, Withdrawn
from dialtest.problem import BadInput
from dialtest.rules.registry import all_rules
from tests.dialtest.campaign.campaign_folder import new_folder

HEADER = "拨测编号,团队,号码,品牌,企业代码,业务代码,场景,时间,动作,渠道,发送方,内容,金额,结果"


class Import:
    """A campaign, its journal and a spreadsheet that grows row by row."""

    def __init__(self, folder: Path) -> None:
        self.campaign: Campaign = open_campaign(new_folder(folder))
        self.journal: Journal = open_journal("sqlite://")
        self.rows: list[str] = []
        self.path = folder / "results.csv"

    def row(self, action: str, at: str, **cells: str) -> "Import":
        """One row of 第三方 on 头条新闻, with some cells changed."""
        usual = {
            "团队": "第三方", "号码": "13912345678", "品牌": "神州行", "企业代码": "901508", "业务代码": "XW",
            "时间": at, "动作": action,
        }  # fmt: skip
        self.rows.append(",".join({**usual, **cells}.get(column, "") for column in HEADER.split(",")))
        return self

    def done(self) -> Imported:
        """Import the spreadsheet."""
        self.path.write_text("\n".join([HEADER, *self.rows]), encoding="utf-8")
        return import_results(self.campaign, self.journal, self.path)

    def told(self) -> list[str]:
        """The causes of a refused import."""
        with pytest.raises(BadInput) as caught:
            self.done()
        return [problem.cause for problem in caught.value.problems]

    def cases(self) -> list[list[object]]:
        """The records of each case."""
        return [list(records) for records in self.journal.every_case()]

    def acted(self) -> list[tuple[object, object]]:
        """Act and result of each outcome of the only case."""
        (records,) = self.cases()
        return [(record.act, record.result) for record in records if isinstance(record, Outcome)]


@pytest.fixture
def imports(tmp_path: Path) -> Import:
    return Import(tmp_path)


def overcharged(imports: Import) -> Import:
    """An order, and a charge of 50元 for a service filed at 30元/月."""
    imports.row("订购", "2006-07-03 10:00")
    return imports.row("扣费", "2006-08-01 00:00", 金额="50元").row("查账单", "2006-08-02 09:00")


def test_rows_of_one_dial_become_one_case_of_imported_origin(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00", 场景="长期观察")
    imports.row("收到短信", "2006/7/3 10:01:30", 发送方="10086", 内容="您已定制试用", 场景="长期观察")
    assert Imported(1, 4, 0) == imports.done()
    opened, outcome, seen, closed = imports.cases()[0]
    assert isinstance(opened, Opened)
    assert ("imported", "长期观察", "third_party") == (opened.origin, opened.scenario, opened.number.team)
    assert isinstance(outcome, Outcome)
    assert "2006-07-03T10:00:00+08:00" == outcome.at.isoformat()
    assert isinstance(seen, Seen)
    assert ("10086", "您已定制试用") == (seen.message.sender, seen.message.text)
    assert isinstance(closed, Closed)
    assert ("completed", seen.at) == (closed.state, closed.at)


def test_an_imported_overcharge_is_found_when_it_is_judged(imports: Import) -> None:
    overcharged(imports).done()
    judge_journal(imports.journal, all_rules())
    assert "charge-over-tariff" in [finding.rule for finding in findings(imports.journal)]


def test_an_imported_charge_as_filed_is_not_found(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00").row("扣费", "2006-08-01 00:00", 金额="30元").done()
    judge_journal(imports.journal, all_rules())
    assert [] == findings(imports.journal)


def test_importing_a_file_twice_adds_nothing(imports: Import) -> None:
    overcharged(imports).done()
    before = imports.cases()
    assert Imported(0, 0, 1) == imports.done()
    assert before == imports.cases()


def test_a_file_that_grew_by_a_dial_adds_that_dial(imports: Import) -> None:
    overcharged(imports).done()
    imports.row("订购", "2006-07-03 10:00", 号码="13912345679")
    assert (1, 1) == ((added := imports.done()).cases, added.known)


def test_a_dial_imported_with_other_rows_before_is_refused_and_nothing_is_added(imports: Import) -> None:
    overcharged(imports).done()
    before = imports.cases()
    imports.rows[1] = imports.rows[1].replace("50元", "30元")
    imports.row("订购", "2006-07-03 10:00", 号码="13912345679")
    assert ["changed case"] == imports.told()
    assert before == imports.cases()


def test_a_file_with_one_bad_row_adds_nothing_and_tells_every_bad_row(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00").row("订够", "2006-07-03 10:00").row("订购", "昨天")
    assert ["unknown word", "impossible time"] == imports.told()
    assert [] == imports.cases()


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        ({"企业代码": "999999"}, "unknown service"),
        ({"号码": "abc"}, "impossible number"),
        ({"品牌": ""}, "unknown number"),
        ({"团队": "路人"}, "unknown word"),
        ({"动作": "扣费", "金额": "很多"}, "unreadable tariff"),
        ({"动作": "扣费", "金额": "30"}, "tariff without currency"),
        ({"动作": "扣费", "金额": "£3"}, "foreign currency"),
        ({"动作": "查询"}, "missing answer"),
        ({"时间": "2006-13-01 10:00"}, "impossible time"),
    ],
)
def test_a_bad_row_is_told(imports: Import, cells: dict[str, str], cause: str) -> None:
    imports.row("订购", "2006-07-03 10:00", **cells)
    assert [cause] == imports.told()


def test_a_received_message_needs_sender_and_words(imports: Import) -> None:
    imports.row("收到短信", "2006-07-03 10:00")
    assert ["missing text", "missing text"] == imports.told()


def test_a_number_of_the_campaign_needs_no_brand(imports: Import) -> None:
    known = next(iter(imports.campaign.numbers.values()))
    imports.row("订购", "2006-07-03 10:00", 号码=known.msisdn, 品牌="").done()
    opened = imports.cases()[0][0]
    assert isinstance(opened, Opened)
    assert (known.brand, "third_party") == (opened.number.brand, opened.number.team)


def test_a_case_number_keeps_two_dials_of_one_number_apart(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00", 拨测编号="A-1").row("订购", "2006-07-05 10:00", 拨测编号="A-2")
    assert 2 == imports.done().cases


def test_what_was_sent_is_the_filed_command_where_the_row_does_not_say(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00").row("退订", "2006-07-04 10:00", 内容="TD").done()
    port = imports.campaign.services["901508/XW"].access_number
    acts = [act for act, _ in imports.acted()]
    assert [Send(port, "DZXW", "order"), Send(port, "TD", "withdraw")] == acts


def test_an_order_on_a_page_is_a_press_and_no_message(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00", 业务代码="TL", 企业代码="901515", 渠道="WAP", 内容="订购成功").done()
    ((act, result),) = imports.acted()
    assert isinstance(act, Press)
    assert isinstance(result, Page)
    assert ("order", "订购成功") == (act.purpose, result.content)


def test_a_withdrawal_at_the_carrier_may_be_refused(imports: Import) -> None:
    imports.row("退订", "2006-07-03 10:00", 渠道="10086", 结果="失败", 内容="系统忙").done()
    ((act, result),) = imports.acted()
    assert Withdraw("hotline", "901508", "XW") == act
    assert isinstance(result, Withdrawn)
    assert (False, "系统忙") == (result.accepted, result.note)


def test_an_order_that_failed_is_trouble_and_no_order(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00", 结果="失败").row("订购", "2006-07-03 10:05").done()
    assert [Trouble, Sent] == [type(result) for _, result in imports.acted()]


def test_a_query_says_whether_it_is_subscribed(imports: Import) -> None:
    imports.row("订购", "2006-07-03 10:00").row("查询", "2006-07-04 10:00", 结果="已订购")
    imports.row("查询", "2006-07-05 10:00", 结果="未订购", 渠道="网站").done()
    _, (first, subscribed), (second, none) = imports.acted()
    assert (Query("hotline"), Query("web")) == (first, second)
    assert isinstance(subscribed, Answer)
    assert isinstance(none, Answer)
    assert (["头条新闻"], ()) == ([row.service_name for row in subscribed.subscriptions], none.subscriptions)


def test_charges_are_told_by_the_bill_that_shows_them(imports: Import) -> None:
    imports.row("查账单", "2006-07-31 10:00").row("扣费", "2006-08-01 00:00", 金额="30元")
    imports.row("查账单", "2006-08-02 10:00").row("扣费", "2006-09-01 00:00", 金额="3000分").done()
    bills = [(act, result) for act, result in imports.acted() if isinstance(result, Bill)]
    assert [ReadBill()] * 3 == [act for act, _ in bills]
    assert [[], [3000], [3000, 3000]] == [[charge.fee_fen for charge in bill.charges] for _, bill in bills]


def test_a_charge_for_another_service_belongs_to_the_case_with_its_number(imports: Import) -> None:
    imports.row("扣费", "2006-08-01 00:00", 拨测编号="1", 企业代码="901515", 业务代码="TL", 金额="8元")
    imports.row("订购", "2006-07-03 10:00", 拨测编号="1").done()
    opened = imports.cases()[0][0]
    assert isinstance(opened, Opened)
    assert "901508/XW" == opened.service.key


def test_a_file_without_the_needed_columns_is_refused(imports: Import) -> None:
    imports.path.write_text("号码,时间\n1,2", encoding="utf-8")
    with pytest.raises(DialtestError, match="动作"):
        import_results(imports.campaign, imports.journal, imports.path)
