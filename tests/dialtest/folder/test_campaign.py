"""Campaign folders: what opening and checking one makes of right and wrong ones."""

import re
from datetime import date
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.folder.campaign import journal_url, open_campaign
from dialtest.folder.checking import check_folder
from dialtest.policy.load import SHIPPED, shipped_policy_text
from dialtest.sample.new_folder import make_folder
from dialtest.sandbox.faults import ALL_FAULTS
from tests.dialtest.campaign.campaign_folder import add_scenario, causes, new_folder, set_to, settings_of

OWN = '''
from dialtest.script import Dial, days, monthly, scenario

@scenario("own", fits=monthly, clauses=("T1",))
async def own(dial: Dial) -> None:
    """Order and wait a day."""
    order = await dial.order()
    await dial.listen(until=order.time + days(1))
'''


@pytest.mark.parametrize("policy", SHIPPED)
def test_a_new_folder_has_nothing_wrong_with_it(tmp_path: Path, policy: str) -> None:
    checked = check_folder(new_folder(tmp_path, policy))
    assert ([], []) == (checked.problems.lines(), checked.notes)


def test_a_new_folder_has_the_two_services_the_source_names(tmp_path: Path) -> None:
    campaign = open_campaign(new_folder(tmp_path))
    found = [(service.provider_name, service.name, service.service_type) for service in campaign.services.values()]
    assert [("新浪", "头条新闻", "sms"), ("腾讯公司", "精品图铃", "wap")] == found
    news = campaign.services["901508/XW"]
    assert (3000, "month", "9510567") == (news.fee_fen, news.fee_unit, news.hotline)


def test_a_folder_with_anything_in_it_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    with pytest.raises(DialtestError, match="not empty"):
        make_folder(tmp_path, "monternet-2006")
    assert ["mine"] == [path.name for path in tmp_path.iterdir()]


def test_an_unknown_policy_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match="No policy"):
        make_folder(tmp_path / "new", "monternet")
    assert not (tmp_path / "new").exists()


def test_another_market_is_a_policy_file_and_nothing_else(tmp_path: Path) -> None:
    policy = tmp_path / "ireland.toml"
    text = shipped_policy_text("uk-premium-2019").replace("£", "€")
    for key, value in {"country": "IE", "currency": "EUR", "time_zone": "Europe/Dublin"}.items():
        text = re.sub(rf'^{key} = ".*"', f'{key} = "{value}"', text, flags=re.MULTILINE)
    policy.write_text(text, encoding="utf-8")
    folder = tmp_path / "campaign"
    make_folder(folder, str(policy))
    checked = check_folder(folder)
    assert ([], []) == (checked.problems.lines(), checked.notes)
    services = open_campaign(folder).services.values()
    assert all("€" in advert.text for service in services for advert in service.adverts)


def test_a_folder_without_settings_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DialtestError) as caught:
        open_campaign(tmp_path)
    assert f"dialtest init {tmp_path}" in caught.value.remedy


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match="is not there"):
        open_campaign(tmp_path / "nowhere")


