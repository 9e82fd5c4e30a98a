"""What is doubtful in a table with a row for each result: columns that part the rows, other tables, other surveys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from oj.facts.catalog import Indicator
from oj.sources.files.cells import is_empty, shown
from oj.sources.files.sheet import Sheet
from oj.sources.tables.model import Facts, Problem, Result, Spot
from oj.sources.terms.edition import another_edition, another_survey, headlines_of, is_ours, named_editions
from oj.sources.terms.match import ALONE, match
from oj.sources.terms.part import is_all, is_area_heading, is_dimension, is_year_heading, part, scale
from oj.sources.terms.words import is_heading, plain, squeezed

MOST_SEEN = 30  # signs of a cell that parts the rows
NOT_READ = "Inget ur tabellen läses"
SAYS_NOTHING = frozenset(map(squeezed, (
    "area", "subarea", "title", "level", "display", "source", "short", "Titel", "Rubrik", "Källa", "Källor", "Område",
    "Delområde", "Nivå", "Kommentar", "Kommentarer", "Anmärkning", "Not", "Noter", "Notering", "Fotnot", "Länk", "URL",
    "Rad", "Radnr", "Radnummer", "Nr", "Löpnummer", "Löpnr", "Id", "Indikatortext", "Indikatorns namn", "Visas",
    "Uppgiftslämnare", "Inlagd", "Ordning", "Sortering",
)))  # fmt: skip

WHICH_SURVEY = (
    "finns i flera undersökningar, och inget säger vilken det är. Skriv undersökningens namn ovanför tabellen. "
    "Bladet läses inte"
)


def title_doubt(texts: Sequence[tuple[str, str]], facts: Facts) -> tuple[str, str] | None:
    """Return the title that says that a sheet is of a part, another edition or another survey, and the rule."""
    told = [text for _where, text in texts]
    own = [word for item in facts.indicators.values() for word in (item.title, item.name, item.short)]
    own += [word for words in facts.known.groups for word in words]
    for text in told:
        if found := part(text, own):
            return text, f"säger att tabellen bara gäller {found}. Bladet läses inte"
        if found := scale(text, own):
            return text, f"säger att talen är i en annan enhet ({found}) än indikatorernas. Bladet läses inte"
    if other := another_survey([*told, facts.file_text], [word.casefold() for word in own]):
        return other, "säger att tabellen är ur en annan undersökning än barn- och ungdomsvårdens. Bladet läses inte"
    if year := another_edition(told, facts.edition, others=facts.says_edition):
        return year, f"är det år som bladet säger, och inte utgåvan {facts.edition}. Bladet läses inte"
    return None


def only_names(headings: Sequence[Sequence[str]], above: Sequence[str], facts: Facts) -> bool:
    """Return whether all that is read is known by short names alone, and nothing says which survey they are of."""
    by = {match(told, above, facts.known).by for told in headings}
    return by == {ALONE} and not is_ours([*above, facts.file_text, *facts.told])


def others_of(sheet: Sheet, head: int, columns: Mapping[str, int]) -> dict[int, str]:
    """Return the columns with something in them that are not read, with their headings."""
    read = set(columns.values())
    wide = sheet.width
    rows = [row for row in sheet.rows if row >= head]
    filled = [at for at in range(wide) if at not in read and any(not is_empty(sheet.cell(row, at)) for row in rows)]
    return {at: plain(shown(sheet.cell(head, at))) for at in filled}


def tidy_doubts(sheet: Sheet, title: str, head: int, columns: Mapping[str, int], facts: Facts) -> Iterator[Problem]:
    """Yield why nothing of a table can be read."""
    texts = list(headlines_of(title, sheet, head, is_text=facts.is_text))
    if found := title_doubt(texts, facts):
        yield Problem(Spot(title, min(sheet.rows)), *found)
    for at, heading in others_of(sheet, head, columns).items():
        if rule := _column_doubt(heading):
            row = head if heading else next(row for row in sheet.rows if not is_empty(sheet.cell(row, at)))
            yield Problem(Spot(title, row, at), heading, f"{rule}. {NOT_READ}")
    headings = [squeezed(plain(shown(one))) for one in sheet.rows[head]]
    for row in (at for at in sheet.rows if at > head):
        if sum(is_heading(one) for one in sheet.rows[row]) and not repeats(sheet, row, headings):
            yield Problem(Spot(title, row), "", f"är en andra rubrik: under den är en annan tabell. {NOT_READ}")
            return
    names = [
        [shown(one)] for row in sheet.rows if row > head and not is_empty(one := sheet.cell(row, columns["indicator"]))
    ]
    if only_names(names, [text for _where, text in texts], facts):
        yield Problem(Spot(title, head + 1, columns["indicator"]), names[0][0], WHICH_SURVEY)


def repeats(sheet: Sheet, row: int, headings: Sequence[str]) -> bool:
    """Return whether a row is the headings again."""
    cells = sheet.rows[row]
    return len(cells) == len(headings) and all(
        squeezed(plain(shown(one))) == heading for one, heading in zip(cells, headings, strict=True)
    )


def _column_doubt(heading: str) -> str:
    """Return why a column that is not read cannot be passed over, "" where it can, or where its rows are looked at."""
    if not heading:
        return "har värden utan rubrik: decimaler som skilts från sitt tal av ett kommatecken?"
    if is_area_heading(heading):
        return "säger att raderna gäller andra områden än kommuner och län"
    if is_dimension(heading) or is_year_heading(heading) or squeezed(heading) in SAYS_NOTHING:
        return ""
    return "är en kolumn som inte kan läsas, och som kan ändra vad raderna gäller"


def row_doubt(sheet: Sheet, spot: Spot, others: Mapping[int, str], item: Indicator, facts: Facts) -> Problem | None:
    """Return that a row is of a part, another year or another survey, by a column that is not read."""
    for at, heading in others.items():
        text = shown(sheet.cell(spot.row, at))
        if rule := _part_of_row(text, heading, item, facts):
            return Problem(replace(spot, column=at), text if len(text) <= MOST_SEEN else "", rule)
    return None


def _part_of_row(text: str, heading: str, item: Indicator, facts: Facts) -> str:
    own = [item.title, item.name, item.short]
    if not text:
        return ""
    if is_year_heading(heading):
        right = text == facts.edition or text in item.title
        return "" if right else f"är ett annat år än utgåvan {facts.edition}"
    if is_dimension(heading):
        right = is_all(text) or (len(squeezed(text)) > 2 and squeezed(text) in squeezed(" ".join(own)))
        return "" if right else f"står under ”{heading}”: raden gäller bara en del, eller något annat"
    said = part(text, own) or named_editions(text) - {facts.edition}
    return f"står under ”{heading}”, och raden gäller därför något annat" if said else ""


def contradicted(results: Sequence[Result], title: str) -> list[Problem]:
    """Return that several results stand twice with other values: something that is not read parts the rows."""
    first: dict[tuple[str, str], Result] = {}
    again = []
    for one in results:
        earlier = first.setdefault((one.indicator, one.place), one)
        if one.shown != earlier.shown:
            again.append(one)
    rule = f"{len(again)} uppgifter står två gånger med olika värden: raderna gäller olika saker. {NOT_READ}"
    return [Problem(Spot(title, again[0].spot.row), "", rule)] if len(again) > 1 else []
