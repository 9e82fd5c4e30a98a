"""Which edition and which survey a file says that it is of: in its titles, its sheets' names and its own name."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from oj.facts.editions import asking_editions
from oj.facts.places import slug
from oj.sources.files.cells import shown
from oj.sources.files.sheet import Book
from oj.sources.terms.part import DATE, headline_years, years
from oj.sources.terms.words import plain
from oj.words.errors import UserError, nearest
from oj.words.swedish import listing

MARK = re.compile(r"ÖJ (20\d\d) mall (\d\d)")  # what the first cell of a sheet in our own template says
NAMED = re.compile(
    r"(?:jämförelser\w*|\böj|enkät\w*|utgåva\w*|undersökning\w*|årgång\w*)\D{0,60}?(20\d\d)(?!\d)"
    r"(?:\s*(?:[-–/,]|och|samt)\s*(20\d\d)(?!\d))?",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?<!\d)(20\d\d)(?: års)?\s*[-–,:]?\s*(?:öppna jämförelser|öj\b)", re.IGNORECASE)
SHORT = re.compile(r"\böj\s?[-’'´]?(1\d|2\d)(?![\d-])", re.IGNORECASE)  # ÖJ18
IN_NAME = re.compile(r"(?:jamforelser|oj|enkat)[a-z-]{0,40}?(20\d\d)(?!\d)")
YEARLIKE = re.compile(r"[12]\d")
NEAR_EDGE = 30  # rows at a sheet's beginning and end that are looked through for an edition
OTHERS = re.compile(
    r"missbruk|beroendevård|ekonomiskt bistånd|försörjningsstöd|hemlös|\blss\b|funktionsnedsättning|funktionshind|"
    r"våld i nära|våldsutsatta|äldreomsorg|\bäldre\b|krisberedskap|socialpsykiatri|hemsjukvård|hälso- och sjukvård|"
    r"personlig assistans|kvinnofrid|grundskola|gymnasieskola|folkhälsa|företagsklimat|kollektivtrafik|integration|"
    r"ensamkommande|hemlos|ekonomiskt bistand|forsorjningsstod|funktionsneds|vald i nara|valdsutsatta|aldreomsorg|"
    r"\baldre\b|"
    r"psykiatri\b|tandhälsa|läkemedel|cancer|stroke|diabetes|energi och klimat|räddningstjänst",
    re.IGNORECASE,
)
OURS = re.compile(r"barn|ungdom|\bunga\b|\bbou\b|familjehem", re.IGNORECASE)
Told = Sequence[tuple[str, str]]  # where something stands, and its text


def known_edition(edition: str, folder: Path | None = None) -> str:
    """Return an edition whose indicators are described; raise UserError for another."""
    described = list(asking_editions(folder))
    if edition not in described:
        raise UserError(
            f"Utgåvan ”{edition}” kan inte läsas in: dess indikatorer är inte beskrivna i data/."
            f"{nearest(edition, described)} Utgåvor som kan läsas in: {', '.join(described)}."
        )
    return edition


def named_editions(text: str) -> set[str]:
    """Return the editions that a text names.

    >>> sorted(named_editions("Öppna jämförelser 2014–2015")), named_editions("ÖJ18"), named_editions("Läget 2019")
    (['2014', '2015'], {'2018'}, set())
    """
    text = DATE.sub(" ", plain(text))
    found = {year for one in NAMED.finditer(text) for year in one.groups() if year}
    return found | set(BEFORE.findall(text)) | {f"20{short}" for short in SHORT.findall(text)}


def mark(edition: str, county: str) -> str:
    """Return what the first cell of our own template says of its edition and county.

    >>> mark("2015", "12"), bool(MARK.fullmatch(mark("2015", "12")))
    ('ÖJ 2015 mall 12', True)
    """
    return f"ÖJ {edition} mall {county}"


def marks(book: Book) -> list[tuple[str, str]]:
    """Return the editions and the counties of our own template's marks in a file."""
    firsts = [sheet.rows.get(1, [None]) for sheet in book.sheets.values()]
    found = [MARK.fullmatch(shown(cells[0])) for cells in firsts if cells]
    return [(one[1], one[2]) for one in found if one]


