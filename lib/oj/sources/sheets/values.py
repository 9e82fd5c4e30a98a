"""Each cell of results to what it says: a number, an answer, why there is none; or a fault."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import nan

from oj.facts.catalog import Indicator
from oj.sources.files.cells import CellError, number, shown
from oj.sources.published import NO_SHARE, OUTSIDE, broken_rules, counts_broken, is_share
from oj.sources.sheets.headings import COUNTS
from oj.sources.sheets.measures import OF_PERSONS, Key, Series
from oj.sources.sheets.model import Account, Figure, Item, Measure
from oj.sources.tables.reader import A_COUNT, UNIT_WORDS
from oj.sources.terms.cells import Said, Unit, said, unit_of
from oj.sources.terms.legend import Legend
from oj.sources.terms.words import unit_told
from oj.words.swedish import listing
from oj.words.vocabulary import ANSWER_WORDS

AGAIN = "samma uppgift som"  # with where
WHOSE = (
    "gäller personer och har täljare eller nämnare i tabellen, men det framgår inte vilken fråga de gäller. Skriv en "
    "rad för varje fråga, med kolumnerna Indikator, Värde, Täljare och Nämnare"
)
OF_ANSWERS = "gäller en fråga där kommunernas tal kan vara svar som koder: skriv i filen vad de står för"
FEWEST = 4  # whole numbers that make a fraction below 1 odd among them
Column = tuple[str, int, str]  # a sheet, a column of it, and a question's title


def figures_of(
    every: Sequence[Series], measures: Mapping[Key, Measure], legend: Legend, account: Account
) -> list[Figure]:
    """Return what the cells of the questions say; those that cannot be read are told to the account."""
    told = [(one, measures[series.title, one.heading.period]) for series in every for one in series.items]
    units = _units(told, legend, account)
    found = []
    for one, measure in told:
        if account.is_told(one.page, one.row, one.column):
            continue
        try:
            found.append(_figure(one, measure, units.get(_column(one, measure), ""), legend))
        except CellError as error:
            account.refuse(one, error.rule, error.value, error.detail)
    return found


def _column(one: Item, measure: Measure) -> Column:
    """Return what has one unit: the shares of answers of a whole sheet, or a question's numbers."""
    if measure.indicator.is_answer:
        return (one.page.name, -1, "")
    return (one.page.name, one.column, measure.indicator.id)


def _units(told: Sequence[tuple[Item, Measure]], legend: Legend, account: Account) -> dict[Column, Unit]:
    """Return the unit of every column of shares; one that is unsure is told of, cell by cell."""
    each: dict[Column, list[tuple[Item, Said]]] = {}
    measures: dict[Column, Measure] = {}
    for one, measure in told:
        if is_share(measure.indicator) and not (measure.indicator.is_answer and one.is_of_unit) and not one.unit:
            try:
                found = said(one.cell, measure.indicator, answers=False, legend=legend)
            except CellError:
                continue  # told with its cell
            if found and found.number is not None:
                each.setdefault(_column(one, measure), []).append((one, found))
                measures.setdefault(_column(one, measure), measure)
    return _decided(each, measures, account)


def _decided(
    each: Mapping[Column, Sequence[tuple[Item, Said]]], measures: Mapping[Column, Measure], account: Account
) -> dict[Column, Unit]:
    """Return the unit of every column of shares that has one; what is unsure is told of."""
    units: dict[Column, Unit] = {}
    unsure: dict[Column, CellError] = {}
    for column, pairs in each.items():
        try:
            units[column] = _unit(measures[column], pairs)
        except CellError as error:
            unsure[column] = error
    for column, wrong in unsure.items():
        if _are_as_answers(column, each[column], units):
            units[column] = "share"
        else:
            for one in (item for item, found in each[column] if not found.has_sign):
                account.refuse(one, f"{wrong.rule}. Skriv procenttecken i cellerna")
    for column, unit in units.items():
        _doubt_small(each[column], unit, account)
    return units


def _are_as_answers(column: Column, pairs: Sequence[tuple[Item, Said]], units: Mapping[Column, Unit]) -> bool:
    """Return whether a column's small numbers are shares of 1 as those who answered Ja are on the same sheet.

    A column that says percent, or has a number above 1 or a percent sign, is not.
    """
    page, _at, question = column
    is_small = all(found.number is not None and abs(found.number) <= 1 and not found.has_sign for _one, found in pairs)
    is_told = unit_told(pairs[0][0].heading.title, pairs[0][0].above) == "percent"
    own = {unit for (sheet, _other, name), unit in units.items() if sheet == page and unit and name != question}
    return is_small and not is_told and units.get((page, -1, "")) == "share" and own <= {"share"}


def _unit(measure: Measure, pairs: Sequence[tuple[Item, Said]]) -> Unit:
    """Return the unit of a column's numbers; raise CellError where it is unsure.

    Shares of those who answered are percent where one of a whole sheet's is above 1.
    """
    first, numbers = pairs[0][0], [one for _item, one in pairs]
    given = unit_told(first.heading.title, first.above)
    if given != "share" and any(one.has_sign for one in numbers):
        return "percent"
    if measure.indicator.is_answer and any(one.number and one.number > 1 for one in numbers if not one.has_sign):
        return "percent"
    if measure.indicator.is_answer and not given and any(one.number and one.number % 1 for one in numbers):
        given = "share"  # a share of 290 municipalities below one per cent is none
    return unit_of(numbers, given)


