"""Our own workbook for a county's results: a guide, and a sheet for each area with its municipalities as rows."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from oj.facts.catalog import Indicator, in_area, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, edition_folder
from oj.facts.places import NATION, Place, all_places, city_of, is_district
from oj.forms import style
from oj.forms.template_guide import LACKING, guide_sheet
from oj.sources.files.cells import letter
from oj.sources.files.xlsx import saved, write_new
from oj.sources.terms.edition import known_edition, mark
from oj.words.swedish import capital, listing
from oj.words.vocabulary import STATUSES, UNITS

FIRST_ROW, GROUPS, TITLES, UNIT, IDS = 2, 3, 4, 5, 6
CODE_WIDTH, NAME_WIDTH, WIDTH = 12, 24, 19
PAGE = 140  # signs that a landscape page takes and can still be read
SIGNS = [STATUSES[name].sign for name in LACKING]
HINT = "Skriv i rutorna med gul botten. En tom ruta betyder bortfall; en rad utan något svar läses inte."
FORMATS = {"hours-per-week": "0.0", "ratio": "0"}
PERCENT = "0%"
FINE_PERCENT = "0.0%"
ANSWERED = "{words}.\nLänet och riket: andel kommuner med Ja, i procent"
TOLD = {
    "share": "Procent",
    "hours-per-week": "Timmar i veckan",
}


def write_template(county: Place, target: Path, edition: str = "", folder: Path | None = None) -> None:
    """Write the workbook that a county's results are filled in, the same bytes for the same facts.

    Raises UserError where `target` is there already or cannot be written, and for an edition without indicators.
    """
    home = edition_folder(folder, edition)
    book = template(county, known_edition(home.name, folder), folder)
    write_new(target, saved(book, datetime(int(home.name), 1, 1)))


def template(county: Place, edition: str = "", folder: Path | None = None) -> Any:
    """Return the workbook, as openpyxl has it, with the county's municipalities, the county and the nation as rows.

    >>> from oj.facts.places import find_county
    >>> template(find_county("Skåne")).sheetnames[0]
    'Läs först'
    """
    from openpyxl import Workbook

    folder = edition_folder(folder, edition)
    edition, book = folder.name, Workbook()
    book.properties.title = f"Öppna jämförelser {edition}, {domain_of(folder).name.lower()}: {county.name}"
    book.properties.creator, book.properties.language = "oj", "sv-SE"
    places = rows_of(county, folder)
    divided = {city_of(place.code) for place in places if is_district(place.code)}
    cities = [place.name for place in places if place.code in divided]
    middle = dict.fromkeys(
        one.answer_words["partly"] for one in indicators(folder).values() if "partly" in one.answer_words
    )
    words = {"edition": edition, "domain": domain_of(folder).name.lower(), "middle": listing([*middle], "eller")}
    guide_sheet(book.active, county, words, cities)
    groups = read_table("subareas", folder).set_index("subarea")["name"].to_dict()
    for area in read_table("areas", folder).to_dict("records"):
        sheet = book.create_sheet(short_name(str(area["name"])))
        items = in_area(str(area["area"]), folder)
        _head(sheet, mark(edition, county.code), f"{area['name']}, {county.name}", items, groups)
        _rows(sheet, places, items)
        _page(sheet, len(items), len(places))
    return book


def rows_of(county: Place, folder: Path | None = None) -> list[Place]:
    """Return the rows of the workbook: municipalities, each with its districts below, the county and the nation."""
    places = all_places(folder)
    own = [place for place in places.values() if place.county == county.code and place.level in UNITS]
    own.sort(key=lambda place: (city_of(place.code), place.code))
    return [*own, county, places[NATION]]


def short_name(name: str) -> str:
    """Return an area's name as a sheet's, at most 31 signs, cut at a word.

    >>> short_name("Kunskapsbaserad vård och omsorg"), short_name("Placerade barns utbildningsnivå i dag")
    ('Kunskapsbaserad vård och omsorg', 'Placerade barns utbildningsnivå')
    """
    return name if len(name) <= 31 else name[:32].rpartition(" ")[0]


def _head(sheet: Any, told: str, title: str, items: Sequence[Indicator], groups: dict[Any, Any]) -> None:
    """Write a sheet's mark and title, and over each column its sub-area, title, unit and id."""
    style.write_key(sheet["A1"], told)
    _line(sheet["B1"], title, bold=True, size=14, colour=style.DARK)
    _line(sheet.cell(FIRST_ROW, 1), HINT)
    for row in (GROUPS, UNIT, IDS):
        for column in (1, 2):
            style.fill(sheet.cell(row, column), style.PALE)
    for column, text in ((1, "Kommunkod"), (2, "Kommun")):
        _heading(sheet.cell(TITLES, column), text)
    column = 3
    for subarea, group in groupby(items, key=lambda item: item.subarea):
        own = list(group)
        _heading(sheet.cell(GROUPS, column), groups[subarea])
        if len(own) > 1:
            sheet.merge_cells(start_row=GROUPS, end_row=GROUPS, start_column=column, end_column=column + len(own) - 1)
        for item in own:
            _column(sheet, column, item)
            column += 1
    _heights(sheet, items)


