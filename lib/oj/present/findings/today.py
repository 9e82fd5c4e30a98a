"""What stands out in key figures of today: against the nation, since earlier, and between girls and boys.

Municipalities are never ranked, because Kolada does not say how few persons a figure rests on. Of one municipality what
is told is short, because few answers move a figure much.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

from oj.compare.against import Pair, county_of, numbers, paired, pairs, side
from oj.compare.change import FEWEST, Change, change
from oj.facts.key_figures import catalogue
from oj.present.findings.sentences import Sentence, listed, rows_in
from oj.tidy.arrange import MEAN
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.today import FEW_ANSWERS
from oj.tidy.within import once_a_call
from oj.words.frames import cells_of
from oj.words.groups import TOTAL
from oj.words.swedish import capital, count, in_place, low, number, tied

MOST_TOGETHER = 12  # key figures named in one sentence
Told = tuple[Measure, str, tuple[int, ...]]  # a key figure, what is said of it, and the rows behind
Year = tuple[str, float, int, str]  # its period, the value, the row and its note


def of_today(figures: Figures) -> list[Sentence]:
    """Return what stands out in a table's key figures, or over all; of a lone municipality the same as on its sheet.

    Of all, those with a better and a worse direction come first.
    """
    own = figures.municipalities()
    if not figures.chosen and len(own) == 1:
        return of_municipality(figures, next(iter(own)))
    if not figures.chosen:
        ordered = sorted(figures.measures.items(), key=lambda item: item[1].polarity == "none")
        figures = replace(figures, measures=dict(ordered))
    place = next(iter(own)) if len(own) == 1 else county_of(figures)
    if not place:
        return _tied([*_changes(figures)])
    found = [pair for pair in with_nation(figures, place) if _is_fair(figures, pair)]
    far, near = [pair for pair in found if pair.side], [pair for pair in found if not pair.side]
    within = in_place(figures.name_of(place))
    near_told = [*_listed(near, within), *_changes(figures), *_genders(figures, place, within)]
    rest = near_told if figures.chosen else [*_counted(near, len(far), within), *_changes(figures)]
    return _tied([*(_apart(figures, pair, within) for pair in far), *rest])


def of_municipality(figures: Figures, place: str) -> list[Sentence]:
    """Return what is notably higher and lower than in the nation, and what has gone up and down, a line of each."""
    found = with_nation(figures, place)
    sentences = []
    for sign, heading in ((1, "Högre än i riket"), (-1, "Lägre än i riket")):
        part = [pair for pair in found if pair.side == sign]
        said = [f"*{pair.measure.full_name}* ({_pair(figures, pair, Measure.told)})" for pair in part]
        told = [(pair.measure, text, pair.rows) for pair, text in zip(part, said, strict=True)]
        sentences += _headed(figures, heading, told)
    near = [pair for pair in found if not pair.side]
    counted = _counted(near, len(found) - len(near), in_place(figures.name_of(place)))
    return _tied([*sentences, *counted, *_own_changes(figures, place)])


def _headed(figures: Figures, heading: str, told: Sequence[Told]) -> list[Sentence]:
    """Return what is told under a heading as one sentence; of many key figures as one for each area."""
    areas = catalogue(figures.folder).areas if len(told) > MOST_TOGETHER else {}
    parts = {f"{heading}, {low(areas[area])}" if areas else heading: area for area in areas or [""] if told}
    made = []
    for name, area in parts.items():
        own = [one for one in told if area in ("", one[0].area)]
        rows = [at for *_, behind in own for at in behind]
        made += listed(f"**{name}:**", [said for _, said, _ in own], rows, ", ".join)
    return made


def _tied(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [replace(one, text=tied(one.text)) for one in sentences]


def with_nation(figures: Figures, place: str) -> list[Pair]:
    """Return what a place and the nation both have in the latest year, of which more can be said to be higher.

    Shares that few have answered are left out.
    """
    of_few, compared = _compared(figures)
    return [pair for pair in pairs(compared, place) if pair.rows[0] not in of_few]


@once_a_call
def _compared(figures: Figures) -> tuple[set[int], Figures]:
    """Return the rows that few have answered, and the latest figures of what is compared with the nation."""
    return {*figures.frame.index[figures.frame["note"] == FEW_ANSWERS]}, figures.latest().by(TOTAL).where(_is_compared)


def _is_compared(measure: Measure) -> bool:
    """Return whether more of it can be said to be higher: not of what is counted or answered, nor of a survey."""
    return not (measure.is_count or measure.is_answer or measure.of_survey)


def _is_fair(figures: Figures, pair: Pair) -> bool:
    """Return whether a pair may be compared: not our unweighted mean of a county with a nation's weighted figure."""
    own, nation = (figures.frame.loc[row, "method"] == MEAN for row in pair.rows)
    return bool(nation or not own)


