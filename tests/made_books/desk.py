"""Where a book is made: its chance, its habits and its sheets, and the lines that every manner is built from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from made_books.facts import DECIDED, DOMAINS, FOLLOWED_UP, PARTLY, YES_NO, Measure, Place, measures, said
from made_books.figures import Figure, Habit, figure
from made_books.naming import Naming
from made_books.paper import Paper
from made_books.table import Laid, Line, Look, lay

YEARS = tuple(str(year) for year in range(2016, 2024))
MEANT = {"suppressed": "uppgiften skyddas av sekretess", "missing": "uppgift saknas", "not_applicable": "ej aktuellt"}
IN_OTHER_WORDS = (DECIDED, FOLLOWED_UP, (("Ja", 2), ("Ja, med vissa", 1), ("Nej", 0)), YES_NO)
NOTES = (
    "Not: Uppgifterna är kommunernas egna svar.",
    "1) Avser situationen den 1 februari.",
    "Se även metodbeskrivningen på webbplatsen.",
    "* Kommunen har lämnat en kommentar till svaret.",
)


@dataclass
class Desk:
    """A book in the making."""

    random: Random
    domain: str
    habit: Habit
    naming: Naming
    papers: list[Paper] = field(default_factory=list)
    tables: list[Laid] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    edition: str | None = None
    csv: bool = False
    coding: Any = None  # the book's one coding, where it is said in a note or on the Information sheet
    legend: bool = False
    text_years: bool = False  # years in headings are text
    own_words: bool = False  # the questions are answered in other words than Ja, Delvis and Nej

    def __post_init__(self) -> None:
        if self.habit.coded in ("note", "information"):
            self.coding = self.random.choice((YES_NO, PARTLY))

    @property
    def subject(self) -> str:
        """Return the domain's name, as it stands in titles."""
        return DOMAINS[self.domain]

    def sheet(self, name: str, before: bool = False) -> Paper:
        """Add a sheet, last or first."""
        paper = Paper(name[:31])
        self.papers.insert(0 if before else len(self.papers), paper)
        return paper

    def measures(self, least: int = 3, most: int = 8) -> list[Measure]:
        """Choose measures, with the book's one coding if it has one."""
        chosen = measures(self.random, self.domain, least, most)
        coding = self.coding
        if self.own_words:
            return [replace(one, coding=self.random.choice(IN_OTHER_WORDS)) if one.coding else one for one in chosen]
        return [replace(one, coding=coding) if one.coding and coding else one for one in chosen]

    def words(self, measure: Measure) -> tuple[str, ...]:
        """Return a column's title as it is written, and what else is right to call it."""
        if self.habit.coded == "header" and measure.coding:
            return (f"{measure.title} ({said(measure.coding)})", measure.title)
        return (measure.title,)

    def years(self, least: int = 1, most: int = 8) -> list[str]:
        """Choose years in a row."""
        number = self.random.randint(least, most)
        first = self.random.randint(0, len(YEARS) - number)
        return list(YEARS[first : first + number])

    def draw(self, of: Line) -> Figure:
        """Return a figure for what a row and a column say together."""
        assert of.measure is not None
        return figure(self.random, of.measure, of.place.level if of.place else "municipality", self.habit)

    def table(self, paper: Paper, heads: Sequence[Any], rows: Sequence[Line], columns: Sequence[Line],
              **look: Any) -> Laid:  # fmt: skip
        """Lay a table on a sheet."""
        shown = self.naming.code_at if self.naming.codes == "shown" else None
        chosen = Look(number=len(self.tables), **({"code_at": shown} | look))
        laid = lay(paper, heads, rows, columns, self.draw, chosen)
        self.tables.append(laid)
        return laid

    def rows(self, places: Iterable[Place], **told: Any) -> list[Line]:
        """Return a row for each place."""
        return [Line(self.naming.labels(place), place, **told) for place in places]

    def columns(self, chosen: Iterable[Measure], **told: Any) -> list[Line]:
        """Return a column for each measure, with one level of headings."""
        return [Line(self.words(one)[:1], None, one, self.words(one), **told) for one in chosen]

    def year(self, year: str) -> Any:
        """Return a year as it stands in a heading: a number, or text."""
        return year if self.text_years else int(year)

    def fetched(self) -> list[Any]:
        """Return the day when somebody fetched the figures, or nothing: it is not the year that they are of."""
        return ["Uppgifterna hämtades 2024-03-14."] if self.random.random() < 0.2 else []

    def opening(self, paper: Paper, years: Sequence[str] = (), left: int = 1) -> int:
        """Write title rows, or none; return the row where a table may begin."""
        texts: list[Any] = []
        if years:
            span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
            texts = [f"Öppna jämförelser {span} – {self.subject}"]
        elif self.random.random() < 0.4:
            texts = [f"Öppna jämförelser – {self.subject}"]
        if self.random.random() < 0.3:
            texts += ["Resultat per kommun", *([None] if self.random.random() < 0.5 else [])]
        row = paper.lines(1 + self.random.choice((0, 0, 1)), left, texts)
        return row + (self.random.choice((0, 1)) if texts else 0)

    def corner(self) -> int:
        """Return the first column of a table: mostly A."""
        return self.random.choice((1, 1, 1, 2))

    def merging(self) -> str:
        """Return how headings of several levels are written."""
        return self.random.choice(("merged", "repeated", "first"))

    def explained(self, tables: Sequence[Laid]) -> list[Any]:
        """Return what the book itself says about its figures: the coding, the shares above, the signs."""
        spots = [spot for laid in tables for spot in laid.spots]
        texts: list[Any] = []
        if self.habit.coded == "note":
            texts.append(f"Svaren är kodade: {said(self.coding)}")
        if any(one.measure.coding and one.place.level in ("county", "nation") for one in spots):
            texts.append("För län och riket visas andelen (%) av kommunerna som har svarat Ja.")
        if self.legend:
            texts += self.signs()
        return texts

    def signs(self) -> list[Any]:
        """Return the legend of the signs: on a line each, in one line, or in two columns."""
        pairs = [(sign, MEANT[status]) for sign, status in self.habit.signs.items()]
        shape = self.random.choice(("lines", "line", "columns"))
        if shape == "columns":
            return ["Teckenförklaring", *pairs]
        told = [f"{sign} = {meaning}" for sign, meaning in pairs]
        return ["Teckenförklaring:", *told] if shape == "lines" else [f"Teckenförklaring: {', '.join(told)}"]

    def closing(self, laid: Laid, texts: Sequence[Any] = (), left: int = 1) -> None:
        """Write what stands under a table: what is told, a note, the source; or nothing."""
        lines = list(texts)
        if self.random.random() < 0.5:
            lines.append(self.random.choice(NOTES))
        if self.random.random() < 0.5:
            lines.append("Källa: Socialstyrelsens kommunenkät")
        laid.paper.lines(laid.paper.bottom + 1 + self.random.choice((1, 1, 2)), left, lines)