def _doubt_small(pairs: Sequence[tuple[Item, Said]], unit: Unit, account: Account) -> None:
    """Tell of a number up to 1 among percent that nothing says are percent, or others have signs: 1 or 100 per cent?

    So may a fraction be a share of 1 where all the others are whole numbers, whatever is said over them.
    """
    signed = any(found.has_sign for _one, found in pairs)
    large = [found.number for _one, found in pairs if found.number and abs(found.number) > 1]
    are_whole = len(large) >= FEWEST and not any(number % 1 for number in large)
    for one, found in pairs:
        bare = found.number is not None and 0 < found.number <= 1 and not found.has_sign
        is_odd = bare and found.number != 1 and are_whole
        told = unit_told(one.heading.title, one.above) == "percent"
        if bare and unit == "percent" and (signed or not told or is_odd):
            rule = "är högst 1 bland tal i procent: procent, eller en andel av 1? Skriv procenttecken i cellen"
            account.refuse(one, rule)


def _figure(one: Item, measure: Measure, unit: Unit, legend: Legend) -> Figure:
    """Return what a cell says; raise CellError where it breaks a rule."""
    item = measure.indicator
    answers = item.is_answer and one.is_of_unit
    if measure.doubt and isinstance(one.cell, float | str) and any(map(str.isdigit, one.text)):
        is_share_of_answers = measure.doubt != OF_PERSONS and not one.is_of_unit
        raise CellError(one.text, OF_ANSWERS if is_share_of_answers else measure.doubt)
    found = _by_code(one, measure, legend) if answers and measure.codes else None
    signs = legend if answers else {sign: entry for sign, entry in legend.items() if not sign.isdigit()}
    found = found or said(one.cell, item, answers=answers, legend=signs)
    if found is None:
        return Figure(one, item.id, status="missing")
    own: Unit = UNIT_WORDS.get(" ".join(one.unit.replace("–", "-").casefold().split()), unit)
    if found.has_sign and not is_share(item):
        raise CellError(one.text, "har procenttecken bland tal som inte är andelar; skriv talet")
    if own == "number" and is_share(item) and found.number is not None:
        raise CellError(one.text, "är ett antal, men frågan gäller en andel")
    percent = is_share(item) and (found.has_sign or own == "percent")
    amount = None if found.number is None else float(found.number / 100 if percent else found.number)
    broken = broken_rules(item, one.place.level, float("nan") if amount is None else amount, found.answer, found.status)
    for _column_name, rule in broken:
        raise CellError(one.text, OUTSIDE if rule == NO_SHARE else rule)
    return _counted(Figure(one, item.id, amount, found.answer, found.status), item)


def _counted(figure: Figure, item: Indicator) -> Figure:
    """Return a share with the counts beside it; raise CellError where they and it do not go together."""
    one = figure.item
    if not is_share(item) or figure.answer or (one.counts is None and not item.protected):
        return figure
    if one.counts is None:
        raise CellError(one.text, WHOSE)
    told = {role: number(text, A_COUNT) for role, text in one.counts.items()}
    above, below = (told.get(role, nan) for role in COUNTS)
    value = nan if figure.value is None else figure.value
    for role, broken in counts_broken(item, value, above, below, figure.status):
        rule, colon, numbers = broken.partition(":")
        raise CellError(one.counts.get(role, one.text), rule, colon + numbers)
    return replace(figure, numerator=told.get("numerator"), denominator=told.get("denominator"))


def _by_code(one: Item, measure: Measure, legend: Legend) -> Said | None:
    """Return the answer that a number stands for, None for what is no number; raise CellError for another number.

    A number that the file explains as no answer, as 9 for one that is lacking, is none.
    """
    text = shown(one.cell).removesuffix(",0")
    if step := measure.codes.get(text):
        return Said(answer=step)
    if text[:1].isdigit() and not (text in legend and legend[text].meaning not in ANSWER_WORDS):
        words = measure.indicator.answer_words
        known = [f"{code} ({words[step]})" for code, step in measure.codes.items()]
        raise CellError(one.text, f"är inget svar: kodningen har {listing(known)}")
    return None


def without_twice(figures: Iterable[Figure], account: Account) -> list[Figure]:
    """Return the figures without those that stand twice: again elsewhere is left out, another value is a fault."""
    first: dict[tuple[str, str, str, str], Figure] = {}
    kept: dict[int, Figure] = {}
    for one in figures:
        item = one.item
        earlier = first.setdefault((one.measure, item.place.code, item.heading.period, item.heading.group), one)
        if earlier is one:
            kept[id(one)] = one
        elif replace(one, item=earlier.item) != earlier:
            _contradicted(one, earlier, account)
            if kept.pop(id(earlier), None):
                _contradicted(earlier, one, account)
        elif item.page.name != earlier.item.page.name:
            account.leave(item.page, [item.row], [item.column], f"{AGAIN} {_where(earlier)}")
        else:
            account.refuse(item, f"finns redan på {_where(earlier)}; en uppgift ska stå en gång")
    return list(kept.values())


def _contradicted(one: Figure, other: Figure, account: Account) -> None:
    """Say that a figure is another than one of the same."""
    account.refuse(one.item, f"säger emot {_where(other)}, som gäller samma sak; båda utelämnas")


def _where(one: Figure) -> str:
    """Return where a figure stands: its sheet and cell."""
    return f"{one.item.page.name} {one.item.page.cell(one.item.row, one.item.column)}"
