"""Manners in which each place has a row (or a column) and each question a column: sheets, levels, years."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from made_books.desk import Desk
from made_books.facts import Measure, Place, above, municipalities
from made_books.naming import in_order
from made_books.paper import Paper
from made_books.table import Laid, Line

Manner = Callable[[Desk], None]


def some_places(desk: Desk, least: int = 8, most: int = 30) -> list[Place]:
    """Choose municipalities, and mostly their counties and the nation, in somebody's order."""
    below = municipalities(desk.random, least, most)
    return in_order(desk.random, below, above(below) if desk.random.random() < 0.7 else [])


def by_area(chosen: Iterable[Measure]) -> dict[str, list[Measure]]:
    """Return measures by their area."""
    found: dict[str, list[Measure]] = {}
    for one in chosen:
        found.setdefault(one.area, []).append(one)
    return found


def one_year(desk: Desk, ways: Sequence[str]) -> tuple[str, str]:
    """Choose a year, and how it is told; `edition` is not at all, so that it has to be given."""
    year, way = desk.years(1, 1)[0], desk.random.choice(ways)
    if way == "edition":
        desk.edition = year
    return year, way


def plain(desk: Desk, paper: Paper, year: str, told: str, chosen: Sequence[Measure], places: Sequence[Place],
          across: bool = False, explained: bool = True) -> Laid:  # fmt: skip
    """Lay a table with one level of headings; the year stands in a title row, a column or elsewhere."""
    left = desk.corner()
    top = desk.opening(paper, [year] if told == "title" else [], left)
    rows, heads = desk.rows(places, period=year), desk.naming.heads
    if told == "column":
        heads = (*heads, "År")
        rows = [Line((*row.labels, int(year)), row.place, period=year) for row in rows]
    laid = desk.table(paper, heads, rows, desk.columns(chosen), top=top, left=left, across=across)
    desk.closing(laid, desk.explained([laid]) if explained else [], left)
    return laid


def area_sheets(desk: Desk) -> None:
    """Make one sheet for each area."""
    year, told = one_year(desk, ("title", "title", "column", "edition"))
    places = some_places(desk)
    for area, chosen in by_area(desk.measures(5, 10)).items():
        plain(desk, desk.sheet(area.replace("/", " ")), year, told, chosen, places)


def year_sheets(desk: Desk) -> None:
    """Make a sheet for each year; with the year in the headings too, or in a title row, or nowhere else."""
    chosen, places, told = desk.measures(), some_places(desk), desk.random.choice(("sheet", "title", "level"))
    naming = desk.random.choice(("{}", "{}", "ÖJ {}", "Resultat {}"))
    for year in desk.years(2, 5):
        asked = [one for one in chosen if desk.random.random() < 0.8] or chosen[:1]
        paper = desk.sheet(naming.format(year))
        if told != "level":
            plain(desk, paper, year, told, asked, places)
            continue
        columns = [Line((int(year), *one.labels), None, one.measure, _with_year(year, one.titles), year)
                   for one in desk.columns(asked)]  # fmt: skip
        laid = desk.table(paper, desk.naming.heads, desk.rows(places), columns, top=desk.opening(paper),
                          merging=desk.random.choice(("repeated", "merged")))  # fmt: skip
        desk.closing(laid, desk.explained([laid]))


def _with_year(year: str, titles: Sequence[str]) -> tuple[str, ...]:
    return (*titles, *(f"{year} – {title}" for title in titles), *(f"{title} – {year}" for title in titles))


def levels(desk: Desk) -> None:
    """Make headings of one, two or three levels, with the year as one of them or in the words."""
    shape = desk.random.choice(SHAPES)
    years, chosen, places = desk.years(2, 4), desk.measures(3, 5), some_places(desk)
    columns = _levelled(desk, shape, years, chosen)
    paper = desk.sheet(desk.random.choice(("Resultat", "Blad1", desk.subject)))
    left = desk.corner()
    top = desk.opening(paper, years if desk.random.random() < 0.4 else [], left)
    laid = desk.table(paper, desk.naming.heads, desk.rows(places), columns, top=top, left=left,
                      merging=desk.merging(), heads_low=desk.random.random() < 0.6)  # fmt: skip
    desk.closing(laid, [*desk.explained([laid]), *desk.fetched()], left)


SHAPES = (
    ("words",), ("year", "title"), ("title", "year"), ("area", "title", "year"), ("year", "area", "title"),
    ("title", "year", "group"), ("area", "title with year"),
)  # fmt: skip
GROUPS = {"Totalt": "total", "Kvinnor": "women", "Män": "men"}


def _levelled(desk: Desk, shape: Sequence[str], years: Sequence[str], chosen: Sequence[Measure]) -> list[Line]:
    """Return a column for each measure, year and group, ordered by its uppermost level first."""
    found: list[tuple[tuple[int, ...], Line]] = []
    areas = list(by_area(chosen))
    for number, measure in enumerate(chosen):
        groups = list(GROUPS) if "group" in shape and measure.kind == "share" else ["Totalt"]
        for year in years:
            for group in groups:
                line = _column(desk, shape, measure, year, group)
                order = {"area": areas.index(measure.area), "year": int(year)}
                found.append((tuple(order.get(level, number) for level in shape), line))
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _column(desk: Desk, shape: Sequence[str], measure: Measure, year: str, group: str) -> Line:
    words = desk.words(measure)[0]
    label = {"area": measure.area, "title": words, "year": desk.year(year), "group": group,
             "words": f"{words}, {year}", "title with year": f"{words} {year}"}  # fmt: skip
    labels = tuple(label[level] for level in shape)
    own = " – ".join(str(label[level]) for level in shape if level not in ("year", "group"))
    without_group = " – ".join(str(label[level]) for level in shape if level != "group")
    without_year = " – ".join(str(label[level]) for level in shape if level != "year")
    everything = " – ".join(map(str, labels))
    bare = own.removesuffix(f", {year}").removesuffix(f" {year}")
    return Line(labels, None, measure, (own, bare, without_group, without_year, everything), year, GROUPS[group])


def transposed(desk: Desk) -> None:
    """Make a table with the places across and the questions down, mostly with the areas in a first column."""
    year, told = one_year(desk, ("title", "sheet", "year column", "edition"))
    chosen, places = desk.measures(5, 9), some_places(desk, 5, 12)
    paper = desk.sheet(year if told == "sheet" else "Resultat")
    top = desk.opening(paper, [year] if told == "title" else [])
    shape = ("area", "title") if desk.random.random() < 0.5 else ("title",)
    years = [year]
    if told == "year column":
        shape, years = (*shape, "year"), desk.years(1, 3)
    columns = [replace(one, titles=(*one.titles, *(desk.words(one.measure) if one.measure else ())))
               for one in _levelled(desk, shape, years, chosen)]  # fmt: skip
    laid = desk.table(paper, desk.naming.heads, desk.rows(places), columns, top=top, across=True,
                      merging=desk.merging())  # fmt: skip
    desk.closing(laid, desk.explained([laid]))


WIDE: dict[str, Manner] = {
    "area_sheets": area_sheets, "year_sheets": year_sheets, "levels": levels, "transposed": transposed,
}  # fmt: skip
