"""The verbs init, check and import, as a user types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.language import speaking
from tests.dialtest.campaign.campaign_folder import new_folder, set_to


def typed(*words: object) -> Result:
    """What a command prints and its exit code."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_init_writes_a_campaign_that_passes_check(tmp_path: Path) -> None:
    made = typed("init", tmp_path / "new")
    assert 0 == made.exit_code
    assert "dialtest.toml" in made.output
    checked = typed("check", tmp_path / "new")
    assert (0, True) == (checked.exit_code, "is fit to run: 2 services" in checked.output)


def test_init_can_explain_itself_in_the_other_language(tmp_path: Path) -> None:
    typed("init", tmp_path / "new", "--lang", "en")
    text = (tmp_path / "new" / "dialtest.toml").read_text(encoding="utf-8")
    assert ("# Settings of a dial-test campaign", True) == (text.partition(".")[0], 'language = "en"' in text)


def test_check_tells_every_problem_and_exits_with_2(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    set_to(folder, "seed = 2006", 'seed = "x"\nsede = 1')
    checked = typed("check", folder)
    assert (2, 3) == (checked.exit_code, len(checked.output.splitlines()))


def test_check_prints_json_with_row_column_and_remedy(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    path = folder / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("30元/月", "很贵"), encoding="utf-8")
    checked = typed("check", folder, "--json")
    told = json.loads(checked.output)
    (problem,) = told["problems"]
    assert (2, False, 1) == (checked.exit_code, told["ok"], told["total"])
    assert ("catalogue.csv", 2, "资费", "很贵") == tuple(problem[key] for key in ("file", "row", "column", "found"))
    assert problem["remedy"]


def test_check_does_not_let_a_file_steer_the_terminal(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    path = folder / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("头条新闻", "\x1b[2J新闻", 1), encoding="utf-8")
    assert "\x1b" not in typed("check", folder).output


def test_import_tells_what_was_added(tmp_path: Path) -> None:
    folder, path = new_folder(tmp_path), tmp_path / "results.csv"
    path.write_text(
        "团队,号码,品牌,企业代码,业务代码,时间,动作\n第三方,13912345678,全球通,901508,XW,2006-07-03 10:00,订购"
    )
    assert {"cases": 1, "records": 3, "known": 0} == json.loads(typed("import", folder, path, "--json").output)
    assert "0 cases with 0 records imported; 1 were there already." in typed("import", folder, path).output


def test_check_speaks_chinese_too(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    path = folder / "catalogue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("30元/月", "很贵"), encoding="utf-8")
    with speaking("zh"):
        told = typed("check", folder).output
    assert (
        "catalogue.csv, 第2行, “资费”列: 现为“很贵”,应为资费,如 30元/月、0.5元/条、2元/次。 请照备案填写资费。\n"
        == told
    )


@pytest.mark.parametrize("verb", ["init", "check", "import"])
def test_help_has_an_example(verb: str) -> None:
    assert f"Example:  dialtest {verb} my-campaign" in typed(verb, "--help").output
