"""What would be read of a file as what, as it is told in a terminal."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import isnan
from pathlib import Path
from textwrap import shorten

from oj.cli.fault_list import told_faults
from oj.disclosure.ledger import read_shown
from oj.facts.catalog import indicators
from oj.sources.asking.answering import Answered
from oj.sources.draft.breaks import told_remarks
from oj.sources.draft.draft import editions_told
from oj.sources.draft.intake import Done, faults_of
from oj.sources.draft.settling import told_settled
from oj.sources.sheets.model import LeftOut
from oj.sources.sheets.values import AGAIN
from oj.sources.tables.layout import IGNORE, Column, Table
from oj.sources.tables.model import TableRead
from oj.sources.workbook.intake import Reading
from oj.sources.workbook.read import BookRead
from oj.words.errors import DataError, Fault, UserError
from oj.words.swedish import capital, listing, number, some

UNITS = {"percent": "procent", "share": "andel 0–1", "number": "tal", "": "svar"}
GO_ON = "Kör samma sak utan --dry-run (DRY_RUN=1) för att läsa in."
NOTHING_CHANGED = "Inget har ändrats."
FEW, MOST_LEFT_OUT = 3, 8  # places that are told of what is not read, and reasons
WIDTH = 44  # signs of a heading


def told(reading: Reading) -> str:
    """Return what would be read of each sheet, as lines of text."""
    origin = reading.origin
    lines = [f"{reading.book.file}, Öppna jämförelser {origin.edition}, skulle läsas in som ”{origin.name}”."]
    lines += [f"Läst enligt {reading.read_by}.", ""] if reading.read_by else [""]
    tables = {table.sheet: table for table in reading.layout.sheets} if reading.layout else {}
    for read in reading.tables:
        lines += [*_sheet(read, tables.get(read.sheet)), ""]
    lines += [f"Bladet ”{name}” har ingen tabell och läses inte." for name, one in tables.items() if one.ignore]
    lines += [*reading.notices, *persons_told(reading)]
    return "\n".join([*lines, f"Sammanlagt {reading.counted}: {_statuses(reading)}."])


def told_end(reading: Reading, refusal: UserError | None, *, accept_valid: bool) -> list[str]:
    """Return what is wrong, as lines: the file's own faults, and what an import of all else is refused for."""
    further = list(refusal.faults) if isinstance(refusal, DataError) else []
    faults = list(dict.fromkeys([*reading.faults, *further]))
    if not faults and refusal is None:
        return [f"Inga fel. {GO_ON}"]
    if accept_valid and refusal is None:
        head = [f"{_count(faults)}, som utelämnas och redovisas i rapportens metodkapitel. {GO_ON}"]
    else:
        head = ["", f"{_count(faults)} att rätta:" if faults else "Det här hindrar inläsningen:"]
    own = [] if refusal is None or isinstance(refusal, DataError) else [f"  {refusal}"]
    return [*head, *told_faults(faults), *own]


def told_import(reading: Reading) -> list[str]:
    """Return what was read in, as lines, with what was noticed and left out."""
    lines = [f"{reading.book.file}: {reading.counted}, inlästa som ”{reading.origin.name}”."]
    lines += [*reading.notices, *persons_told(reading)]
    left = f"{_count(reading.faults)} utelämnades och redovisas i rapportens metodkapitel:"
    return [*lines, *([left, *told_faults(reading.faults)] if reading.faults else [])]


def told_others(others: Counter[str]) -> list[str]:
    """Return, as a line, how many rows of how many other counties a county does not read; none where there are none."""
    if not others:
        return []
    return [f"{number(others.total())} rader om {number(len(others))} andra län läses inte."]


def told_done(read: BookRead, done: Done) -> list[str]:
    """Return what an import of a workbook of any edition did, as lines."""
    total, where = sum(done.results.values()), "utgåvan" if len(done.results) == 1 else "utgåvorna"
    years = listing([f"{year} ({number(many)})" for year, many in done.results.items()])
    lines = [f"{read.file}: {_figures(total)} {'inläst' if total == 1 else 'inlästa'}, i {where} {years}."]
    if done.made:
        new = "är ny" if len(done.made) == 1 else "är nya"
        lines.append(f"{_editions(done.made)} {new} och har gjorts av filen, med {_at_most(done.made)}.")
    if done.joined:
        lines.append(f"{_editions(done.joined)} har fått {_at_most(done.joined)} till.")
    lines += [*left_told(done), *told_remarks(read), *read.unread, *told_settled(done.settled)]
    if read.account.doubts:
        lines += ["Det här utelämnades och redovisas i rapportens metodkapitel:", *told_faults(faults_of(read))]
    return lines