def _said(measure: Measure, value: float) -> str:
    """Return a figure in a sentence whose phrase already says what it is a number of."""
    return measure.shown(value) if measure.unit == "per-1000" else measure.told(value)


def _pair(figures: Figures, pair: Pair, said: Callable[[Measure, float], str]) -> str:
    """Return both figures, as `said`; also their year where somebody among the figures has a later one."""
    period = str(figures.frame.loc[pair.rows[0], "period"])
    both = f"{said(pair.measure, pair.value)} mot {said(pair.measure, pair.other)}"
    return f"{both} år {period}" if period < _newest(figures)[pair.measure.id] else both


@once_a_call
def _newest(figures: Figures) -> dict[str, str]:
    """Return the latest year that anybody has a value for, by key figure."""
    newest = dict[str, str]()
    for name, period, value in cells_of(figures.frame, "measure", "period", "value"):
        if not isnan(value):
            newest[name] = max(newest.get(name, ""), period)
    return newest


def _apart(figures: Figures, pair: Pair, within: str) -> Sentence:
    """Return what is higher or lower than in the nation, and of how many municipalities that is a mean."""
    both = figures.frame.loc[list(pair.rows)]
    means = [number(of) for of in both.loc[both["method"] == MEAN, "of"]]
    of = f" Talen är medel av {' respektive '.join(means)} kommuner." if means else ""
    word = "högre" if pair.gap > 0 else "lägre"
    text = f"{capital(pair.measure.phrase)} är **{word}** {within} än i riket: {_pair(figures, pair, _said)}.{of}"
    return Sentence(text, pair.rows)


def _listed(near: Sequence[Pair], within: str) -> list[Sentence]:
    """Return a sentence that names the key figures near the nation's, and says whose they are."""
    names = [f"*{pair.measure.short}*" for pair in near]
    if len(near) == 1:
        return [Sentence(f"{names[0]} ligger nära riket {within}.", rows_in(near))]
    return listed(f"{capital(within)} ligger de här nyckeltalen nära riket:", names, rows_in(near))


def _counted(near: Sequence[Pair], far: int, within: str) -> list[Sentence]:
    """Return a sentence that counts what is near the nation, of all that could be compared with it, and whose."""
    if not near:
        return []
    of = len(near) + far
    if of == 1:
        return [Sentence(f"{capital(near[0].measure.phrase)} ligger nära riket {within}.", rows_in(near))]
    some = f"{count(len(near), neuter=True)} av de {count(of)}" if far else f"alla {count(of)}"
    text = f"{capital(within)} ligger {some} nyckeltal som går att jämföra med riket nära det."
    return [Sentence(text, rows_in(near))]


def _changed(figures: Figures, places: Sequence[str], fewest: int) -> Iterator[tuple[Measure, Change, tuple[int, ...]]]:
    """Yield the key figures of places that have changed notably to their latest year, with the rows behind."""
    series = _series(figures)
    for name, measure in figures.measures.items():
        if not _is_compared(measure):
            continue
        own = [
            (place, *year)
            for place in places
            for year in series.get((name, place), ())
            if (year[1] or measure.about.nought_is_real) and (year[3] != FEW_ANSWERS or len(places) > 1)
        ]  # one's own few answers are left out; of several a mean is told
        found = change([(place, period, value) for place, period, value, *_ in own], measure.breaks, fewest)
        if found and side(measure, found.value_to, found.value_from):
            yield measure, found, _behind(own, found)


