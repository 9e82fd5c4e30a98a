"""Our own workbook for a county's results: a guide, and a sheet for each area with its municipalities as rows."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from oj.facts.catalog import Indicator, in_area, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, domain_folder, domain_of, edition_folder
from oj.facts.places import NATION, Place, all_places, city_of, is_district, shell_word, slug
from oj.forms import style
from oj.forms.guide import LACKING, guide_sheet
from oj.sources.files.cells import letter
from oj.sources.files.edge import saved, write_new
from oj.sources.limits import limits_of
from oj.sources.terms.edition import mark
from oj.words.errors import UserError
from oj.words.swedish import capital, genitive, listing
from oj.words.vocabulary import UNITS

FIRST_ROW, GROUPS, TITLES, UNIT, IDS = 2, 3, 4, 5, 6
CODE_WIDTH, NAME_WIDTH, WIDTH = 12, 24, 19
PAGE = 140  # signs that a landscape page takes and can still be read
HINT = "Skriv i rutorna med gul botten. En tom ruta betyder bortfall; en rad utan något svar läses inte."
ANSWERED = "{words}.\nLänet och riket: andel kommuner med Ja, i procent"
TOLD = {"share": "Procent", "hours-per-week": "Timmar i veckan"}
NUMBERS = {  # what a number is told as, the most that it may be, and its format
    "hours-per-week": ("timmar i veckan", 168, "0.0"),
    "ratio": ("ett antal", 1_000_000, "0"),
}


def template_name(county: Place, home: Path) -> str:
    """Return what the workbook of a county and an edition's folder is called, with the domain where it is another.

    >>> template_name(next(one for one in all_places().values() if one.level == "county"), edition_folder())
    'stockholm-oj-2015.xlsx'
    """
    domain = home.parent.name
    which = [domain] if domain != domain_folder().name else []
    return f"{'-'.join([slug(county.short), 'oj', *which, home.name])}.xlsx"


def write_template(county: Place, target: Path, edition: str = "", folder: Path | None = None) -> None:
    """Write the workbook that a county's results are filled in, the same bytes for the same facts, to a new file."""
    home = edition_folder(folder, edition)
    if home.name not in (known := asking_editions(folder)):
        told = "kan inte fyllas i: programmet känner inte dess frågor. Utgåvor med en mall"
        raise UserError(f"Utgåvan ”{home.name}” {told}: {', '.join(known)}.")
    book = template(county, home.name, folder)
    write_new(target, saved(book, datetime(int(home.name), 1, 1)))


def template(county: Place, edition: str = "", folder: Path | None = None) -> Any:
    """Return the workbook, as openpyxl has it, with the county's municipalities, the county and the nation as rows."""
    folder = edition_folder(folder, edition)
    edition, book, domain = folder.name, Workbook(), domain_of(folder).name.lower()
    book.properties.title = f"Öppna jämförelser {edition}, {domain}: {county.name}"
    book.properties.creator, book.properties.language = "oj", "sv-SE"
    places = rows_of(county, folder)
    book.active.title = "Läs först"
    words, statuses = _words(county, places, folder), limits_of(folder).statuses
    guide_sheet(book.active, "template", {"edition": edition, "domain": domain, **words}, signs=statuses)
    signs = [statuses[name].sign for name in LACKING]
    groups = read_table("subareas", folder).set_index("subarea")["name"].to_dict()
    for area in read_table("areas", folder).to_dict("records"):
        sheet = book.create_sheet(short_name(str(area["name"])))
        items = in_area(str(area["area"]), folder)
        style.write_key(sheet["A1"], mark(edition, county.code))
        style.write_line(sheet["B1"], f"{area['name']}, {county.name}", bold=True, size=14, colour=style.DARK)
        style.write_line(sheet.cell(FIRST_ROW, 1), HINT)
        _head(sheet, items, groups)
        _rows(sheet, places, items, signs)
        _page(sheet, len(items), len(places))
    return book


def _words(county: Place, places: Sequence[Place], folder: Path) -> dict[str, str]:
    """Return what the guide says of the county, its cities whose districts answer, and answers between Ja and Nej."""
    divided = {city_of(place.code) for place in places if is_district(place.code)}
    steps = [one.answer_words for one in indicators(folder).values()]
    middle = listing(list(dict.fromkeys(one["partly"] for one in steps if "partly" in one)), "eller")
    cities = listing([one.name for one in places if one.code in divided])
    about = {"county": county.name, "countys": genitive(county.name), "short": shell_word(county.short)}
    return about | {"cities": cities, "also": f", för några frågor också {middle}" if middle else ""}


def rows_of(county: Place, folder: Path | None = None) -> list[Place]:
    """Return the rows of the workbook: municipalities, each with its districts below, the county and the nation."""
    places = all_places(folder, shipped=True)
    own = [place for place in places.values() if place.county == county.code and place.level in UNITS]
    own.sort(key=lambda place: (city_of(place.code), place.code))
    return [*own, county, places[NATION]]


def short_name(name: str) -> str:
    """Return an area's name as a sheet's, at most 31 signs, cut at a word.

    >>> short_name("Kunskapsbaserad vård och omsorg"), short_name("Placerade barns utbildningsnivå i dag")
    ('Kunskapsbaserad vård och omsorg', 'Placerade barns utbildningsnivå')
    """
    return name if len(name) <= 31 else name[:32].rpartition(" ")[0]


