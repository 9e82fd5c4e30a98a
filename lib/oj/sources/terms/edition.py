"""Which edition and survey a file says that it is of, in titles and names, and words of only a part of all of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from oj.facts.editions import Domain, asking_editions
from oj.facts.places import slug
from oj.sources.terms.domain import is_any
from oj.sources.terms.words import WORDS, pattern, plain, squeezed
from oj.words.errors import UserError
from oj.words.swedish import listing

MARK = re.compile(r"ÖJ (20\d\d) mall (\d\d)")  # what the first cell of a sheet in our own template says
NAMED, BEFORE, SHORT = map(pattern, ("named", "before", "short"))
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BOTH, PARTS, AMOUNTS, SCALES, DATE, TERM = map(pattern, ("both", "parts", "amounts", "scales", "date", "term"))
MADE = re.compile(rf"{WORDS['patterns']['made'][0]}(?:{DATE.pattern}|{YEAR.pattern})", re.IGNORECASE)
LONGEST_BEFORE = 2  # years from what an edition's figures are of to its own
IN_NAME = re.compile(r"(?:jamforelser|oj|enkat)[a-z-]{0,40}?(20\d\d)(?!\d)")
YEARLIKE = re.compile(r"[12]\d")
NEAR_EDGE = 30  # rows at a sheet's beginning and end that are looked through for an edition
SAY_YEAR = "Skriv året ovanför tabellen, eller ange det med --edition ÅÅÅÅ (EDITION=ÅÅÅÅ)"
Told = Sequence[tuple[str, str]]  # where something stands, and its text
Words = Mapping[str, Mapping[int, Mapping[int, str]]]  # the texts of a file by sheet, row and column


def without_year(file: str, sheets: Iterable[str]) -> UserError:
    """Return that nothing in a file says which year its figures are of, with what was looked at."""
    named = [f"bladens namn ({listing(list(sheets)[:3])})"] if [*sheets] != [file] else []
    places = listing(["filens namn", *named, "det som står runt tabellerna", "rubrikerna", "kolumner med år"])
    return UserError(f"{file} säger inte vilket år siffrorna gäller. Året söktes i {places}. {SAY_YEAR}.")


def named_editions(text: str) -> set[str]:
    """Return the editions that a text names."""
    text = DATE.sub(" ", plain(text))
    found = {year for one in NAMED.finditer(text) for year in one.groups() if year}
    return found | set(BEFORE.findall(text)) | {f"20{short}" for short in SHORT.findall(text)}


def named_by_file(file: str) -> list[str]:
    """Return the editions that a file's name says that it is of; another year there may be of when it was saved.

    >>> named_by_file("oppna-jamforelser-2018.xlsx"), named_by_file("resultat 2018.xlsx")
    (['2018'], [])
    """
    return IN_NAME.findall(_bare(file))


def _bare(file: str) -> str:
    """Return a file's name in small plain letters, without a date."""
    return slug(re.sub(r"(20\d\d)[-_ ]?(0[1-9]|1[0-2])[-_ ]?([0-2]\d|3[01])(?!\d)", " ", file).rpartition(".")[0])


def mark(edition: str, county: str) -> str:
    """Return what the first cell of our own template says of its edition and county."""
    return f"ÖJ {edition} mall {county}"


def marks(words: Words) -> list[tuple[str, str]]:
    """Return the editions and the counties of our own template's marks in a file."""
    found = [MARK.fullmatch(rows.get(1, {}).get(0, "")) for rows in words.values()]
    return [(one[1], one[2]) for one in found if one]


def edition_of(file: str, words: Words, asked: str, headlines: Told, folder: Path | None = None) -> str:
    """Return the edition that a file names or is `asked` for, "" for neither; raise UserError where it says another.

    `words` are its texts, by its sheets or by itself where it is a text file, `headlines` those above its tables.
    """
    described, marked = list(asking_editions(folder)), {edition for edition, _county in marks(words)}
    if asked and marked - {asked}:
        raise UserError(f"{file} är mallen för utgåvan {min(marked)}, inte {asked}.")
    if marked:
        return _single(file, [(file, year) for year in sorted(marked)], described)
    bare = _bare(file)
    told = [(where, year) for where, text in _texts(words, file) for year in sorted(named_editions(text))]
    told += [(f"filnamnet {file}", year) for year in named_by_file(file)]
    if asked and asked not in described:
        raise UserError(
            f"Utgåvan ”{asked}” kan inte läsas in: programmet känner inte dess frågor, "
            "och inget i filen kan läsas så att det lär sig dem."
        )
    if any(year == asked for _where, year in told):
        return asked
    if edition := _single(file, told, described):
        return edition
    if asked:
        _refuse_another(file, asked, [(f"filnamnet {file}", bare), *headlines])
    return asked