def test_what_the_settings_leave_out_comes_from_policy_and_folder(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    set_to(folder, 'name = "campaign"', "")
    campaign = open_campaign(folder)
    assert ("campaign", date(2006, 6, 1), date(2006, 12, 31)) == (campaign.name, campaign.starts, campaign.ends)


def test_flags_are_kept_so_that_another_process_opens_the_same(tmp_path: Path) -> None:
    campaign = open_campaign(new_folder(tmp_path), seed=7, network=None)
    assert ({"seed": 7}, 7, 7) == (campaign.overrides, campaign.settings.seed, campaign.cast().seed)


def test_a_policy_of_the_folder_is_read_from_there(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    assert 'policy = "policy.toml"' in settings_of(folder)
    assert "monternet-2006" == open_campaign(folder).policy.name


def test_a_missing_file_of_adverts_is_no_problem_as_long_as_nobody_named_it(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    (folder / "adverts.csv").unlink()
    checked = check_folder(folder)
    assert ([], 1) == (checked.problems.lines(), len(checked.notes))
    set_to(folder, '"adverts.csv"', '"ads.csv"')
    assert ["unreadable file"] == causes(folder)


def test_providers_numbers_that_can_dial_nothing_are_noted(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    quiet = check_folder(folder).notes
    code = next(iter(open_campaign(folder).services.values())).provider_code
    with (folder / "numbers.csv").open("a", encoding="utf-8") as numbers:
        for msisdn, provider in (("13900000901", ""), ("13900000902", "no-such"), ("13900000903", code)):
            numbers.write(f"{msisdn},全球通,,,SP,否,{provider}\n")
    checked = check_folder(folder)
    assert not checked.problems
    (note,) = set(checked.notes) - set(quiet)
    assert note.startswith("2 numbers of providers dial nothing")
    assert note.endswith("13900000901, 13900000902.")


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    (folder / "catalogue.csv").write_text("x", encoding="utf-8")
    (folder / "numbers.csv").unlink()
    add_scenario(folder, "1 / 0")
    with pytest.raises(DialtestError) as caught:
        open_campaign(folder)
    assert all(name in caught.value.problem for name in ("catalogue.csv", "numbers.csv", "own.py"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///journal.db", "sqlite:////folder/journal.db"),
        ("sqlite:////elsewhere/j.db", "sqlite:////elsewhere/j.db"),
        ("sqlite://", "sqlite://"),
        ("postgresql://me:secret@host/db", "postgresql://me:secret@host/db"),
    ],
)
def test_a_relative_journal_lies_in_the_folder(url: str, expected: str) -> None:
    assert expected == journal_url(url, Path("/folder"))


def test_a_journal_that_is_no_address_is_told(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    set_to(folder, "sqlite:///journal.db", "journal.db")
    assert ["wrong value"] == causes(folder)


class TestScenarios:
    def test_a_campaign_has_the_shipped_ones_and_its_own(self, tmp_path: Path) -> None:
        folder = new_folder(tmp_path)
        add_scenario(folder, OWN)
        assert {"own", "keep-through-first-bill"} <= set(open_campaign(folder).scenarios)

    def test_the_template_becomes_a_scenario_when_it_is_copied(self, tmp_path: Path) -> None:
        folder = new_folder(tmp_path)
        assert "my-first-scenario" not in open_campaign(folder).scenarios
        add_scenario(folder, (folder / "scenarios" / "_template.py").read_text(encoding="utf-8"))
        assert "my-first-scenario" in open_campaign(folder).scenarios
        assert [] == causes(folder)

    def test_a_name_given_twice_names_both_files(self, tmp_path: Path) -> None:
        folder = new_folder(tmp_path)
        path = add_scenario(folder, OWN.replace('"own"', '"keep-through-first-bill"'))
        told = "".join(check_folder(folder).problems.lines())
        assert ("keep_through_first_bill.py" in told, str(path) in told) == (True, True)

    def test_a_chosen_scenario_that_is_not_there_suggests_the_nearest(self, tmp_path: Path) -> None:
        folder = new_folder(tmp_path)
        set_to(folder, "scenarios = []", 'scenarios = ["keep-through-first-bil"]')
        assert "“keep-through-first-bill”" in "".join(check_folder(folder).problems.lines())

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ("def broken(:\n", "broken scenario"),
            ("1 / 0", "broken scenario"),
            ("x = 1", "no scenario"),
            (OWN.replace('    """Order and wait a day."""\n', ""), "no docstring"),
            (OWN.replace("fits=monthly", "fits=lambda service: False"), "fits nothing"),
            (OWN.replace("fits=monthly", "fits=lambda service: 1 / 0"), "broken scenario"),
            (OWN.replace("clauses=", 'markets=("GB",), clauses='), "fits nothing"),
            (OWN.replace("clauses=", 'channel="wbe", clauses='), "no such channel"),
        ],
    )
    def test_a_scenario_that_cannot_serve_is_told(self, tmp_path: Path, text: str, cause: str) -> None:
        folder = new_folder(tmp_path)
        add_scenario(folder, text)
        assert [cause] == causes(folder)


class TestFaults:
    def plant(self, folder: Path, text: str) -> list[str]:
        """What is wrong with a planted fault."""
        (folder / "dialtest.toml").write_text(f"{settings_of(folder)}\n[[sandbox.fault]]\n{text}\n", encoding="utf-8")
        return check_folder(folder).problems.lines()

    def test_a_star_plants_it_on_all_services_that_fit(self, tmp_path: Path) -> None:
        folder = new_folder(tmp_path)
        assert [] == self.plant(folder, 'name = "charge-over-tariff"\nsince = 2006-08-01\nshare = 0.5')
        (planted,) = open_campaign(folder).planted()
        assert ({"901508/XW", "901515/TL"}, 0.5) == (set(planted.services), planted.share)
        assert "2006-08-01T00:00:00+08:00" == (planted.since.isoformat() if planted.since else "")

    def test_an_unknown_fault_suggests_the_nearest(self, tmp_path: Path) -> None:
        (told,) = self.plant(new_folder(tmp_path), 'name = "charge-over-tarif"')
        assert "sandbox.fault[1].name" in told
        assert "“charge-over-tariff”" in told

    def test_an_unknown_service_suggests_the_nearest(self, tmp_path: Path) -> None:
        (told,) = self.plant(new_folder(tmp_path), 'name = "charge-over-tariff"\nservices = ["901508/XX"]')
        assert "“901508/XW”" in told

    def test_a_fault_of_another_market_is_told(self, tmp_path: Path) -> None:
        abroad = next(name for name, fault in ALL_FAULTS.items() if fault.markets and "CN" not in fault.markets)
        (told,) = self.plant(new_folder(tmp_path), f'name = "{abroad}"')
        assert "market CN" in told

    def test_a_service_the_fault_does_not_fit_is_told(self, tmp_path: Path) -> None:
        (told,) = self.plant(new_folder(tmp_path), 'name = "phantom-use"\nservices = ["901508/XW"]')
        assert "901508/XW" in told
