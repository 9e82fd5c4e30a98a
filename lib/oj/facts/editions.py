"""Where facts lie: what all share in `data/`, in it a folder for each domain, and in that one for each edition.

A `folder` of facts may be any of the three. Where the edition is not said it is the domain's own choice, and where
the domain is not, that of `datapackage.json`.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from oj.disk.bounded import read_bounded
from oj.disk.reading import note
from oj.facts.files import folders_with, is_in
from oj.facts.yaml_file import read_model
from oj.words.errors import UserError, nearest, not_read
from oj.words.limits import LIMIT_RULES, EditionLimits, LimitsFrom

DESCRIPTION, DOMAIN, EDITION, QUESTIONS = "datapackage.json", "domain.yml", "edition.yml", "areas.csv"
LARGEST = 50_000_000  # bytes of a table, or of what describes it
YEAR = Annotated[str, Field(pattern=r"^20\d{2}$")]


class Domain(BaseModel):
    """A domain of Open Comparisons (verksamhetsområde): its name, its words, and the edition meant where none is said.

    Without `edition` that is the last one that asks. `after` is whose comparisons its sources tell of, `areas` are the
    known questions' areas, `sources` those of no other domain, `known_by` and `not_by` patterns of tables' titles.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: str
    edition: YEAR | None = None
    limits: list[LimitsFrom] = []
    areas: dict[str, str] = {}
    answering: str = "kommuner"
    the_answering: str = "kommunerna"
    numbers: str = "Talen"
    after: str = ""
    field: str = ""
    the_field: str = ""
    sources: list[str] = []
    known_by: list[str] = []
    not_by: list[str] = []


class Edition(BaseModel):
    """What an edition says of itself; months and days are ISO, the share that answered is 0-1."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: str
    published_first: int
    source: str
    collected: list[Annotated[str, Field(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")]] = []
    refers_to: date | None = None
    response_rate: Annotated[float, Field(ge=0, le=1)] | None = None
    limits: EditionLimits | None = None


RULES = {"name": "ska vara text"} | LIMIT_RULES
DOMAIN_RULES = RULES | {
    "edition": "ska vara ett årtal inom citattecken",
    "areas": "ska vara rader ”id: namn”, en för varje område som frågorna i questions.csv hör till",
    "answering": "ska vara text, som kommuner och stadsdelar",
    "the_answering": "ska vara text, som kommunerna och stadsdelarna",
    "numbers": "ska vara text: vad frågorna med tal kallas, som Personalens tal",
    "after": "ska vara text: vems jämförelser källorna återger, som Socialstyrelsens öppna jämförelser",
    "field": "ska vara text: verksamheten, i obestämd form",
    "the_field": "ska vara text: verksamheten, i bestämd form",
    "sources": "ska vara en lista av de källor i data/sources.csv som bara gäller verksamhetsområdet",
    "known_by": "ska vara en lista av ord som tabeller om verksamheten har i sina rubriker",
    "not_by": "ska vara en lista av ord som tabeller ur andra undersökningar har i sina rubriker",
}
EDITION_RULES = RULES | {
    "published_first": "ska vara ett år",
    "source": "ska vara en källa i utgåvans sources.csv eller i data/sources.csv",
    "collected": 'ska vara två månader, ["ÅÅÅÅ-MM", "ÅÅÅÅ-MM"]',
    "refers_to": "ska vara ett datum, ÅÅÅÅ-MM-DD",
    "response_rate": "ska vara en andel mellan 0 och 1",
}


def data_folder() -> Path:
    """Return the folder of the facts: `OJ_DATA` where it is set, else the project's own `data/`."""
    return Path(os.environ.get("OJ_DATA") or Path(__file__).parents[3] / "data")


def root_of(folder: Path | None = None) -> Path:
    """Return the folder of all facts that a domain's or an edition's folder lies in, or the folder itself."""
    folder = folder or data_folder()
    above = (one for one in (folder, *folder.parents[:3]) if is_in(one, DESCRIPTION))
    return next(above, folder)


def label_of(path: Path) -> str:
    """Return how a file of facts is told: by its path from data/.

    >>> label_of(edition_folder() / "areas.csv")
    'data/barn-och-unga/2015/areas.csv'
    """
    return f"data/{path.relative_to(root_of(path.parent)).as_posix()}"