def _refuse_another(file: str, asked: str, above: Told) -> None:
    """Raise UserError where what stands above a file's tables, or its name, says other years than the one asked for."""
    unsure = [(where, year) for where, text in above for year in headline_years(text, asked)]
    if unsure and not any(year == asked for _where, year in unsure):
        found = listing([f"{year} ({where})" for where, year in dict.fromkeys(unsure)][:3])
        raise UserError(
            f"{file} nämner {found} men inte Öppna jämförelser {asked}, och siffror från ett annat år hör inte dit. "
            "Säg ovanför tabellen vilken utgåva siffrorna är ur, ”Öppna jämförelser ÅÅÅÅ”, och läs in igen."
        )


def _single(file: str, told: Told, described: Sequence[str]) -> str:
    """Return the one edition that is named, "" for none; raise UserError for several, and for one not described."""
    named = {year for _where, year in told}
    where = listing(list(dict.fromkeys(where for where, _year in told))[:3])
    if len(named) > 1:
        raise UserError(
            f"{file} nämner flera utgåvor: {', '.join(sorted(named))} ({where}). Gäller alla siffror samma "
            "utgåva, ange den med --edition ÅÅÅÅ (EDITION=ÅÅÅÅ). Gör annars en fil för varje utgåva."
        )
    if named - set(described):
        raise UserError(
            f"{file} säger sig gälla Öppna jämförelser {min(named)} ({where}). Dess indikatorer är inte beskrivna i "
            "data/, och siffror ur en annan utgåva blir fel. Är det filens utgåva: ange den med --edition ÅÅÅÅ."
        )
    return min(named, default="")


def _texts(words: Words, file: str) -> Iterator[tuple[str, str]]:
    """Yield every text that may name an edition: names of sheets, and texts near the edges of each."""
    for title, rows in words.items():
        if title != file:
            yield f"bladets namn {title}", title
        for row in dict.fromkeys([*list(rows)[:NEAR_EDGE], *list(rows)[-NEAR_EDGE:]]):
            yield from ((f"{title} rad {row}", one) for one in rows[row].values() if YEARLIKE.search(one))


def another_edition(texts: Sequence[str], edition: str, *, others: bool) -> str:
    """Return the other edition or year that a sheet's own name and titles say, "" where they do not."""
    named = {year for text in texts for year in named_editions(text)}
    told = {year for text in texts for year in years(text)}
    if named and edition not in named:
        return min(named)
    return min(told) if not named and others and told and edition not in told else ""


def another_survey(texts: Sequence[str], own: Sequence[str], domain: Domain) -> str:
    """Return the text that names another survey than that of a domain, "" where none does."""
    unlike = (text for text in texts if is_any(domain.not_by, text) and not is_any(domain.known_by, text))
    return next((text for text in unlike if not any(plain(text).casefold() in one for one in own)), "")


def is_ours(texts: Sequence[str], domain: Domain) -> bool:
    """Return whether a title says that the survey is that of a domain."""
    return any(is_any(domain.known_by, text) for text in texts)


def part(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a text that says that figures are of only a part, "" where none does."""
    said = " ".join(map(squeezed, own))
    left = BOTH.sub(" ", plain(text).casefold())
    return next((found[0] for found in PARTS.finditer(left) if squeezed(found[0]) not in said), "")


def scale(text: str, own: Iterable[str] = ()) -> str:
    """Return the word of a title that says that its numbers are on another scale than `own`, "" where none does."""
    found = SCALES.search(text)
    return found[0].casefold() if found and not any(found[0].casefold() in one.casefold() for one in own) else ""


def years(text: str) -> list[str]:
    """Return the years that a text names, not those of dates."""
    return YEAR.findall(DATE.sub(" ", text))


def headline_years(text: str, edition: str) -> list[str]:
    """Return the years that a title says that its figures are of: not that of a print, nor the edition's own dates."""
    left = MADE.sub(" ", text)
    dates = [year for found in DATE.finditer(left) for year in YEAR.findall(found[0])]
    other = [year for year in dates if not 0 <= int(edition) - int(year) <= LONGEST_BEFORE]
    return [*other, *years(left), *(f"20{short}" for short in TERM.findall(left))]


def column_part(levels: Iterable[str], own: Iterable[str], edition: str) -> str:
    """Return what in a column's headings says that it is of a part, an amount or another year; "" where nothing does.

    `own` are the texts of the indicator that it is meant to be.
    """
    own = list(own)
    said = " ".join(map(squeezed, own))
    for level in levels:
        if found := part(level, own) or scale(level, own):
            return found
        if AMOUNTS.fullmatch(plain(level)) and squeezed(level) not in said:
            return plain(level).casefold()
        if other := next((year for year in YEAR.findall(level) if year != edition and year not in said), ""):
            return str(other)
    return ""
