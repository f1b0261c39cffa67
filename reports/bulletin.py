"""Makes the half-month bulletin of a campaign folder (D6): opens it, forms the view, writes one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dialtest.campaign.judging import findings
from dialtest.errors import DialtestError
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.folder.papers import Papers, cities_of, read_papers
from dialtest.language import Language, _, checked, speaking
from dialtest.policy.phases import in_language
from dialtest.rules.rule import Rule
from reports.bulletin_view import BulletinView, bulletin_view
from reports.document import self_contained
from reports.figures.findings_per_half_month import findings_per_half_month
from reports.half_month import HalfMonth
from reports.reading import Reading, read_campaign
from reports.rule_words import RuleWords
from reports.source import Source
from reports.weekly import open_source, write_document

EVER = datetime.max.replace(tzinfo=UTC)
STYLES = ("weekly.css", "bulletin.css")


def write_bulletin(folder: Path, half: HalfMonth | None, language: str, out: Path | None = None) -> Path:
    """Write the bulletin of half a month in `language` (zh or en), by default to reports/bulletin-2006-07-1.zh.html.

    Without a half month: the last one in which a finding became due, or where nothing was found the last one with a
    record. Returns its path. Raises DialtestError for a folder that is no campaign, papers that cannot be read and a
    half month before the first dial, CouldNotTest when the file cannot be written.
    """
    with _opened(folder) as making:
        return making.write(half or _last_half(making.source), checked(language), out)


def write_bulletins(folder: Path, halves: Iterable[HalfMonth], languages: Iterable[str]) -> Iterator[Path]:
    """Write the bulletins of several half months, each in each language, giving the path of each as it is written.

    The journal is read once for all of them. Raises as `write_bulletin`.
    """
    codes = [checked(language) for language in languages]
    with _opened(folder) as making:
        for half in halves:
            for code in codes:
                yield making.write(half, code, None)


class _Making:
    """A campaign opened to make bulletins of."""

    def __init__(self, campaign: Campaign, papers: Papers, source: Source) -> None:
        self._campaign = campaign
        self._papers = papers
        self.source = source
        self._reading: Reading | None = None

    def write(self, half: HalfMonth, code: Language, out: Path | None) -> Path:
        if self._reading is None:
            self._reading = read_campaign(self.source, EVER)
        with speaking(code):
            view = bulletin_view(self.source, self._papers, cities_of(self._campaign), half, self._reading)
            path = out or self._campaign.folder / "reports" / f"bulletin-{view.half}.{code}.html"
            write_document(path, bulletin_document(view, self.source.rules, code))
        return path


@contextmanager
def _opened(folder: Path) -> Iterator[_Making]:
    campaign = open_campaign(folder)
    papers = read_papers(folder, campaign.policy)
    source = open_source(folder)
    try:
        yield _Making(campaign, papers, source)
    finally:
        source.journal.close()


def bulletin_document(view: BulletinView, rules: Mapping[str, Rule], language: Language) -> str:
    """The bulletin in `language`, which must be the one spoken."""
    return self_contained(
        "bulletin.html.j2",
        STYLES,
        language,
        view=view,
        rules=RuleWords(rules, language),
        policy_title=in_language(view.policy.title, language),
        in_language=in_language,
        trend=findings_per_half_month(view.trend),
    )


def _last_half(source: Source) -> HalfMonth:
    """The one in which the last finding became due; where nothing was found, the one of the last record."""
    found = findings(source.journal)
    last = found[-1].due_at if found else last_time(source.journal)
    if last is None:
        raise DialtestError(_("Nothing was dialled so far."), _("Run the campaign first: dialtest run DIR."))
    return HalfMonth.of(source.policy.local(last))
