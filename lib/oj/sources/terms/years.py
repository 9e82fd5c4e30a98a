"""Which year and group a text says: a level over a column, a sheet's name, a title; and where two of them disagree."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oj.sources.terms.comparable import without_remarks
from oj.sources.terms.edition import MADE, SHORT, named_editions, years
from oj.sources.terms.words import WORDS, pattern, plain, squeezed, without_unit
from oj.words.swedish import listing

A_YEAR, LAST, FIRST, WITHIN = (re.compile(WORDS["patterns"][name][0], re.IGNORECASE) for name in
                       ("a_year", "year_last", "year_first", "year_within"))  # fmt: skip
PROVIDERS = pattern("providers")
GROUPS = {squeezed(word): group for group, words in WORDS["groups"].items() for word in words}
SPAN = re.compile(r"(?<!\d)(20[0-3]\d)\s*(?:[–/-]|till|t\.o\.m\.)\s*(?:(20[0-3]\d)|(\d\d))(?![\d-])")
NONE, ABOUT, SOURCE = map(pattern, ("no_year", "about_year", "source"))
BEHIND = re.compile(
    r"^(.*\D)[ ,–:_-]+(20[0-3]\d)((?:\s*\([^()]*\)|[ ,]+(?:i )?(?:%|procent|antal|andel|kronor|kr))+)$", re.IGNORECASE
)
NOTED = re.compile(r"(?:\s+\d\)|\s*\(n\s*=\s*[\d\s]+\))$", re.IGNORECASE)
LABEL = re.compile(r"(?:^|[ ,–(-]+)(?:år|öj|mätår|avser)$", re.IGNORECASE)
OF_TIME = re.compile(  # how long, how old or how often: the word is the title's own
    r"(?:\d|\b(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|per|varje|samma|senaste|vartannat|flera|hela|halvt|under))"
    r"\s+år$",
    re.IGNORECASE,
)
SEVERAL = re.compile(rf"^(?:åren |läsåret |år )?{SPAN.pattern}$", re.IGNORECASE)
LAST_WORD = re.compile(
    r"^(.*[^\s,–(/:-])(\s*[,–(/:-]\s*|\s+)([^\W\d]{3,})\)?((?:\s*[,(]?\s*(?:%|procent|andel|antal)\)?)?)$",
    re.IGNORECASE,
)
ENDS = re.compile(r"^(.*?)(?:\s*[,–-]\s*|\s+\()([^,–(-]+?)\)?$")


@dataclass(frozen=True)
class Said:
    """The years that a place in the file names, and where."""

    where: str
    years: frozenset[str]


def year_level(text: str) -> str:
    """Return the year that a text is and no more, "" for another.

    >>> year_level("2019"), year_level("ÖJ 2019"), year_level("År: 2021"), year_level("12 2019"), year_level("Andel")
    ('2019', '2019', '2021', '', '')
    >>> year_level("ÖJ18"), year_level("2019 1)"), year_level("2019 (n=290)")
    ('2018', '2019', '2019')
    """
    said = NOTED.sub("", plain(text))
    found = A_YEAR.match(said)
    return found[1] if found else f"20{short[1]}" if (short := SHORT.fullmatch(said)) else ""


def several_years(text: str) -> str:
    """Return a text that is several years and no more: 2018–2019, 2018/19; "" for another."""
    said = plain(text)
    return said if SEVERAL.match(said) else ""


def parted(text: str) -> tuple[str, str]:
    """Return a heading without the year that it begins or ends with, and the year, "" where there is none.

    >>> parted("Aktuell rutin, 2019"), parted("2020 Aktuell rutin"), parted("Barn 2010–2015")
    (('Aktuell rutin', '2019'), ('Aktuell rutin', '2020'), ('Barn 2010–2015', ''))
    >>> parted("Andel nöjda 2018, %"), parted("Rutin, år 2019 (Ja=1, Nej=0)")
    (('Andel nöjda, %', '2018'), ('Rutin (Ja=1, Nej=0)', '2019'))
    >>> parted("Följt upp inom ett år 2021"), parted("Barn 0–17 år, 2019"), parted("Rutin år 2019")
    (('Följt upp inom ett år', '2021'), ('Barn 0–17 år', '2019'), ('Rutin', '2019'))
    >>> parted("Rutin, ej jämförbart före 2022")
    ('Rutin, ej jämförbart före 2022', '')
    """
    said = plain(text)
    if len(years(said)) == 1 and without_remarks(said) == said:
        if (found := BEHIND.match(said)) and not years(found[3]):
            return f"{_bare(found[1])}{found[3]}", found[2]
        if found := LAST.match(said):
            return _bare(found[1]), found[2]
        if found := FIRST.match(said):
            return found[2], found[1]
    return said, ""


def _bare(text: str) -> str:
    """Return what stands before a year, without the word that says that it is one."""
    bare = text.strip(" ,–:_-")
    return bare if OF_TIME.search(bare) else LABEL.sub("", bare) or bare


def within_parentheses(text: str) -> tuple[str, str]:
    """Return a heading without the year that it ends with within parentheses, and the year.

    It may be when a question of another edition was measured: it is the column's own where others differ in it alone.

    >>> within_parentheses("Andel barn (2013)"), within_parentheses("Andel barn")
    (('Andel barn', '2013'), ('Andel barn', ''))
    """
    found = WITHIN.match(plain(text))
    return (found[1], found[2]) if found else (plain(text), "")


def group_of(text: str) -> str:
    """Return the group that a text is and no more: women, men or total; "" for another.

    >>> group_of("Flickor"), group_of("Totalt"), group_of("Våld mot kvinnor")
    ('women', 'total', '')
    """
    return str(GROUPS.get(squeezed(without_unit(plain(text))), ""))


def group_in(text: str) -> str:
    """Return the group that a title or a sheet's name ends with: ”Hemlöshet, kvinnor”; "" where it does with none."""
    said = parted(text)[0]
    found = ENDS.match(said)
    group = group_of(said) or (group_of(found[2]) if found and len(found[2]) > 2 else "")
    return group if group != "total" else ""


