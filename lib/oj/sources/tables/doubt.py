"""What makes a whole sheet doubtful: two tables on it, figures of only a part, another year, survey or kind of place.

A sheet in doubt is refused whole, also where the rest is accepted and whatever its layout says: a figure in the wrong
place or of another thing looks as right as any.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice

from oj.facts.places import Place, is_district
from oj.sources.tables.found import says_no_more
from oj.sources.tables.layout import Table
from oj.sources.tables.model import Facts, Problem, Spot, TableRead
from oj.sources.tables.seen import Seen
from oj.sources.terms.cells import has_names
from oj.sources.terms.edition import another_edition, another_survey, headline_years, is_ours, part, scale, years
from oj.sources.terms.match import ALONE, match
from oj.sources.terms.places import CODE
from oj.sources.terms.words import heading, is_heading, is_one_of, pattern, plain, squeezed

DIGITS = re.compile(r"\d{1,4}")
TABLE, ONLY = pattern("tables"), pattern("only")
NOT_READ = "Bladet läses inte"
ONE_TABLE = f"Ett blad ska ha en tabell: lägg dem på var sitt blad, och läs in igen. {NOT_READ}"
OTHER_AREAS = "säger att raderna gäller andra områden än kommuner och län"
WHICH_SURVEY = (
    "finns i flera undersökningar, och inget säger vilken det är. Skriv undersökningens namn ovanför tabellen. "
    "Bladet läses inte"
)
PARTING = ("dimensions", "years")  # lists of headings of columns that part the rows
MOST_TEXT = 60  # signs of a cell that may part the rows
Rows = Mapping[int, Place]
Others = Mapping[int, Sequence[str]]  # columns that are neither a place's nor an indicator's, with their headings


def sheet_doubts(seen: Seen, table: Table, rows: Rows, read: TableRead, facts: Facts) -> list[Problem]:
    """Return why a sheet cannot be read at all: the first reason of each kind."""
    titled = {one.at: one.indicator for one in table.columns if one.indicator in facts.indicators}
    others = {at: told for at, told in enumerate(seen.heads) if at not in {*seen.columns.values(), *titled}}
    area, areas_rule = partial(is_one_of, "areas"), f"{OTHER_AREAS}. {NOT_READ}"
    areas = (Problem(Spot(seen.name, row, at), text, areas_rule) for row, at, text in seen.head_texts if area(text))
    kinds = (
        title_doubts(seen, facts), areas, second_headings(seen, ONE_TABLE), _codes(seen, facts),
        _other_places(seen, others, rows, facts), chain(_below(seen, rows, facts), _between(seen, rows, facts)),
        _parts(seen, others, titled, rows, facts), _split_numbers(seen, others, titled, rows),
        _same_places(seen, table, rows, read.kinds["disagree"]),
    )  # fmt: skip
    rule = "hoppas över enligt layouten, men är en kommun. Har filen ändrats? Ta bort skip_rows ur layouten"
    skipped = [Problem(Spot(seen.name, row), place.name, rule) for row, place in read.skipped]
    found = [*skipped, *(one for kind in kinds for one in islice(kind, 1))]
    above = [*([seen.name] if seen.is_text else []), *(text for _where, text in seen.headlines)]
    if not found and titled and only_names([seen.heads[at] for at in titled], above, facts):
        at = next(iter(titled))
        found = [Problem(Spot(seen.name, seen.last, at), " | ".join(seen.heads[at]), WHICH_SURVEY)]
    return found


def title_doubts(seen: Seen, facts: Facts) -> Iterator[Problem]:
    """Yield the title that says that a sheet is of a part, another edition or another survey."""
    told, top = [text for _where, text in seen.headlines], Spot(seen.name, seen.top)
    own = [word for item in facts.indicators.values() for word in (item.title, item.name, item.short)]
    own += [word for words in facts.known.groups for word in words]
    for text in told:
        if found := part(text, own):
            yield Problem(top, text, f"säger att tabellen bara gäller {found}. {NOT_READ}")
        if found := scale(text, own):
            rule = f"säger att talen är i en annan enhet ({found}) än indikatorernas. {NOT_READ}"
            yield Problem(top, text, rule)
    if other := another_survey([*told, facts.file_text], [word.casefold() for word in own], facts.domain):
        own_field = facts.domain.field or facts.domain.name
        rule = f"säger att tabellen är ur en annan undersökning än den inom {own_field}. {NOT_READ}"
        yield Problem(top, other, rule)
    if year := another_edition(told, facts.edition, others=facts.says_edition):
        yield Problem(top, year, f"är det år som bladet säger, och inte utgåvan {facts.edition}. {NOT_READ}")


def only_names(headings: Sequence[Sequence[str]], above: Sequence[str], facts: Facts) -> bool:
    """Return whether all that is read is known by short names alone, and nothing says which survey they are of."""
    by = {match(told, above, facts.known).by for told in headings}
    return by == {ALONE} and not is_ours([*above, facts.file_text, *facts.told], facts.domain)


def second_headings(seen: Seen, ending: str) -> Iterator[Problem]:
    """Yield the rows below a table's heading that are the heading of another table."""
    for row, words in seen.words.items():
        at = next((at for at, text in words.items() if is_heading(text)), None)
        if at is not None and row not in seen.repeats:
            rule = f"är en andra rubrik: raderna under den är en annan tabell. {ending}"
            yield Problem(Spot(seen.name, row, at), words[at], rule)


