"""A rule's own words in one language: title, clauses, what it checks, and its message filled with a finding's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialtest.language import Language
from dialtest.model.finding import Finding
from dialtest.rules.rule import Rule
from dialtest.rules.screen_words import in_words
from reports.displayable import brief

MOST_FACT_CHARACTERS = 200


@dataclass(frozen=True)
class RuleWords:
    """Of a rule that is no longer installed its name stands for the title and the bare facts for the message."""

    rules: Mapping[str, Rule]
    language: Language

    def title(self, rule: str) -> str:
        return self._in_language(self.rules[rule].title) if rule in self.rules else rule

    def explains(self, rule: str) -> str:
        return self._in_language(self.rules[rule].explains) if rule in self.rules else ""

    def clauses(self, rule: str) -> tuple[str, ...]:
        return self.rules[rule].clauses if rule in self.rules else ()

    def message(self, finding: Finding) -> str:
        """What the rule says of this finding; plain facts where its message asks for one that was not recorded."""
        facts = {name: brief(value, MOST_FACT_CHARACTERS) for name, value in finding.facts.items()}
        listed = "; ".join(f"{name}: {value}" for name, value in sorted(facts.items()))
        if finding.rule not in self.rules:
            return listed
        try:
            return self._in_language(self.rules[finding.rule].message).format(**in_words(facts, self.language))
        except (LookupError, ValueError):
            return listed

    def _in_language(self, words: Mapping[str, str]) -> str:
        return words.get(self.language) or next(iter(words.values()), "")