def _editions(years: Collection[str]) -> str:
    return capital(editions_told(years))


def _at_most(counted: Mapping[str, int]) -> str:
    """Return how many questions editions have got, of several the most."""
    most = f"{'' if len({*counted.values()}) == 1 else 'högst '}{_questions(max(counted.values()))}"
    return f"{most} i varje" if len(counted) > 1 else most


def left_told(done: Done) -> list[str]:
    """Return what an import leaves out or sets apart, a line for each, with how many figures and of what."""
    lines = []
    for why, counted in done.notes.items():
        named = [one for one in counted if one]
        lines.append(f"{capital(_figures(counted.total()))} {why}{f': {some(named)}' if named else ''}.")
    return lines


def _questions(many: int) -> str:
    return "en fråga" if many == 1 else f"{number(many)} frågor"


def folders_told(files: Sequence[Path]) -> list[str]:
    """Return where files have been written: the results one by one, and the folders of editions."""
    results = [path for path in files if path.parent.name == "results" and path.suffix == ".csv"]
    homes = dict.fromkeys(path.parent for path in files if path.name == "areas.csv")
    return [*_some_of(results), *_some_of([*homes])]


def _some_of(paths: Sequence[Path]) -> list[str]:
    """Return paths in one folder, a line each; of many the first and how many more there are."""
    more = f", och {number(len(paths) - 1)} till i samma mapp"
    return [str(path) for path in paths] if len(paths) <= FEW else [f"{paths[0]}{more}"]


def told_answers(file: str, done: Answered, *, only: bool) -> list[str]:
    """Return what answers about questions did, or with `only` would do, as lines."""
    if not done.answered:
        return [f"{file} har inga svar. Skriv i rutorna med gul botten, spara filen och läs in den igen."]
    lines = [f"{file}: svar om {_questions(done.answered)}."]
    lines += [f"”{title}” är samma fråga som ”{earlier}”." for title, earlier in done.same]
    if done.new:
        lines.append(f"{number(done.new)} är nya frågor." if done.new > 1 else "En är en ny fråga.")
    if done.untouched:
        follows = "följer med programmet och ändras inte: områdena där är som förut"
        lines.append(f"{_editions(done.untouched)} {follows}.")
    if not done.files:
        return [*lines, "Allt var redan så; inget har ändrats."]
    which = _editions(done.years)
    changed = "är ändrad" if len(done.years) == 1 else "är ändrade"
    return [*lines, f"{which} skulle ändras. {GO_ON}" if only else f"{which} {changed}. Bygg om rapporten."]


def told_trial(read: BookRead, done: Done, *, accept_valid: bool) -> list[str]:
    """Return what an import of a workbook of any edition would do, as lines."""
    total, new, asked = sum(done.results.values()), len(read.new_measures), {one.indicator.id for one in read.measures}
    lines = [f"{read.file}: {_figures(total)} skulle läsas in."]
    for year, many in done.results.items():
        made = f"; utgåvan är ny och görs av filen, med {_questions(done.made[year])}" if year in done.made else ""
        made += f"; utgåvan får {_questions(done.joined[year])} till" if year in done.joined else ""
        lines.append(f"  Utgåvan {year}: {_figures(many)}{made}.")
    known = "1 känd" if len(asked) - new == 1 else f"{len(asked) - new} kända"
    lines.append(f"Frågor: {len(asked)}, varav {known} och {new} {'ny' if new == 1 else 'nya'}.")
    lines += [*left_told(done), *told_remarks(read), *read.unread, *_unread(read)]
    faults = faults_of(read)
    if not faults:
        return [*lines, "Inga fel."]
    what = "som utelämnas och redovisas i rapportens metodkapitel" if accept_valid else "att rätta"
    return [*lines, f"{_count(faults)}, {what}:", *told_faults(faults)]


def _unread(read: BookRead) -> list[str]:
    """Return the figures that are not read, a line for each reason; headings and the like are none."""
    kinds: dict[str, list[LeftOut]] = {}
    for one in (one for one in read.account.left_out if one.figures):
        kinds.setdefault(AGAIN if one.why.startswith(AGAIN) else one.why.rstrip("."), []).append(one)
    lines = []
    for why, left in kinds.items():
        cells = some([f"{one.sheet} {one.area}" for one in left], most=FEW, rest="ställen till")
        reason = f"{why} tidigare i filen" if why == AGAIN else why
        lines.append(f"Läses inte: {_figures(sum(one.figures for one in left))}, {cells}: {reason}.")
    rest = [f"Läses inte: också {number(len(lines) - MOST_LEFT_OUT)} slag till."] if len(lines) > MOST_LEFT_OUT else []
    return [*lines[:MOST_LEFT_OUT], *rest]


