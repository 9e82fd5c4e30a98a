"""What a domain's questions are called in each year: those of its editions, and those known of its survey."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from oj.facts.catalog import Indicator, every_indicator, indicators_by_edition, is_drafted
from oj.facts.editions import asking_editions
from oj.facts.key_figures import is_fetched_for, key_figures
from oj.facts.questions import Question, questions
from oj.sources.aside import set_aside
from oj.sources.terms.coding import STEPS, without_coding
from oj.sources.terms.match import Known, catalog
from oj.sources.terms.words import squeezed, without_unit
from oj.words.vocabulary import ANSWER_SCALES, ANSWER_WORDS, PublishedLevel, Scale

UNWRITTEN = ("phrase", "subarea", "table", "family", "target", "purpose", "question", "rule", "errors")
SCALES: Mapping[tuple[str, ...], Scale] = {steps: scale for scale, steps in ANSWER_SCALES.items()}


def unwritten(name: str, title: str, scale: Scale, answers: Collection[str] = (), area: str = "") -> Indicator:
    """Return a measure that nobody has described: its title, its scale and, where they are its own, its answers.

    >>> unwritten("plan", "Aktuell plan", "yes-no").answer_words
    {'yes': 'Ja', 'no': 'Nej'}
    """
    texts: dict[str, Any] = dict.fromkeys(UNWRITTEN, "")
    usual = [ANSWER_WORDS[step] for step in ANSWER_SCALES.get(scale, ())]
    own = [] if [*map(squeezed, answers)] == [*map(squeezed, usual)] else list(answers)
    return Indicator.model_construct(
        None, **texts, id=name, title=title, short=title, name=title, kind=[], scale=scale, polarity="none",
        levels=list(get_args(PublishedLevel)), measured_on=[], answers=own, decimals=int(scale == "ratio"), area=area,
    )  # fmt: skip


def known_in(folder: Path, years: Collection[str]) -> dict[str, Known]:
    """Return what a domain's questions are called in each year: an edition's own measures, by all their names, first.

    Those of other editions and of the municipal survey are known by their whole titles.
    """
    described = asking_editions(folder)
    return {
        year: _of(described[year])
        if year in described
        else _with_aside(_by_titles(folder, int(year)), {}, folder, year)
        for year in years
    }


def known_ever(folder: Path) -> list[Known]:
    """Return what a domain's questions are called in any year: those of its editions, and of its survey."""
    titles = [(one.title, name) for own in indicators_by_edition(folder).values() for name, one in own.items()]
    titles += [(one.title, name) for name, one in questions(folder).items()]
    return [_whole(titles), *(catalog(home) for home in asking_editions(folder).values())]


def fetched_ever(folder: Path) -> list[Known]:
    """Return what a domain's key figures are called where they are fetched."""
    own = key_figures(folder) if is_fetched_for(folder) else {}
    return [_whole([(without_coding(one.title), name) for name, one in own.items()])]


def _whole(titles: Sequence[tuple[str, str]]) -> Known:
    """Return questions that are known by their whole titles only."""
    return Known({}, {}, {squeezed(without_unit(title)): name for title, name in titles})


def _of(home: Path) -> Known:
    """Return what an edition's questions are called; one that workbooks make may have those of others too."""
    own = catalog(home)
    if not is_drafted(home):
        return own
    others = _by_titles(home.parent, int(home.name))
    elsewhere = {title: name for title, name in others.titles.items() if name not in own.indicators}
    known = replace(
        own,
        indicators={**others.indicators, **own.indicators},
        contexts={**others.contexts, **own.contexts},
        titles={**elsewhere, **own.titles},
    )
    return _with_aside(known, own.indicators, home.parent, home.name)


def _with_aside(known: Known, own: Collection[str], folder: Path, year: str) -> Known:
    """Return what an edition's questions are called with those that are set aside: after its `own`, before others'."""
    items = {name: one.item for name, one in set_aside(folder, year).items() if name not in own}
    titles = {squeezed(without_unit(item.title)): name for name, item in items.items()}
    return replace(
        known,
        indicators={**known.indicators, **items},
        contexts={**dict.fromkeys(items, ()), **known.contexts},
        titles={**known.titles, **{one: name for one, name in titles.items() if known.titles.get(one) not in own}},
    )


def _by_titles(folder: Path, year: int) -> Known:
    """Return the measures of the domain's editions and of its survey in a year, known by their whole titles only.

    A question that has been asked in other words before is known by all of them.
    """
    asked = {one.id: one for one in questions(folder).values() if _is_asked(one, year)}
    found = every_indicator(folder) | {name: measure_of(one) for name, one in asked.items()}
    called = [(item.title, name) for own in indicators_by_edition(folder).values() for name, item in own.items()]
    called += [(one.title, name) for name, one in asked.items()]
    return Known(found, dict.fromkeys(found, ()), {squeezed(without_unit(title)): name for title, name in called})


def _is_asked(one: Question, year: int) -> bool:
    return (one.first_edition or year) <= year <= (one.last_edition or year)


def measure_of(one: Question) -> Indicator:
    """Return a known question of the survey as a measure that nobody has described."""
    steps = STEPS[len(one.answers)]
    return unwritten(one.id, one.title, SCALES[steps], one.answers, one.area)
