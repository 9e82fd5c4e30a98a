"""The reports that lie in a folder: what each is about and the files it has, as its manifest says."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from oj.disk.bounded import read_bounded
from oj.facts.editions import domain_of, domains
from oj.facts.params import CURRENT, OVER_TIME
from oj.facts.places import Place, all_places, find_report_place, slug
from oj.publish.chapters.instances import SHEETS
from oj.words.errors import UserError
from oj.words.vocabulary import PRELIMINARY, UNITS

MANIFEST, LARGEST = "manifest.json", 10_000_000
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BOOKS = {CURRENT: "Aktuella nyckeltal", OVER_TIME: "Utveckling över tid"}
FORMATS = {"rapport.pdf": "PDF", "rapport.docx": "Word", "resultat.csv": "Data (CSV)"}


@dataclass(frozen=True)
class Sheet:
    """A municipality in a report: its page there, and its own sheet, "" where there is none."""

    place: str
    page: str
    pdf: str


@dataclass(frozen=True)
class Report:
    """A finished report: its folder's name, county, domain and edition in words, and the hash of each of its files."""

    name: str
    county: Place
    domain: str
    edition: str
    municipalities: tuple[str, ...]
    publisher: str
    files: Mapping[str, str]
    digest: str

    @property
    def is_preliminary(self) -> bool:
        """Whether it is made of a survey that is not published."""
        return self.name.endswith(f"-{PRELIMINARY}")

    @property
    def title(self) -> str:
        """What it is called beside others of its county."""
        return f"{self.domain}, {self.edition}"

    @property
    def formats(self) -> dict[str, str]:
        """The files beside the pages, and what each is called."""
        return {name: said for name, said in FORMATS.items() if name in self.files}

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The municipalities in it that have a page of their own; where none has, those that it was built for."""
        names = {slug(one.name): one.name for one in all_places().values()
                 if one.level in UNITS and one.county == self.county.code}  # fmt: skip
        pages = [name for name in self.files if name.startswith(SHEETS) and name.endswith(".html")]
        found = []
        for page in pages:
            stem = page.removeprefix(SHEETS).removesuffix(".html")
            pdf = f"kommuner/{stem}.pdf"
            found.append(Sheet(names.get(stem, stem), page, pdf if pdf in self.files else ""))
        return found or [Sheet(place, "index.html", "") for place in self.municipalities]


def read_reports(folder: Path) -> tuple[list[Report], dict[str, str]]:
    """Return the reports in a folder, counties in order, and the folders that are no whole report, each with why."""
    found, others = list[Report](), dict[str, str]()
    for path in sorted(folder.glob(f"[!.]*/{MANIFEST}")):
        try:
            found.append(read_report(path.parent))
        except UserError as error:
            others[path.parent.name] = str(error)
    return sorted(found, key=lambda one: (one.county.code, one.domain, one.edition, one.name)), others


def read_report(folder: Path) -> Report:
    """Return the report in a folder; raise UserError for a manifest that cannot be read, or is another report's."""
    content = read_bounded(folder / MANIFEST, LARGEST, f"{folder.name}/{MANIFEST}")
    try:
        manifest = json.loads(content)
        asked, files, name = manifest["parameters"], manifest["files"], str(manifest["report"])
        county, publisher = str(asked["county"]), str(asked["publisher"])
        municipalities = tuple(map(str, asked["municipalities"]))
        files = {str(path): str(one) for path, one in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{MANIFEST} är skadad; bygg rapporten på nytt.") from error
    if name != folder.name or not NAME.fullmatch(name) or "index.html" not in files:
        raise UserError(f"mappen är ingen hel rapport med sitt eget namn: {MANIFEST} gäller ”{name}”.")
    edition = edition_in_words(name, asked)
    return Report(name, find_report_place(county), domain_in_words(asked), edition, municipalities, publisher, files,
                  sha256(content).hexdigest())  # fmt: skip


def domain_in_words(asked: Mapping[str, Any]) -> str:
    """Return what the domain of a report is called; an unknown one by its id, none as the one that is meant then."""
    known, wanted = domains(), str(asked.get("domain", ""))
    return wanted if wanted and wanted not in known else domain_of(known.get(wanted)).name


def edition_in_words(name: str, asked: Mapping[str, Any]) -> str:
    """Return what the edition of a report is called.

    >>> edition_in_words("kalmar-over-tid", {"edition": "2015"})
    'Utveckling över tid'
    """
    plain = name.removesuffix(f"-{PRELIMINARY}")
    book = next((said for kind, said in BOOKS.items() if plain.endswith(f"-{kind}")), str(asked.get("edition", "")))
    return f"{book}, preliminär" if plain != name else book