def described(root: Path) -> dict[str, Any]:
    """Return the description of the tables; raise UserError when it cannot be read."""
    path = root / DESCRIPTION
    try:
        stat = path.stat()
        note([path])
        return _described(path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise UserError(f"Beskrivningen {path} kan inte läsas: {not_read(error)}.") from error


@cache
def _described(path: Path, _changed: int, _size: int) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(read_bounded(path, LARGEST, str(path)))
        for one in content["resources"]:
            _ = one["name"], one["path"], one["schema"]["fields"]
    except (ValueError, KeyError, TypeError) as error:
        rule = "är skadad: den ska vara JSON med en lista resources, där varje tabell har name, path och schema"
        raise UserError(f"Beskrivningen {path} {rule}. Återställ den.") from error
    return content


def domains(folder: Path | None = None) -> dict[str, Path]:
    """Return the folders of the domains by name.

    >>> "barn-och-unga" in domains()
    True
    """
    return folders_with(DOMAIN, root_of(folder))


def domain_folder(folder: Path | None = None, domain: str = "") -> Path:
    """Return the folder of a domain; raise UserError for an unknown one.

    >>> domain_folder().name
    'barn-och-unga'
    """
    folder = folder or data_folder()
    inside = next((one for one in (folder, folder.parent) if (one / DOMAIN).exists()), None)
    if inside and domain in ("", inside.name):
        return inside
    wanted, known = domain or str(described(root_of(folder)).get("domain")), domains(folder)
    if wanted not in known:
        names = ", ".join(known) or "inga"
        raise UserError(f"Verksamhetsområdet ”{wanted}” finns inte.{nearest(wanted, known)} De som finns: {names}.")
    return known[wanted]


def home_domain(folder: Path | None = None) -> str:
    """Return the name of a folder's domain, "" where it is the one that is meant when none is said.

    >>> home_domain()
    ''
    """
    own = domain_folder(folder).name
    return "" if own == described(root_of(folder)).get("domain") else own


def domain_of(folder: Path | None = None) -> Domain:
    """Return what a domain says of itself.

    >>> domain_of().name
    'Social barn- och ungdomsvård'
    """
    path = domain_folder(folder) / DOMAIN
    return read_model(Domain, path, label_of(path), DOMAIN_RULES)


def editions(folder: Path | None = None) -> dict[str, Path]:
    """Return the folders of a domain's editions by year, in order.

    >>> list(editions())
    ['2010', '2013', '2014', '2015', '2016', '2017', '2018', '2019', '2020', '2021', '2022', '2023']
    """
    return folders_with(EDITION, domain_folder(folder))


def asking_editions(folder: Path | None = None) -> dict[str, Path]:
    """Return the folders of the editions whose questions are described; the others are known from summaries.

    >>> list(asking_editions())
    ['2015']
    """
    return {year: path for year, path in editions(folder).items() if (path / QUESTIONS).exists()}


def is_edition(folder: Path | None) -> bool:
    """Return whether a folder of facts is that of one edition."""
    return folder is not None and (folder / EDITION).exists()


def edition_folder(folder: Path | None = None, edition: str = "", domain: str = "") -> Path:
    """Return the folder of an edition, where none is said of the domain's own choice; raise UserError for unknown ones.

    >>> edition_folder(edition="2014").name, edition_folder().name
    ('2014', '2015')
    """
    folder = folder or data_folder()
    if is_edition(folder) and edition in ("", folder.name) and domain in ("", folder.parent.name):
        return folder
    own = domain_folder(folder, domain)
    known = editions(own)
    if not known:
        raise UserError(without_results(own))
    wanted = edition or domain_of(own).edition or [*known, *asking_editions(own)][-1]
    if wanted not in known:
        raise UserError(f"Utgåvan ”{wanted}” finns inte.{nearest(wanted, known)} Utgåvor: {', '.join(known)}.")
    return known[wanted]


def without_results(folder: Path) -> str:
    """Return in Swedish that a domain has no results yet, and what to do."""
    name, label = domain_folder(folder).name, domain_of(folder).name
    return (
        f"Verksamhetsområdet {label} har inga resultat än. Läs in en arbetsbok: oj import FIL --domain {name} "
        f"(make import FILE=… DOMAIN={name})."
    )


def edition_of(folder: Path | None = None) -> Edition:
    """Return what an edition says of itself.

    >>> edition_of().name
    'Öppna jämförelser 2015 – Social barn- och ungdomsvård'
    """
    path = edition_folder(folder) / EDITION
    return read_model(Edition, path, label_of(path), EDITION_RULES)


@contextmanager
def using(folder: Path) -> Iterator[None]:
    """Let everything within read its facts in `folder`, also the notebooks of a report that is built."""
    before = os.environ.get("OJ_DATA")
    os.environ["OJ_DATA"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("OJ_DATA")
        if before is not None:
            os.environ["OJ_DATA"] = before
