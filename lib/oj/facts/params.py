"""What one report is about: its county, edition, municipalities and whom they are compared with.

`params/report.yml` is where every report starts from; `params/<county>.yml` says what one report says differently,
and `params/<county>-<group>.yml` what another of the same county does, of some of its municipalities. Unknown keys and
wrong types are refused, in Swedish, before anything is run.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator
from pydantic_core import ErrorDetails

from oj.facts.editions import data_folder, domain_folder, domains, edition_folder, editions, root_of
from oj.facts.key_figures import is_fetched_for
from oj.facts.places import Place, all_places, find_county, find_municipality, find_report_place, slug
from oj.facts.yaml_file import read_yaml
from oj.words.days import day_fault
from oj.words.errors import UserError, nearest, shortened
from oj.words.plain_text import name_for_cover
from oj.words.vocabulary import PRELIMINARY

WORKBOOKS = "workbooks"  # in the folder of parameters: how workbooks that were read in are read
LONGEST_GROUP = 40  # signs: it becomes a file's and a folder's
NAMES = ("group_name", "publisher", "contact", "accessibility")  # what is typed in for the cover, as it stands
PICTURE = re.compile(r"\w[\w .-]*\.(png|jpe?g)", re.IGNORECASE)
CURRENT, OVER_TIME = "aktuell", "over-tid"  # editions that are no year: what is fetched from Kolada, and the years


class ReportParameters(BaseModel):
    """The parameters of a report, the same fields as every notebook's parameters cell."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    county: str
    domain: str = Field(default_factory=lambda: domain_folder().name)
    edition: str = Field(default_factory=lambda: usual_edition())  # noqa: PLW0108 - it stands below
    municipalities: list[str] = []
    group_name: str = ""
    compare_with: list[str] = []
    reference_source: str = ""
    publisher: str = ""
    date: str = ""
    contact: str = ""
    accessibility: str = ""
    logo: str = Field("", exclude=True)  # no notebook has it
    _group: str = PrivateAttr("")  # of several reports of a county; the notebooks are as they are without
    _folder: Path | None = PrivateAttr(None)

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        if value and (fault := day_fault(value)):
            raise ValueError(fault)
        return value

    @field_validator(*NAMES)
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        return name_for_cover(value)

    @field_validator("edition")
    @classmethod
    def _is_a_year(cls, value: str) -> str:
        if value not in (CURRENT, OVER_TIME) and not re.fullmatch(r"20\d{2}", value):
            raise ValueError("ska vara ett årtal")
        return value

    @field_validator("logo")
    @classmethod
    def _is_a_file(cls, value: str) -> str:
        if value and not PICTURE.fullmatch(value):
            raise ValueError("är ingen bild i params/; skriv bara filens namn, som slutar på .png, .jpg eller .jpeg")
        return value

    @property
    def logo_file(self) -> Path | None:
        """The file of the sender's logo, beside the files of parameters; None where there is none."""
        return (self._folder or params_folder()) / self.logo if self.logo else None

    @property
    def group(self) -> str:
        """Which of a county's groups of municipalities it is of, as its file is called; "" for the county's own."""
        return self._group

    def of_group(self, group: str, folder: Path) -> "ReportParameters":
        """Return the same parameters as those of a group, in the folder where their logo is."""
        found = self.model_copy()
        found._group, found._folder = group, folder if self.logo else None
        return found

    @property
    def name(self) -> str:
        """The report's folder name, such as stockholm-2015; with the group, and the domain that is not the usual."""
        domain = self.domain if self.domain != domain_folder(root_of()).name else ""
        return "-".join(filter(None, [slug(self.county), self._group, domain, self.edition]))


def usual_edition(folder: Path | None = None) -> str:
    """Return the edition of a folder's domain where none is said; of one without results, what is fetched for it.

    >>> usual_edition()
    '2015'
    """
    home = folder or data_folder()
    return edition_folder(home).name if editions(home) or not is_fetched_for(home) else CURRENT


def params_folder() -> Path:
    """Return the folder of the reports' parameters."""
    return Path(__file__).parents[3] / "params"


def read_parameters(county: str, folder: Path | None = None, group: str = "", **overrides: str) -> ReportParameters:
    """Return the parameters of the report for `county`, or for a `group` there, names spelt as the places are.

    `overrides` come from the command line; empty ones are left out. Raises UserError.

    >>> read_parameters("stockholms län").group_name
    'Nordvästkommunerna'
    """
    folder = folder or params_folder()
    place = find_report_place(county)
    of_group = group_word(group, place, folder) if group else ""
    own_file = folder / f"{'-'.join(filter(None, [slug(place.short), of_group]))}.yml"
    files = [folder / "report.yml", *([own_file] if own_file.exists() else [])]
    values, origin = {"county": place.short}, {"county": "kommandoraden"}
    for path in files:
        own = _read(path)
        values |= own
        origin |= dict.fromkeys(own, f"params/{path.name}")
    said = {key: value for key, value in overrides.items() if value}
    if said.get("domain"):  # the edition of the files is that of another domain
        said = {"edition": usual_edition(domain_folder(root_of(), said["domain"]))} | said
    origin |= dict.fromkeys(said, "kommandoraden")
    return _named(checked(values | said, origin), place, origin).of_group(of_group, folder)