@once_a_call
def _series(figures: Figures) -> dict[tuple[str, str], list[Year]]:
    """Return the years that a key figure has a value for in a place, by both."""
    rows, series = figures.by(TOTAL).frame, dict[tuple[str, str], list[Year]]()
    cells = cells_of(rows, "measure", "place", "period", "value", "note")
    for at, (name, place, period, value, note) in zip(rows.index.tolist(), cells, strict=True):
        if not isnan(value):
            series.setdefault((name, place), []).append((period, value, at, note))
    return series


def _behind(own: Sequence[tuple[str, str, float, int, str]], found: Change) -> tuple[int, ...]:
    """Return the rows that a change was computed from: those of the places with a value in both years."""
    both = [(place, at) for place, period, _, at, _ in own if period in (found.first, found.last)]
    years = Counter(place for place, _ in both)
    return tuple(sorted(at for place, at in both if years[place] == 2))


def _moved(measure: Measure, found: Change, said: Callable[[Measure, float], str]) -> str:
    """Return from what to what a key figure has moved; `said` tells a figure beside what the measure is called."""
    return f"från {said(measure, found.value_from)} ({found.first}) till {said(measure, found.value_to)} ({found.last})"


def _changes(figures: Figures) -> Iterator[Sentence]:
    """Yield which means have changed notably among the municipalities that have a value in both years."""
    own = figures.municipalities()
    for measure, found, rows in _changed(figures, list(own), 1 if len(own) == 1 else FEWEST):
        whose = f" Talen är ovägda medel för de {count(found.municipalities)} kommuner som har värden båda åren."
        word = "ökat" if found.value_to > found.value_from else "minskat"
        moved = f"{_moved(measure, found, _said)}.{whose if len(own) > 1 else ''}"
        yield Sentence(f"{capital(measure.phrase)} har **{word}** {moved}", rows)


def _moves(figures: Figures, place: str) -> list[tuple[Measure, Change, tuple[int, ...]]]:
    """Return a municipality's key figures that have changed notably to the latest year that anybody has."""
    return [one for one in _changed(figures, [place], 1) if one[1].last == _newest(figures)[one[0].id]]


def most_changed(figures: Figures, place: str) -> Sentence | None:
    """Return which key figure of a municipality's has changed most for its size, and how; None where none has."""
    moves = _moves(figures, place)
    if not moves:
        return None
    measure, found, rows = max(moves, key=lambda one: abs(one[1].value_to - one[1].value_from) / max(
        abs(one[1].value_to), abs(one[1].value_from)))  # fmt: skip
    return Sentence(tied(f"{measure.full_name}: {_moved(measure, found, Measure.told)}"), rows)


def _own_changes(figures: Figures, place: str) -> list[Sentence]:
    """Return what has increased to the latest year that anybody has, and what has decreased, each in a sentence."""
    moved = _moves(figures, place)
    sentences = []
    for sign, heading in ((1, "Har ökat"), (-1, "Har minskat")):
        part = [one for one in moved if sign * (one[1].value_to - one[1].value_from) > 0]
        told = [(one, f"*{one.full_name}* {_moved(one, found, Measure.told)}", rows) for one, found, rows in part]
        sentences += _headed(figures, heading, told)
    return sentences


def _genders(figures: Figures, place: str, within: str) -> Iterator[Sentence]:
    """Yield where girls and boys (women and men) differ notably in the county."""
    latest = figures.latest().where(lambda one: not one.is_count)
    women, men = (numbers(latest.by(group), place) for group in ("women", "men"))
    for pair in paired(latest.measures, women, men):
        if pair.side:
            one, two = ("flickor", "pojkar") if pair.measure.about.young else ("kvinnor", "män")
            told = f"{one} {_said(pair.measure, pair.value)}, {two} {_said(pair.measure, pair.other)}"
            row: Any = figures.frame.loc[pair.rows[0]]
            of = (
                f" Talen är medel av de {count(int(row['of']))} kommuner som har båda." if row["method"] == MEAN else ""
            )
            yield Sentence(f"{capital(pair.measure.phrase)} skiljer sig {within}: {told}.{of}", pair.rows)
