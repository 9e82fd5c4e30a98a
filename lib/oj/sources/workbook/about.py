"""What a file is about: its edition, its county, what its signs mean, and what it is read against."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oj.facts.editions import domain_of, edition_folder
from oj.facts.places import find_county
from oj.sources.tables.layout import Layout
from oj.sources.tables.model import Facts
from oj.sources.terms.edition import Told, Words, edition_of, marks, named_editions, without_year, years
from oj.sources.terms.legend import legend_of
from oj.sources.terms.match import catalog
from oj.sources.terms.places import Names
from oj.sources.workbook.told import NO_TABLE
from oj.words.errors import UserError


@dataclass(frozen=True)
class Wanted:
    """What was asked for at the command line; what is empty is found in the file, or has its default."""

    name: str = ""
    edition: str = ""
    county: str = ""
    layout: str = ""
    source: str = ""
    publisher: str = ""
    date: str = ""
    year: str = ""  # what all cells say, as a workbook of any edition is read: it counts where no other is said


@dataclass(frozen=True)
class Texts:
    """What a file says in words: its name, the texts of its sheets, and what stands above the table of each."""

    file: str
    is_text: bool
    words: Words
    above: Mapping[str, Told]


def facts_of(said: Texts, wanted: Wanted, given: Layout | None, places: Names, folder: Path | None) -> Facts:
    """Return what a file is read against, with the edition and the county that it is about."""
    if not said.above and not given:
        raise UserError(f"{said.file} {NO_TABLE}")
    marked, headlines = marks(said.words), [one for told in said.above.values() for one in told]
    told = [text for _where, text in headlines] + [name for name in said.above if said.is_text]
    asked = (edition_of(said.file, said.words, one, headlines, folder) for one in (wanted.edition, wanted.year))
    edition = next(filter(None, asked), "")
    if not edition:
        raise without_year(said.file, said.words)
    county = wanted.county or (given.county if given else min((county for _edition, county in marked), default=""))
    return Facts(
        catalog(edition_folder(folder, edition)), places, domain_of(folder), said.file,
        county=find_county(county, folder).code if county else "",  # "" where it is about any
        is_asked=bool(wanted.county or (given and given.county and not marked)),
        edition=edition,
        says_edition=any(edition in {*named_editions(text), *years(text)} for text in told),
        file_text=re.sub(r"[-_.]+", " ", Path(said.file).stem),
        told=told,
        is_text=said.is_text,
        legend=legend_of(said.words, is_text=said.is_text),
        template=next((edition for edition, _county in marked), ""),
    )  # fmt: skip
