"""Two languages: every text in the code has its Chinese, and the placeholders agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from dialtest.errors import DialtestError
from dialtest.language import LOCALE_FOLDER, compiled, language, preferred, speaking, translations

ROOT = Path(__file__).parents[2]
PACKAGES = ("dialtest", "load", "reports", "scenarios")
CATALOGUE = LOCALE_FOLDER / "zh" / "LC_MESSAGES" / "dialtest.po"
CALLS = ("_", "gettext", "ngettext")


def texts_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node.func) in CALLS:
            for argument in node.args[: 2 if called(node.func) == "ngettext" else 1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def texts_in_template(path: Path) -> Iterator[str]:
    parsed = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for _, _, found in extract_from_ast(parsed, CALLS, babel_style=False):
        yield from (text for text in ([found] if isinstance(found, str) else found) if text is not None)


def texts_in_code() -> dict[str, str]:
    """Every text the code asks a translation for, with the file it stands in."""
    files = {path: texts_in_python(path) for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    files |= {path: texts_in_template(path) for path in (ROOT / "reports").rglob("*.j2")}
    return {text: str(path.relative_to(ROOT)) for path, texts in files.items() for text in texts}


def literals() -> set[str]:
    """Every text that stands in the code at all: some are translated where they are shown, not where they stand."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def translated() -> dict[str, str]:
    """Every entry of the Chinese catalogue; the singular names a counted text."""
    entries: dict[str, str] = {}
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="zh"):
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            text = message.string[0] if isinstance(message.string, tuple) else message.string
            entries |= dict.fromkeys(forms, text or "")
    del entries[""]
    return entries


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def placeholders_that_must_agree(text: str) -> set[str]:
    return placeholders(text) - {"count"}  # “one case” may leave its number out


def test_every_text_in_the_code_has_a_chinese_translation() -> None:
    chinese = translated()
    assert {} == {text: where for text, where in texts_in_code().items() if not chinese.get(text)}


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    assert [] == sorted(set(translated()) - set(texts_in_code()) - literals())


def test_a_translation_has_the_placeholders_of_its_text() -> None:
    differing = {
        text
        for text, chinese in translated().items()
        if placeholders(text) - {"count"} != placeholders(chinese) - {"count"}
    }
    assert set() == differing


def test_placeholders_have_names_so_that_a_translation_may_order_them() -> None:
    assert [] == [text for text in texts_in_code() if {name for name in placeholders(text) if not name.isidentifier()}]


def test_no_text_is_translated_twice() -> None:
    written = re.findall(r'^msgid "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [] == sorted({text for text in written if written.count(text) > 1})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "DIALTEST_LANG": "en"}, "en"),
        ({"LANG": "en_US", "DIALTEST_LANG": "klingon"}, "en"),
    ],
)
def test_the_environment_chooses_the_language_and_chinese_is_the_default(
    environment: dict[str, str], expected: str
) -> None:
    assert expected == preferred(environment)


def test_the_language_said_last_is_spoken_until_the_block_ends() -> None:
    before = language()
    with speaking("zh"), speaking("en_US"):
        assert "en" == language()
    assert before == language()


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DialtestError, match=r"no language “fr”\. Choose one of: zh, en"), speaking("fr"):
        pass


def test_a_text_without_translation_stays_english() -> None:
    assert "no such text" == translations("zh").gettext("no such text")


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match=r"nothing\.po cannot be read"):
        compiled(tmp_path / "nothing.po", "zh")
    broken = tmp_path / "broken.po"
    broken.write_text('msgid "week"\noops\n', encoding="utf-8")
    with pytest.raises(DialtestError, match=r"broken\.po cannot be read"):
        compiled(broken, "zh")


def test_a_catalogue_is_compiled_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "small.po"
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    )
    entries = 'msgid "case"\nmsgid_plural "cases"\nmsgstr[0] "条"\n\nmsgid "week"\nmsgstr "周"\n'
    path.write_text(f"{header}\n{entries}", encoding="utf-8")
    catalogue = compiled(path, "zh")
    assert ["周", "条", "条"] == [catalogue.gettext("week"), *(catalogue.ngettext("case", "cases", n) for n in (1, 3))]