def groups_of(place: Place, folder: Path | None = None) -> list[str]:
    """Return the groups of a county that have a file of parameters, as the files are called."""
    others = [slug(one.short) for one in all_places().values() if one.level == "county" and one != place]
    start = f"{slug(place.short)}-"
    found = [path.stem for path in sorted((folder or params_folder()).glob(f"{start}*.yml"))]
    longer = [f"{other}-" for other in others if other.startswith(start)]
    return [name.removeprefix(start) for name in found if not f"{name}-".startswith(tuple(longer))]


def group_word(group: str, place: Place, folder: Path | None = None, *, is_new: bool = False) -> str:
    """Return a group as its file is called; raise UserError for one that a county has not, or that cannot be one.

    >>> group_word("Solna & Sigtuna", find_report_place("Stockholm"), is_new=True)
    'solna-sigtuna'
    """
    word, known = slug(group), groups_of(place, folder)
    taken = {*domains(), CURRENT, OVER_TIME, PRELIMINARY}
    if not word or len(word) > LONGEST_GROUP or taken & {word, *word.split("-")} or re.search(r"(^|-)\d+$", word):
        rule = f"ska ha högst {LONGEST_GROUP} tecken, inte sluta med ett tal och inte heta som ett verksamhetsområde"
        raise UserError(f"Gruppen ”{shortened(group)}” kan inte heta så: namnet {rule}.")
    if word not in known and not is_new:
        file = f"params/{slug(place.short)}-{word}.yml"
        told = f"{nearest(word, known)} Grupper i {place.name}: {', '.join(known) or 'inga'}."
        raise UserError(f"Gruppen ”{shortened(group)}” finns inte: {file} saknas.{told}")
    return word


def checked(values: dict[str, Any], origin: dict[str, str]) -> ReportParameters:
    """Return a report's parameters of plain values; raise UserError with all that is wrong, and where it was said."""
    try:
        return ReportParameters.model_validate(values)
    except ValidationError as error:
        lines = [f"  {origin[str(detail['loc'][0])]}: {_in_swedish(detail)}" for detail in error.errors()]
        raise UserError("\n".join(["Parametrarna kan inte användas:", *lines])) from error


def _named(values: ReportParameters, place: Place, origin: dict[str, str]) -> ReportParameters:
    """Return the parameters with every place checked and spelt as in `places.csv`."""
    with _told_with(origin, "county"):
        if find_report_place(values.county) != place:
            raise UserError(f"”{values.county}” står där, men rapporten ska gälla {place.name}.")
    with _told_with(origin, "domain"):
        home = domain_folder(root_of(), values.domain)
    with _told_with(origin, "edition"):
        if values.edition not in (CURRENT, OVER_TIME) and not editions(home) and is_fetched_for(home):
            rule = f"finns inte: verksamhetsområdet {values.domain} har inga utgåvor, bara nyckeltal ur Kolada"
            raise UserError(f"Utgåvan ”{values.edition}” {rule}. Stryk utgåvan, eller skriv {CURRENT}.")
    with _told_with(origin, "municipalities"):
        municipalities = _once([find_municipality(text, place).name for text in values.municipalities])
    with _told_with(origin, "compare_with"):
        others = _once([find_county(text).short for text in values.compare_with])
        if place.short in others:
            raise UserError(f"{place.name} kan inte jämföras med sig självt i compare_with.")
    fixed = {"county": place.short, "municipalities": municipalities, "compare_with": others}
    return values.model_copy(update=fixed)


@contextmanager
def _told_with(origin: dict[str, str], key: str) -> Iterator[None]:
    """Put the file that a key came from before what is said of its value."""
    try:
        yield
    except UserError as error:
        raise UserError(f"{origin.get(key, 'params/report.yml')}: {error}") from error


def _once(names: list[str]) -> list[str]:
    """Return the names; raise UserError for one that stands twice."""
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"”{name}” står två gånger.")
    return names


def _read(path: Path) -> dict[str, Any]:
    values = read_yaml(path, f"params/{path.name}") or {}
    if not isinstance(values, dict):
        raise UserError(f"params/{path.name} ska bestå av rader som ”nyckel: värde”.")
    return {str(key): value for key, value in values.items()}


def _in_swedish(detail: ErrorDetails) -> str:
    """Return pydantic's finding as a Swedish sentence that says what to do."""
    key, *place = map(str, detail["loc"])
    where = f"{key}[{place[0]}]" if place else key
    allowed = list(ReportParameters.model_fields)
    value = f"{where}: ”{shortened(str(detail['input']))}”"
    if detail["input"] is None:
        return f"{where} är tom; skriv ett värde, [] för en tom lista, eller ta bort raden."
    if detail["type"] == "extra_forbidden":
        return f"okänd nyckel ”{shortened(key)}”.{nearest(key, allowed)} Tillåtna: {', '.join(allowed)}."
    if detail["type"] == "value_error" and key in (*NAMES, "logo", "date"):
        return f"{value} {detail['ctx']['error']}."
    if detail["type"] == "value_error":
        return f'{value} är inget årtal; skriv till exempel "{edition_folder().name}", eller aktuell.'
    rules = {
        "string_type": "ska vara text; skriv inom citattecken",
        "list_type": "ska vara en lista, en rad med streck för varje namn",
    }
    return f"{value} {rules.get(detail['type'], 'godtas inte')}."
