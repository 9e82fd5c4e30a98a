"""The reports that lie in a folder: what each is about and the files it has, as its manifest says."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from oj.disk.bounded import read_bounded
from oj.facts.editions import domain_folder, domain_of, domains
from oj.facts.params import CURRENT, OVER_TIME
from oj.facts.places import Place, all_places, slug
from oj.publish.chapters.instances import SHEETS
from oj.words.errors import UserError
from oj.words.vocabulary import PRELIMINARY, UNITS

MANIFEST, LARGEST = "manifest.json", 10_000_000
PAGE_OF_ONE = re.compile(rf"{SHEETS}[a-z0-9-]+\.html")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BOOKS = {CURRENT: "Aktuella nyckeltal", OVER_TIME: "Utveckling över tid"}
FORMATS = {
    "sammanfattning.pdf": "Sammanfattning",
    "rapport.pdf": "PDF",
    "bilaga.pdf": "Bilaga",
    "rapport.docx": "Word",
    "presentation.pptx": "Bildspel",
    "resultat.xlsx": "Excel",
    "resultat.csv": "Data (CSV)",
}


@dataclass(frozen=True)
class Sheet:
    """A municipality in a report: its page there, and its own sheet, "" where there is none."""

    place: str
    page: str
    pdf: str


@dataclass(frozen=True)
class Report:
    """A finished report: its folder's name, county, domain and edition in words, and the hash of each of its files.

    `sheets` are the municipalities that have a page of their own in it; where none has, those that it was built for.
    """

    name: str
    county: Place
    domain: str
    edition: str
    sheets: tuple[Sheet, ...]
    files: Mapping[str, str]
    digest: str
    group: str = ""  # what its municipalities are called together, where it is one of several of its county
    asked: Mapping[str, Any] = field(default_factory=dict)  # its parameters
    data: tuple[str, ...] = ()  # the files of facts that it was made of

    @property
    def is_preliminary(self) -> bool:
        """Whether it is made of a survey that is not published."""
        return self.name.endswith(f"-{PRELIMINARY}")

    @property
    def title(self) -> str:
        """What it is called beside others of its county."""
        return ", ".join(filter(None, [self.domain, self.edition, self.group]))

    @property
    def formats(self) -> dict[str, str]:
        """The files beside the pages, and what each is called."""
        return {name: said for name, said in FORMATS.items() if name in self.files}


def read_reports(folder: Path) -> tuple[list[Report], dict[str, str]]:
    """Return the reports in a folder, counties in order, and the folders that are no whole report, each with why."""
    found, others = list[Report](), dict[str, str]()
    places, fields = list(all_places().values()), _fields()
    for home in _homes(folder):
        try:
            found.append(read_report(home, places, fields))
        except UserError as error:
            others[home.name] = str(error)
    return sorted(found, key=lambda one: (one.county.code, one.domain, one.edition, one.name)), others


def find_report(folder: Path, name: str) -> Report | None:
    """Return the whole report of a name in a folder, None where there is none; no other is read."""
    home = next((one for one in _homes(folder) if one.name == name), None)
    try:
        return read_report(home, list(all_places().values()), _fields()) if home else None
    except UserError:
        return None


def _homes(folder: Path) -> list[Path]:
    return [path.parent for path in sorted(folder.glob(f"[!.]*/{MANIFEST}"))]


def _fields() -> dict[str, str]:
    return {name: domain_of(home).name for name, home in domains().items()}


def read_report(folder: Path, places: Sequence[Place], fields: Mapping[str, str]) -> Report:
    """Return the report in a folder; raise UserError for a manifest that cannot be read, or is another report's.

    `fields` are what the domains are called, by their names.
    """
    content = read_bounded(folder / MANIFEST, LARGEST, f"{folder.name}/{MANIFEST}")
    try:
        manifest = json.loads(content)
        asked, name = manifest["parameters"], str(manifest["report"])
        files = {str(path): str(one) for path, one in manifest["files"].items()}
        data = tuple(map(str, manifest.get("data", ())))
        county = next(one for one in places if one.level in ("nation", "county") and one.short == asked["county"])
        built_for = tuple(map(str, asked["municipalities"]))
        domain = str(asked.get("domain") or domain_folder().name)
        group = str(asked["group_name"] or asked["group"]) if asked.get("group") else ""
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise UserError(f"{MANIFEST} är skadad; bygg rapporten på nytt.") from error
    if name != folder.name or not NAME.fullmatch(name) or "index.html" not in files:
        raise UserError(f"mappen är ingen hel rapport med sitt eget namn: {MANIFEST} gäller ”{name}”.")
    names = {slug(one.name): one.name for one in places if one.level in UNITS and one.county == county.code}
    sheets = sheets_in(files, names) or tuple(Sheet(place, "index.html", "") for place in built_for)
    edition, digest = edition_in_words(name, str(asked.get("edition", ""))), sha256(content).hexdigest()
    return Report(name, county, fields.get(domain, domain), edition, sheets, files, digest, group, asked, data)


def sheets_in(files: Mapping[str, str], names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Return the municipalities that have a page among a report's files; `names` are theirs by the page's word.

    >>> sheets_in({"kommun-solna.html": "", "kommuner/solna.pdf": ""}, {"solna": "Solna"})
    (Sheet(place='Solna', page='kommun-solna.html', pdf='kommuner/solna.pdf'),)
    """
    words = [name.removeprefix(SHEETS).removesuffix(".html") for name in files if PAGE_OF_ONE.fullmatch(name)]
    pdfs = {word: f"kommuner/{word}.pdf" for word in words}
    return tuple(
        Sheet(names.get(word, word), f"{SHEETS}{word}.html", pdfs[word] if pdfs[word] in files else "")
        for word in words
    )


def edition_in_words(name: str, edition: str) -> str:
    """Return what the edition of a report is called; `name` is its folder's.

    >>> edition_in_words("kalmar-over-tid", "2015")
    'Utveckling över tid'
    """
    plain = name.removesuffix(f"-{PRELIMINARY}")
    book = next((said for kind, said in BOOKS.items() if plain.endswith(f"-{kind}")), edition)
    return f"{book}, preliminär" if plain != name else book