def _figures(many: int) -> str:
    return "en uppgift" if many == 1 else f"{number(many)} uppgifter"


def told_notices(noticed: Sequence[str]) -> list[str]:
    """Return what differs from the edition before by more than is likely, as lines; none where nothing does."""
    top = "Se efter: det här skiljer sig mer från utgåvan före än vad som är vanligt. Det kan ändå vara rätt."
    return [top, *(f"  {line}" for line in noticed)] if noticed else []


def _count(faults: Sequence[Fault]) -> str:
    return "Ett fel" if len(faults) == 1 else f"{len(faults)} fel"


def persons_told(reading: Reading) -> list[str]:
    """Return how figures of persons are protected, none told: half pairs of counts, and what reports have shown."""
    known, shown = indicators(), read_shown()
    persons = [one for one in reading.results if known[one.indicator].protected]
    half = sum(isnan(one.numerator) != isnan(one.denominator) for one in persons)
    which = "En uppgift har" if half == 1 else f"{half} uppgifter har"
    told = {
        f"{which} bara täljare eller bara nämnare. Antal gäller bara i hela par; det ensamma talet visas inte, "
        "och kan det gälla få personer döljs andelen också.": half,
        f"Uppgifter om personer har redan visats i {listing(list(shown))}. Det som läses in skyddas efter det, "
        "så mer kan bli dolt än filen ensam kräver.": persons and shown,
    }
    return [line for line, holds in told.items() if holds]


def _statuses(reading: Reading) -> str:
    words = {"observed": "med värde", "missing": "bortfall", "": "dolda eller ej redovisade"}
    words["not_applicable"] = "ej aktuellt"
    counted = Counter(one.status if one.status in words else "" for one in reading.results)
    return listing([f"{counted[status]} {word}" for status, word in words.items() if counted[status]]) or "inga"


def _sheet(read: TableRead, table: Table | None) -> list[str]:
    """Return what is read of one sheet: its places, a line for each column, and the rows that are not read."""
    counted = Counter(place.level for place in read.places)
    words = {"municipality": "kommuner", "district": "stadsdelar", "county": "län", "nation": "riket"}
    places = listing([f"{counted[level]} {word}" for level, word in words.items() if counted[level]]) or "inga platser"
    if table is None:
        lines = [f"Bladet ”{read.sheet}”: en rad för varje uppgift; {places}"]
    else:
        where = [f"kod i kolumn {table.code}"] if table.code else []
        where += [f"namn i kolumn {table.name}"] if table.name else []
        rows = "–".join(dict.fromkeys(map(str, table.header)))
        lines = [f"Bladet ”{read.sheet}”: rubrik på rad {rows}, {', '.join(where)}; {places}"]
        lines += [_column(column, read) for column in table.columns]
    rest = [f"  rad {row} läses inte: {shorten(text, 80, placeholder='…')}" for row, text in read.unread[:8]]
    more = [f"  … och {len(read.unread) - 8} rader till läses inte"] if len(read.unread) > 8 else []
    return lines + rest + more


def _column(column: Column, read: TableRead) -> str:
    """Return one line for a column: its heading, what it is read as, its unit and how many values it has."""
    title = column.title.removesuffix(f" | {column.indicator}")
    if title != column.title:  # our own workbook has the id beneath the title
        title = indicators()[column.indicator].title
    heading = title if len(title) <= WIDTH else f"…{title[-WIDTH + 1 :]}"
    start = f"  {column.column:<3}{heading:<{WIDTH + 2}}"
    if column.indicator == IGNORE:
        return f"{start}läses inte, enligt layouten"
    item = indicators().get(column.indicator)
    if item is None:
        return f"{start}OKÄND{f'; närmast {column.nearest[0]}' if column.nearest else ''}"
    if column.column not in read.filled:
        return f"{start}{item.id}: {'' if read.refused else 'dold i Excel, '}läses inte"
    filled, empty = read.filled[column.column], read.empty[column.column]
    if not filled:
        return f"{start}{item.id}: tom kolumn, läses inte"
    unit = UNITS[read.units.get(column.column, "")] if item.is_answer or read.units[column.column] else "enheten oviss"
    unit = f"svar, län och rike i {unit}" if item.is_answer and unit != "svar" else unit
    return f"{start}{item.id} ({unit}): {filled} värden{f', {empty} tomma = bortfall' if empty else ''}"