def without_group(text: str) -> tuple[str, str, bool]:
    """Return a heading without the group that it ends with, before its unit; the group; and whether a sign parts them.

    >>> without_group("Nöjda flickor, %"), without_group("Nöjda (män)"), without_group("Stöd till män som slår")
    (('Nöjda, %', 'women', False), ('Nöjda', 'men', True), ('Stöd till män som slår', '', False))
    """
    said = plain(text)
    found = LAST_WORD.match(said)
    group = group_of(found[3]) if found else ""
    return (f"{found[1]}{found[4]}", group, bool(found[2].strip())) if found and group else (said, "", False)


def part_of(text: str) -> str:
    """Return the kind of provider that a text is of, "" where it is of none or of all."""
    said = plain(text)
    return said if len(said) <= 40 and PROVIDERS.search(said) else ""


def said_by(where: str, text: str) -> Said:
    """Return the editions that a title names, or else its years, save that of a print, a source, a law or a date.

    A title that says which of several years the figures are of says that one; one that years are not compared, none.

    >>> sorted(said_by("", "Åren 2016–2018, resultat för 2017").years), sorted(said_by("", "Läsåret 2016/17").years)
    (['2017'], ['2016', '2017'])
    >>> sorted(said_by("", "SoL 2001:453").years), sorted(said_by("", "Källa: SCB 2018").years)
    ([], [])
    >>> sorted(said_by("", "Resultat 2023 (ej jämförbart före 2022)").years)
    ['2023']
    """
    said = NONE.sub(" ", MADE.sub(" ", without_remarks(plain(text))))
    named, left = named_editions(said), SPAN.sub(" ", said)
    if about := {year for found in ABOUT.finditer(left) for year in found.groups() if year}:
        named = named_editions(left) or about
        return Said(where, frozenset(named | about))
    spans = [(int(first), int(last or f"{first[:2]}{short}")) for first, last, short in SPAN.findall(said)]
    told = set() if SOURCE.match(said) else set(years(said))
    return Said(where, frozenset(named or told) | {str(year) for one, last in spans for year in range(one, last + 1)})


def outer_year(told: Iterable[Said]) -> tuple[str, str]:
    """Return the one year that the places around a table say, and what is wrong where they disagree.

    A place that names several years says nothing of which one is meant.
    """
    single: dict[str, list[str]] = {}
    for one in told:
        if len(one.years) == 1:
            single.setdefault(next(iter(one.years)), []).append(one.where)
    if len(single) > 1:
        found = listing([f"{year} ({places[0]})" for year, places in sorted(single.items())])
        return "", f"nämner olika år, {found}: vilket gäller siffrorna? Rätta det som är fel i filen"
    return next(iter(single), ""), ""


def within(year: str, told: Sequence[Said]) -> str:
    """Return what is wrong where a column's own year is none of those that its sheet is named by; "" else."""
    for one in told:
        if one.years and year not in one.years:
            other = listing(sorted(one.years))
            return f"är {year}, men {one.where} säger {other}: vilket gäller siffrorna? Rätta det som är fel i filen"
    return ""