def _codes(seen: Seen, facts: Facts) -> Iterator[Problem]:
    """Yield that codes of two figures, without names or counties, are half of the municipalities' codes."""
    at, county = seen.columns.get("code"), seen.columns.get("county")
    if at is None or "name" in seen.columns:
        return
    texts = [seen.texts[row][at] for row in seen.rows if at in seen.filled[row]]
    split = county is not None and any(facts.names.county(row[county]) for row in seen.texts.values() if row[county])
    is_short = texts and all(re.fullmatch(r"\d{1,2}", text) for text in texts) and not split
    if is_short and any(squeezed(text).startswith("k") for _row, own, text in seen.head_texts if own == at):
        rule = f"har bara två siffror: en kommunkod har fyra, och länets kod saknas. {NOT_READ}"
        yield Problem(Spot(seen.name, seen.last + 1, at), texts[0], rule)


def _other_places(seen: Seen, others: Others, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield that another column has other places than the rows: two tables beside each other."""
    for at, told in others.items():
        coded = any(heading(level) == "code" for level in told)
        for row, place in rows.items():
            text = seen.texts[row][at] if coded else seen.words[row].get(at, "")
            other = facts.names.named(text) if text else None
            if coded and (found := CODE.fullmatch(text)):
                other = facts.names.places.get(found[1].zfill(4))
            county, own = facts.names.county(text) if other else None, (place.code, place.county)
            is_part = other and is_district(place.code) and place.code.startswith(other.code)
            if other and not is_part and other.code not in own and not (county and county.code in own):
                rule = f"står på raden för {place.name}: bladet har två tabeller bredvid varandra. {ONE_TABLE}"
                yield Problem(Spot(seen.name, row, at), text, rule)


def _below(seen: Seen, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield a note below the rows that says that they are of something else: a part, or another year.

    A text that only mentions girls and boys says nothing: it says what the figures are of, or is a word and no more.
    """
    titles = [item.title for item in facts.indicators.values()]
    for row in (at for at in seen.rows if at > max(rows, default=0)):
        for at in seen.filled[row]:
            text, of = seen.texts[row][at], part(seen.texts[row][at], titles)
            if ONLY.search(text):
                others = (year for year in headline_years(text, facts.edition) if int(year) > int(facts.edition))
                of = of or next(others, "")
            elif squeezed(text) != squeezed(of):
                of = ""
            if of:
                rule = f"säger att siffrorna gäller något annat ({of}). {NOT_READ}"
                yield Problem(Spot(seen.name, row, at), text[:MOST_TEXT], rule)


def _between(seen: Seen, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield a text among the rows that says that those below it are of something else."""
    last = max(rows, default=0)
    for row in (at for at in seen.rows if at < last and at not in rows and at not in seen.repeats):
        if any(map(heading, seen.words[row].values())):
            continue
        for at in seen.filled[row]:
            if _is_another(seen.texts[row][at], facts):
                rule = "står mellan raderna: det som är under den gäller något annat. " + ONE_TABLE
                yield Problem(Spot(seen.name, row, at), seen.texts[row][at], rule)


def _is_another(text: str, facts: Facts) -> bool:
    """Return whether a text is the title of another table, a part or another year."""
    if not re.search(r"[^\W\d]", text):
        return text != facts.edition and years(text) == [text]
    if len(text) > 3 and match([text], [], facts.known).by in ("id", "titel", "kort namn", ALONE):
        return True
    return bool(part(text) or TABLE.match(text) or (len(text) <= MOST_TEXT and set(years(text)) - {facts.edition}))


def _parts(seen: Seen, others: Others, titled: Mapping[int, str], rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield a column that parts the rows by sex, age, year or kind, and is not said to be of all."""
    heads = {at: [plain(level) for level in told] for at, told in enumerate(seen.heads)}
    parting = {at for at, told in heads.items() if any(is_one_of(name, one) for one in told for name in PARTING)}
    for at in others:
        if at in parting:
            yield from _unlike(seen, at, rows, facts)
            continue
        for row in rows:
            one = seen.words[row].get(at, "")
            if len(one) < MOST_TEXT and (found := part(one)):
                rule = f"säger att raden bara gäller en del ({found}). {NOT_READ}"
                yield Problem(Spot(seen.name, row, at), found, rule)
    for at, name in titled.items():
        if at in parting and has_names([seen.rows[row][at] for row in rows], facts.indicators[name]):
            yield from _unlike(seen, at, rows, facts)


def _unlike(seen: Seen, at: int, rows: Rows, facts: Facts) -> Iterator[Problem]:
    """Yield that a column that parts the rows has something else than all."""
    told, first = seen.heads[at], next((row for row in rows if at in seen.filled[row]), None)
    if first is not None and not says_no_more(told, [seen.texts[row][at] for row in rows], facts.edition):
        remedy = "Gäller de olika grupper: behåll bara raderna för alla, ta bort kolumnen och läs in igen"
        rule = f"det som står under ”{told[-1]}” delar upp raderna, eller säger något annat. {NOT_READ}. {remedy}"
        yield Problem(Spot(seen.name, first, at), "", rule)


def _split_numbers(seen: Seen, others: Others, titled: Mapping[int, str], rows: Rows) -> Iterator[Problem]:
    """Yield figures without a heading beside a column that is read: decimals that were parted from their number."""
    rule = (
        "är siffror utan rubrik: decimaler som skilts från sitt tal av ett kommatecken? "
        "Spara om filen med semikolon, eller som Excel. Inget ur den läses"
    )
    for at in (at for at, told in others.items() if not told and (seen.is_text or at - 1 in titled)):
        for row in (row for row in rows if DIGITS.fullmatch(seen.texts[row][at])):
            yield Problem(Spot(seen.name, row, at), seen.texts[row][at], rule)


def _same_places(seen: Seen, table: Table, rows: Rows, disagreeing: int) -> Iterator[Problem]:
    """Yield that several places stand twice with other values, or that codes and names disagree in several rows."""
    first: dict[str, int] = {}
    again = []
    for row, place in rows.items():
        earlier = first.setdefault(place.code, row)
        if any(seen.rows[row][one.at] != seen.rows[earlier][one.at] for one in table.columns):
            again.append(row)
    if len(again) > 1:
        rule = f"står igen, som {len(again) - 1} till, med andra värden: raderna gäller olika saker. {ONE_TABLE}"
        yield Problem(Spot(seen.name, again[0]), rows[again[0]].name, rule)
    if disagreeing > 1:
        rule = f"rader har en kod och ett namn som inte hör ihop: de kan vara sorterade var för sig. {NOT_READ}"
        yield Problem(Spot(seen.name, seen.last + 1), str(disagreeing), rule)
