"""How a rule is told to people: what it checks, by which clauses, and its two examples as time lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialtest.evidence.record import Intent
from dialtest.evidence.told import told
from dialtest.language import Language, _, speaking
from dialtest.model.finding import BREACH_CLASSES, BreachClass, Severity
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import judge_case
from dialtest.rules.rule import Rule
from dialtest.rules.screen_words import in_words


def as_text(rule: Rule, lang: Language) -> str:
    """One rule for a terminal."""
    with speaking(lang):
        lines = [
            f"{rule.name}: {rule.title[lang]}",
            _facts(rule),
            "",
            rule.explains[lang],
            "",
            _("Clean:"),
            *("  " + line for line in time_line(rule.clean())),
            "",
            _("Broken:"),
            *("  " + line for line in time_line(rule.broken())),
            f"  ⇒ {message(rule, lang)}",
        ]
    return "\n".join(lines)


def as_markdown(rules: Sequence[Rule], lang: Language) -> str:
    """All rules as one document, by breach, in the order given."""
    with speaking(lang):
        lines = [f"# {_('What the rules check')}", "", _INTRODUCTION[lang], ""]
        for breach in BREACH_CLASSES:
            lines += [f"## {breach_words(breach).capitalize()}", ""]
            for rule in rules:
                if rule.breach == breach:
                    lines += _section(rule, lang)
    return "\n".join(lines).rstrip() + "\n"


def message(rule: Rule, lang: Language) -> str:
    """What the rule says of its own broken example."""
    found = judge_case(rule.broken(), [rule]).findings
    return rule.message[lang].format_map(in_words(found[0].facts, lang))


def time_line(evidence: CaseEvidence) -> Iterator[str]:
    """A case, one line for each record: the market's time and what happened; intents repeat their outcomes."""
    for record in evidence.records:
        if not isinstance(record, Intent):
            yield f"{evidence.clock(record.at)}  {told(record, evidence.policy)}"


def breach_words(breach: BreachClass) -> str:
    """A class of breach in the active language."""
    words = {
        "price_fraud": _("price fraud"),
        "misleading_ads": _("misleading ads"),
        "forced_subscription": _("forced subscription"),
        "carrier_duty": _("the carrier's own promise"),
    }
    return words[breach]


def severity_words(severity: Severity) -> str:
    """A severity in the active language."""
    return {"minor": _("minor"), "major": _("major"), "critical": _("critical")}[severity]


_INTRODUCTION = {
    "en": "Written by `make docs` from the rules themselves; their examples are tests. Clause ids are those of the "
    "market's policy. A rule that cannot judge a case says so: inconclusive is never clean. A package of yours adds "
    "rules by the entry-point group `dialtest.rules`, each entry point naming a `dialtest.rules.rule.Rule`.",
    "zh": "由 `make docs` 根据规则本身生成,其中的例子都是测试。条款编号见市场政策。"
    "规则无法判断时即为“无法判定”,绝不算合格。"
    "其他软件包可通过入口点组 `dialtest.rules` 增加规则,每个入口点指向一个 `dialtest.rules.rule.Rule`。",
}


def _facts(rule: Rule) -> str:
    words = _("{breach} · severity {severity} · clauses {clauses} · version {version}")
    return words.format(
        breach=breach_words(rule.breach),
        severity=severity_words(rule.severity),
        clauses=", ".join(rule.clauses),
        version=rule.version,
    )


def _section(rule: Rule, lang: Language) -> list[str]:
    other: Language = "zh" if lang == "en" else "en"
    return [
        f"### `{rule.name}`: {rule.title[lang]}",
        "",
        f"{rule.title[other]} · {_facts(rule)}",
        "",
        rule.explains[lang],
        "",
        _("Clean:"),
        "",
        *("    " + line for line in time_line(rule.clean())),
        "",
        _("Broken:"),
        "",
        *("    " + line for line in time_line(rule.broken())),
        "",
        f"> {message(rule, lang)}",
        "",
    ]