def _line(cell: Any, text: str, **look: Any) -> None:
    """Write a text on one line, over the cells to its right."""
    from openpyxl.styles import Alignment

    style.write(cell, text, **look)
    cell.alignment = Alignment(vertical="top")


def _heights(sheet: Any, items: Sequence[Indicator]) -> None:
    heights: dict[int, list[tuple[str, float]]] = {
        GROUPS: [(sheet.cell(GROUPS, 3 + at).value or "", _span(items, at)) for at in range(len(items))],
        TITLES: [(_lettered(item), WIDTH) for item in items],
        UNIT: [(_told(item), WIDTH) for item in items],
    }
    for row, texts in heights.items():
        sheet.row_dimensions[row].height = style.height(*texts)
    sheet.row_dimensions[1].height, sheet.row_dimensions[IDS].height = 24, 10


def _span(items: Sequence[Indicator], at: int) -> float:
    """Return the width of what stands over a column's group."""
    return float(WIDTH * sum(item.subarea == items[at].subarea for item in items))


def _column(sheet: Any, column: int, item: Indicator) -> None:
    _heading(sheet.cell(TITLES, column), _lettered(item))
    style.write(sheet.cell(UNIT, column), _told(item))
    for row in (UNIT, IDS):
        style.fill(sheet.cell(row, column), style.PALE)
    style.frame(sheet.cell(UNIT, column))
    style.write_key(sheet.cell(IDS, column), item.id)


def _told(item: Indicator) -> str:
    """Return what is written in a column, for its heading."""
    words = list(item.answer_words.values())
    return ANSWERED.format(words=listing(words, "eller")) if words else TOLD.get(item.scale) or capital(item.phrase)


def _lettered(item: Indicator) -> str:
    return f"{item.letter}) {item.title}" if item.letter else item.title


def _heading(cell: Any, text: str) -> None:
    style.write(cell, text, bold=True)
    style.fill(cell, style.PALE)
    style.frame(cell)


def _rows(sheet: Any, places: Sequence[Place], items: Sequence[Indicator]) -> None:
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
                cell.number_format = _format(item)
            key = (item.scale, *item.answers, answers)
            rules.setdefault(key, _rule(item, f"{cell.column_letter}{row}", answers=answers))
            rules[key].add(cell)
    for rule in rules.values():
        sheet.add_data_validation(rule)


def _format(item: Indicator) -> str:
    if item.scale in FORMATS:
        return FORMATS[item.scale]
    return FINE_PERCENT if item.decimals else PERCENT


def _rule(item: Indicator, first: str, *, answers: bool) -> Any:
    """Return what a cell may say: one of the answers in a list, or a number within its limits, or a sign."""
    if answers:
        return style.drop_down(f'"{",".join([*item.answer_words.values(), *SIGNS])}"')
    most = {"hours-per-week": 168, "ratio": 1_000_000}.get(item.scale, 1)
    signs = ",".join(f'{first}="{sign}"' for sign in SIGNS)
    told = {"hours-per-week": "timmar i veckan", "ratio": "ett antal"}.get(item.scale, "en andel mellan 0 och 100 %")
    wanted = f"Skriv {told}, eller ett av tecknen {', '.join(SIGNS)}."
    return style.numeric(f"OR(AND(ISNUMBER({first}),{first}>=0,{first}<={most}),{signs})", wanted)


def _page(sheet: Any, columns: int, rows: int) -> None:
    """Set a sheet up for the screen and for paper: headings that stay, and as many pages across as can be read."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = CODE_WIDTH, NAME_WIDTH
    for column in range(3, columns + 3):
        sheet.column_dimensions[letter(column - 1)].width = WIDTH
    sheet.freeze_panes = sheet.cell(IDS + 1, 3)
    style.page(sheet, landscape=True)
    across = (columns * WIDTH + CODE_WIDTH + NAME_WIDTH) / PAGE
    sheet.page_setup.fitToWidth = max(1, round(across + 0.4))
    sheet.print_title_rows, sheet.print_title_cols = f"{GROUPS}:{IDS}", "A:B"
    sheet.print_area = f"A1:{letter(columns + 1)}{IDS + rows}"
    style.protect(sheet)


def template_name(county_slug: str, edition: str) -> str:
    """Return the name of the workbook's file where nobody has said another.

    >>> template_name("skane", "2015")
    'skane-oj-2015.xlsx'
    """
    return f"{county_slug}-oj-{edition}.xlsx"