def _head(sheet: Any, items: Sequence[Indicator], groups: dict[Any, Any]) -> None:
    """Write over each column its sub-area, title, unit and id."""
    for row in (GROUPS, UNIT, IDS):
        for column in (1, 2):
            style.fill(sheet.cell(row, column), style.PALE)
    for column, text in ((1, "Kommunkod"), (2, "Kommun")):
        style.head(sheet.cell(TITLES, column), text, style.PALE)
    column, heights = 3, list[tuple[str, float]]()
    for subarea, group in groupby(items, key=lambda item: item.subarea):
        own = list(group)
        style.head(sheet.cell(GROUPS, column), groups[subarea], style.PALE)
        heights.append((groups[subarea], float(WIDTH * len(own))))
        if len(own) > 1:
            sheet.merge_cells(start_row=GROUPS, end_row=GROUPS, start_column=column, end_column=column + len(own) - 1)
        for item in own:
            style.head(sheet.cell(TITLES, column), _lettered(item), style.PALE)
            style.write(sheet.cell(UNIT, column), _unit(item))
            style.fill(sheet.cell(UNIT, column), style.PALE, framed=True)
            style.fill(sheet.cell(IDS, column), style.PALE)
            style.write_key(sheet.cell(IDS, column), item.id)
            column += 1
    sheet.row_dimensions[GROUPS].height = style.height(*heights)
    sheet.row_dimensions[TITLES].height = style.height(*((_lettered(item), WIDTH) for item in items))
    sheet.row_dimensions[UNIT].height = style.height(*((_unit(item), WIDTH) for item in items))
    sheet.row_dimensions[1].height, sheet.row_dimensions[IDS].height = 24, 10


def _unit(item: Indicator) -> str:
    """Return what is written in a column, for its heading."""
    words = list(item.answer_words.values())
    return ANSWERED.format(words=listing(words, "eller")) if words else TOLD.get(item.scale) or capital(item.phrase)


def _lettered(item: Indicator) -> str:
    return f"{item.letter}) {item.title}" if item.letter else item.title


def _rows(sheet: Any, places: Sequence[Place], items: Sequence[Indicator], signs: Sequence[str]) -> None:
    """Write a row for each place, with a cell to fill in for each indicator, and the rules of what it may say."""
    rules: dict[tuple[object, ...], Any] = {}
    for row, place in enumerate(places, start=IDS + 1):
        bold = place.level not in UNITS
        indent = "   " if is_district(place.code) else ""
        style.write(sheet.cell(row, 1), place.code, bold=bold)
        style.write(sheet.cell(row, 2), f"{indent}{place.name}", bold=bold)
        for column, item in enumerate(items, start=3):
            cell = sheet.cell(row, column)
            if place.level not in item.levels:
                style.fill(cell, style.PALE)
                continue
            style.open_cell(cell)
            answers = item.is_answer and place.level in UNITS
            if not answers:
                cell.number_format = _number(item)[2]
            key = (item.scale, *item.answers, answers)
            if key in rules:
                rules[key].add(cell)
            else:
                rules[key] = style.takes(sheet, cell.coordinate, *_rule(item, cell.coordinate, signs, answers=answers))


def _number(item: Indicator) -> tuple[str, int, str]:
    return NUMBERS.get(item.scale, ("en andel mellan 0 och 100 %", 1, "0.0%" if item.decimals else "0%"))


def _rule(item: Indicator, first: str, every: Sequence[str], *, answers: bool) -> tuple[str, ...]:
    """Return what a cell may say: one of the answers in a list, or a number within its limits, or a sign, as told."""
    words = list(item.answer_words.values())
    if answers and not any("," in word for word in words):  # a comma would part a list
        return (f'"{",".join([*words, *every])}"',)
    signs = ",".join(f'{first}="{sign}"' for sign in [*(words if answers else ()), *every])
    if answers:
        told = f"Skriv ett av svaren {'; '.join(words)}, eller ett av tecknen {', '.join(every)}."
        return f"OR({signs})", told, "Skriv ett svar"
    told, most, _format = _number(item)
    wanted = f"Skriv {told}, eller ett av tecknen {', '.join(every)}."
    return f"OR(AND(ISNUMBER({first}),{first}>=0,{first}<={most}),{signs})", wanted


def _page(sheet: Any, columns: int, rows: int) -> None:
    """Set a sheet up for the screen and for paper: headings that stay, and as many pages across as can be read."""
    for column, width in enumerate([CODE_WIDTH, NAME_WIDTH, *[WIDTH] * columns]):
        sheet.column_dimensions[letter(column)].width = width
    sheet.freeze_panes = sheet.cell(IDS + 1, 3)
    style.page(sheet, landscape=True)
    across = (columns * WIDTH + CODE_WIDTH + NAME_WIDTH) / PAGE
    sheet.page_setup.fitToWidth = max(1, round(across + 0.4))
    sheet.print_title_rows, sheet.print_title_cols = f"{GROUPS}:{IDS}", "A:B"
    sheet.print_area = f"A1:{letter(columns + 1)}{IDS + rows}"
    style.protect(sheet)