def edition_of(book: Book, asked: str, marked: set[str], headlines: Told, folder: Path | None = None) -> str:
    """Return the edition that a file is of; raise UserError where it says another, or does not say which.

    `marked` are the editions of its marks, if it is our own template, `headlines` the texts above its tables.
    """
    described = list(asking_editions(folder))
    if asked and marked - {asked}:
        raise UserError(f"{book.file} är mallen för utgåvan {min(marked)}, inte {asked}.")
    if marked:
        return _single(book.file, [(book.file, year) for year in sorted(marked)], described)
    told = [(where, year) for where, text in _texts(book) for year in sorted(named_editions(text))]
    told += [(f"filnamnet {book.file}", year) for year in IN_NAME.findall(_dateless(book.file))]
    if asked and any(year == known_edition(asked, folder) for _where, year in told):
        return asked
    edition = _single(book.file, told, described)
    if edition:
        return edition
    if not asked and len(described) != 1:
        raise UserError(f"{book.file} säger inte vilken utgåva siffrorna gäller. Ange den med --edition.")
    edition = known_edition(asked, folder) if asked else described[0]
    above = [(f"filnamnet {book.file}", _dateless(book.file)), *headlines]
    unsure = [(where, year) for where, text in above for year in headline_years(text, edition)]
    if unsure and not any(year == edition for _where, year in unsure):
        raise UserError(_asking(book.file, unsure, edition))
    return edition


def _dateless(file: str) -> str:
    return slug(re.sub(r"(20\d\d)[-_ ]?(0[1-9]|1[0-2])[-_ ]?([0-2]\d|3[01])(?!\d)", " ", file).rpartition(".")[0])


def _single(file: str, told: Told, described: Sequence[str]) -> str:
    """Return the one edition that is named, "" for none; raise UserError for several, and for one not described."""
    named = {year for _where, year in told}
    if len(named) > 1:
        raise UserError(
            f"{file} nämner flera utgåvor: {', '.join(sorted(named))} ({_where(told)}). Gäller alla siffror samma "
            "utgåva, ange den med --edition. Gör annars en fil för varje utgåva."
        )
    if named - set(described):
        raise UserError(
            f"{file} säger sig gälla Öppna jämförelser {min(named)} ({_where(told)}). Bara {', '.join(described)} kan "
            "läsas in, för bara dess indikatorer är beskrivna i data/. Siffror ur en annan utgåva blir fel."
        )
    return min(named, default="")


def _where(told: Told) -> str:
    return listing(list(dict.fromkeys(where for where, _year in told))[:3])


def _asking(file: str, unsure: Told, edition: str) -> str:
    found = listing([f"{year} ({where})" for where, year in dict.fromkeys(unsure)][:3])
    return (
        f"{file} nämner {found} men inte Öppna jämförelser {edition}, och siffror från ett annat år hör inte dit. Är "
        f"siffrorna ändå ur den utgåvan: skriv ”Öppna jämförelser {edition}” ovanför tabellen och läs in igen."
    )


def _texts(book: Book) -> Iterator[tuple[str, str]]:
    """Yield every text that may name an edition: names of sheets, and texts near the edges of each."""
    for title, sheet in book.sheets.items():
        if not book.is_text:
            yield f"bladets namn {title}", title
        rows = list(sheet.rows)
        for row in dict.fromkeys([*rows[:NEAR_EDGE], *rows[-NEAR_EDGE:]]):
            for one in sheet.rows[row]:
                if isinstance(one, str) and YEARLIKE.search(one):
                    yield f"{title} rad {row}", one


def another_edition(texts: Sequence[str], edition: str, *, others: bool) -> str:
    """Return the other edition or year that a sheet's own name and titles say, "" where they do not.

    `others` is whether another sheet of the file says the edition: then a sheet of another year is not of it.
    """
    named = {year for text in texts for year in named_editions(text)}
    told = {year for text in texts for year in years(text)}
    if named and edition not in named:
        return min(named)
    if not named and others and told and edition not in told:
        return min(told)
    return ""


def another_survey(texts: Sequence[str], own: Sequence[str]) -> str:
    """Return the text that names another survey than that of children and young people, "" where none does.

    >>> another_survey(["Öppna jämförelser 2015, hemlöshet"], []), another_survey(["Social barn- och ungdomsvård"], [])
    ('Öppna jämförelser 2015, hemlöshet', '')
    """
    for text in texts:
        if OTHERS.search(text) and not OURS.search(text) and not any(plain(text).casefold() in one for one in own):
            return text
    return ""


def is_ours(texts: Sequence[str]) -> bool:
    """Return whether a title says that the survey is that of children and young people.

    >>> is_ours(["Social barn- och ungdomsvård"]), is_ours(["Tabell 1"])
    (True, False)
    """
    return any(OURS.search(text) for text in texts)
