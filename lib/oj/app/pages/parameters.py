"""A report's parameters as they are chosen on a page and written: the same file in params/ as one writes by hand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from oj.app.asking.page import Form, chosen
from oj.disk.changes import change
from oj.doors.shown import read_reported
from oj.facts.datapackage import PATIENCE
from oj.facts.editions import asking_editions, domain_of, domains, edition_folder
from oj.facts.key_figures import is_fetched_for
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters, checked, group_word, groups_of, read_parameters
from oj.facts.places import Place, all_places, municipalities_of, slug
from oj.facts.yaml_file import read_yaml
from oj.publish.files.logo import logo_png
from oj.publish.site.reports import BOOKS
from oj.words.errors import UserError, why

NEW_GROUP, OF_PAGE = "+", "Ny rapport"
EMPTY = re.compile(r"; tomt = ")  # as the file of parameters says it
FIRST = "# Gjord på sidan Ny rapport; går också att ändra här.\n"


@dataclass(frozen=True)
class Choice:
    """What a report is of: its county, its group or "", its domain and edition."""

    county: Place
    group: str
    domain: str
    edition: str
    params: Path


def with_results(choice: Choice, own: Iterable[str]) -> set[str]:
    """Return which municipalities, by their codes, have results in an edition; of other books all may have."""
    if choice.edition in (CURRENT, OVER_TIME):
        return {*own}
    rows = read_reported(choice.county.code, edition_folder(edition=choice.edition, domain=choice.domain))
    return {*own} & {*rows.loc[rows["edition"].eq(choice.edition), "place"]}


def counties() -> dict[str, Place]:
    """Return what a report can be about, by code."""
    return {code: one for code, one in all_places().items() if one.level in ("nation", "county")}


def offered() -> dict[str, dict[str, str]]:
    """Return what a report can show, by domain: each choice, such as lss/aktuell, and what it is called."""
    found: dict[str, dict[str, str]] = {}
    for name, home in domains().items():
        own = {f"{name}/{year}": f"Öppna jämförelser {year}" for year in reversed([*asking_editions(home)])}
        own |= {f"{name}/{CURRENT}": BOOKS[CURRENT]} if is_fetched_for(home) else {}
        own |= {f"{name}/{OVER_TIME}": BOOKS[OVER_TIME]} if asking_editions(home) else {}
        if own:
            found[domain_of(home).name] = own
    return found


def choice_of(params: Path, county: str, about: str, group: str) -> Choice:
    """Return what was chosen; raise UserError for anything that was not offered."""
    places = counties()
    place = places[chosen(county, places, "län")]
    chosen(about, {name: 1 for own in offered().values() for name in own}, "vad rapporten ska visa")
    domain, _, edition = about.partition("/")
    if group and group != NEW_GROUP:
        chosen(group, dict.fromkeys(groups_of(place, params)), "grupp")
    return Choice(place, group, domain, edition, params)


def written(choice: Choice) -> ReportParameters:
    """Return the parameters as they are written now.

    A new group begins with who signs the county's own report: whom it is of, compared with, and of which day are new.
    """
    group = "" if choice.group == NEW_GROUP else choice.group
    found = read_parameters(choice.county.short, choice.params, group, domain=choice.domain, edition=choice.edition)
    blank = {"municipalities": [], "group_name": "", "compare_with": [], "date": ""}
    return found.model_copy(update=blank) if choice.group == NEW_GROUP else found


def groups_called(choice: Choice) -> dict[str, str]:
    """Return the groups of a county, each with what its municipalities are called together."""
    return {word: _called(replace(choice, group=word)) for word in groups_of(choice.county, choice.params)}


def _called(choice: Choice) -> str:
    try:
        return written(choice).group_name or choice.group
    except UserError:  # which is told when it is chosen
        return choice.group


def further(params: Path) -> dict[str, str]:
    """Return the other texts that a report may say, such as its date, each with what `params/report.yml` says of it."""
    asked = {"county", "domain", "edition", "group_name", "logo"}
    lines = (params / "report.yml").read_text(encoding="utf-8").splitlines()
    told = {
        line.partition(":")[0]: EMPTY.sub(". Tom ruta: ", line.partition("# ")[2])
        for line in lines
        if line[:1].isalpha()
    }
    return {
        name: told.get(name, name)
        for name, field in ReportParameters.model_fields.items()
        if field.annotation is str and name not in asked
    }


def file_of(choice: Choice) -> Path:
    """Return the file of parameters; its name is made of what we have ourselves, never as it came."""
    group = "" if choice.group in ("", NEW_GROUP) else choice.group
    return choice.params / f"{'-'.join(filter(None, [slug(choice.county.short), group]))}.yml"


def asked_for(form: Form, choice: Choice, before: ReportParameters) -> Iterator[tuple[str, Any]]:
    """Yield every parameter that was asked for; `before` are those that were written.

    What some municipalities were called together is left out where the whole county is chosen, unless it is said anew.
    """
    own = municipalities_of(choice.county.code)
    others = {code: one.short for code, one in counties().items() if one.level == "county"}
    picked = [own[chosen(code, own, "kommunerna")] for code in form.all("kommun")]
    some = form.one("vilka") == "valda"
    if some and not picked:
        raise UserError(f"Kryssa i minst en kommun, eller välj alla i {choice.county.name}.")
    yield "county", choice.county.short
    yield "municipalities", picked if some else []
    is_whole, was_some = not some or len(picked) == len(own), 0 < len(before.municipalities) < len(own)
    is_left = not choice.group and is_whole and was_some and form.one("group_name") == before.group_name
    yield "group_name", "" if is_left else form.one("group_name")
    yield "compare_with", [others[chosen(code, others, "län att jämföra med")] for code in form.all("jamfor")]
    for name in further(choice.params):
        yield name, form.one(name)


def logo_asked(form: Form, choice: Choice, now: str) -> tuple[str, bytes]:
    """Return the file name of the logo that was asked for, "" for none, and what to write in it where it is new.

    The name is made of what we have ourselves; `now` is the one that there is.
    """
    if form.file is None:
        return ("" if form.one("utan-logotyp") else now), b""
    if not form.one("publisher"):
        raise UserError("Skriv avsändaren också. Den är logotypens text för den som inte ser den.")
    return f"{file_of(choice).stem}-logotyp.png", logo_png(form.file.file.read(), "Logotypen")


def named_anew(name: str, choice: Choice) -> Choice:
    """Return a new group with the word of its name; raise UserError for one that there is."""
    if not name:
        raise UserError("group_name: Skriv ett namn på gruppen.")
    word = group_word(name, choice.county, choice.params, is_new=True)
    if word in groups_of(choice.county, choice.params):
        raise UserError(
            f"Gruppen ”{word}” finns redan i {choice.county.name}. Välj den i listan, eller ge ett annat namn."
        )
    return replace(choice, group=word)


def sent(form: Form, choice: Choice, before: ReportParameters) -> ReportParameters:
    """Return the parameters as a form has them, whether or not they can be used."""
    own, names = municipalities_of(choice.county.code), {code: one.short for code, one in counties().items()}
    picked = [own[code] for code in form.all("kommun") if code in own]
    update = {
        "municipalities": picked if form.one("vilka") == "valda" else [], "group_name": form.one("group_name"),
        "compare_with": [names[code] for code in form.all("jamfor") if code in names],
    }  # fmt: skip
    return before.model_copy(update=update | {name: form.one(name) for name in further(choice.params)})


def tried(choice: Choice, asked: Mapping[str, Any]) -> ReportParameters:
    """Return the parameters that were asked for; raise UserError where they cannot be used."""
    own = {**asked, "domain": choice.domain, "edition": choice.edition}
    return checked(own, dict.fromkeys(own, OF_PAGE)).of_group(choice.group, choice.params)


def write(choice: Choice, asked: Mapping[str, Any], logo: bytes = b"") -> None:
    """Write a file of parameters whole, or not at all where it could not be used; its notes at the top are kept.

    `logo` is the picture that they name, where it is new.
    """
    target, usual = file_of(choice), read_yaml(choice.params / "report.yml", "params/report.yml")
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    kept = read_yaml(target, f"params/{target.name}") or {} if before else {}
    kept_as = {name for name in kept if kept[name] == asked.get(name, kept[name])} | {"county"}
    said = {name: one for name, one in {**kept, **asked}.items() if name in kept_as or one != usual.get(name)}
    if said == kept and not logo:
        return  # as it was, to the byte
    notes = "".join(f"{line}\n" for line in _notes(before)) or FIRST
    checked(said, dict.fromkeys(said, OF_PAGE))
    try:
        with change(target.parent, target.stem, "En rapports parametrar skrivs", PATIENCE) as work:
            text = f"{notes}{yaml.dump(said, Dumper=_Indented, allow_unicode=True, sort_keys=False)}"
            work.new(target).write_text(text, encoding="utf-8", newline="\n")
            if logo:
                work.new(target.with_name(asked["logo"])).write_bytes(logo)
    except OSError as error:
        raise UserError(f"params/{target.name} kan inte skrivas: {why(error)}.") from error


class _Indented(yaml.SafeDumper):
    """Writes lists as people do, further in than their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Go further in."""
        super().increase_indent(flow, False)


def _notes(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line
