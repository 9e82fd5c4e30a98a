"""A filled-in survey to preliminary results: the review list, and a report marked as preliminary.

The municipalities' answers take the place of what is published for them; registers, the nation and the counties stay as
published. They are joined as rows to the facts of the moment that the report is built on; nothing in `data/` changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disclosure.protection import protect
from oj.disk.folders import Folders, default_folders
from oj.doors.shown import read_reported
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table, resources
from oj.facts.editions import edition_folder, root_of
from oj.facts.params import ReportParameters, read_parameters
from oj.facts.places import Place, all_places, units
from oj.facts.snapshot import snapshot
from oj.preliminary.results import differences, preliminary, staff_findings, with_staff
from oj.preliminary.review import COUNTS, review
from oj.publish.build.report import build_report, disk_told
from oj.publish.build.review import differing, listed, write_review
from oj.sources.limits import limits_of
from oj.sources.published import read_published, write_filled_in
from oj.sources.survey.questions import asked_indicators, checks, questions, rules
from oj.sources.survey.read import Form, read_form
from oj.sources.which import KEY
from oj.words.errors import Fault, UserError
from oj.words.frames import each_row
from oj.words.progress import Progress
from oj.words.vocabulary import PRELIMINARY

REVIEW_FILE = "granskning.xlsx"
MOST_TOLD = 20  # counts that cannot be, in the terminal


@dataclass(frozen=True)
class Preliminary:
    """A form's results (one row per edition, indicator and place), its review list and what is published otherwise."""

    county: Place
    places: list[Place]
    results: pd.DataFrame
    review: pd.DataFrame
    differences: pd.DataFrame


def build_preliminary(
    path: Path, date: str = "", renderer: str = "", progress: Progress | None = None, folders: Folders | None = None
) -> Path:
    """Build the preliminary report of a filled-in form, with its review list, and return its folder."""
    told, places, facts = progress or Progress(), folders or default_folders(), root_of()
    with disk_told(places), snapshot(facts, places.build) as data:
        with told.step("Läser enkätfilen"):
            form = read_form(path)
            found = from_form(form)
        for line in form.notes:
            told.warn(line)
        told.tell(f"Granskningen har {len(found.review)} iakttagelser; de står i {REVIEW_FILE}.")
        if wrong := wrong_counts(found, path.name):
            told.warn(wrong)
        join(found, data, path.name)
        parameters = parameters_of(found, date)

        def add_review(report: Path) -> None:
            write_review(found.review, found.differences, report / REVIEW_FILE, parameters.edition)

        return build_report(parameters, places, told, renderer, add_review, memory=facts)


def wrong_counts(found: Preliminary, file: str) -> str:
    """Return the counts in a form that cannot be, each with its sheet and cell, as a text; "" where there are none."""
    rows = found.review[found.review["Slag"] == COUNTS]
    faults = [Fault(file, None, row.Ruta, row.Svar, row.Iakttagelse) for row in each_row(rows)]
    head = f"Antal som inte går ihop; de står också i {REVIEW_FILE}:"
    more = [f"  … och {len(faults) - MOST_TOLD} till"] if len(faults) > MOST_TOLD else []
    return "\n".join([head, *(f"  {fault}" for fault in faults[:MOST_TOLD]), *more]) if faults else ""


def from_form(form: Form, folder: Path | None = None) -> Preliminary:
    """Return what a filled-in form gives; raise UserError where it is empty or mixes counties."""
    places = all_places(folder)
    own, county = _places_of(form, places)
    folder = edition_folder(folder, form.edition)
    asked, used = questions(form.edition, folder), rules(form.edition, folder)
    answers = with_staff(form.answers, form.staff)
    members = {county.code: [place.code for place in units(county.code, folder)]}
    tried = checks(form.edition, folder)
    lacking = limits_of(folder).lacking
    made = preliminary(answers, form.last_year, (used, tried), indicators(folder), members, lacking)
    made = made[made["place"].isin([*own, county.code])]
    made = made.assign(edition=form.edition, source=f"{PRELIMINARY}-{form.edition}")
    found = review(answers, asked, used, tried)
    found = pd.concat([found, staff_findings(form.answers, form.staff)], ignore_index=True)
    return Preliminary(
        county,
        [places[code] for code in own],
        protect(made, folder=folder),
        listed(found, answers, asked, places, _cells(form, answers)),
        differing(differences(made, read_reported(county.code, folder), indicators(folder)), places, folder),
    )


def _cells(form: Form, answers: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return where each answer stands, by place and question: its sheet and cell, or the sheet of the staff list."""
    given, known = (
        {*zip(rows["place"], rows["question"], strict=True)}
        for rows in (one[one["answer"].notna()] for one in (form.answers, answers))
    )
    return {**form.where, **{key: form.where.get((key[0], ""), "") for key in known - given}}


def _places_of(form: Form, places: Mapping[str, Place]) -> tuple[list[str], Place]:
    """Return the codes of the places that have answered, and their county."""
    filled = {*form.answers["place"], *form.staff["place"]}
    own = [code for code in form.places if code in filled]
    counties = sorted({places[code].county for code in own})
    if not counties:
        raise UserError("Enkätfilen har inga svar än.")
    if len(counties) > 1:
        names = " och ".join(places[code].name for code in counties)
        raise UserError(f"Enkätfilen har svar från {names}; en fil ska gälla ett län.")
    return own, places[counties[0]]


def join(found: Preliminary, data: Path, name: str) -> None:
    """Write the preliminary results that count, and the form `name` as their source, beside the facts in `data`."""
    new = found.results
    kept = new[~new.set_index(KEY).index.isin(better_published(found, data).set_index(KEY).index)]
    write_filled_in(kept, data)
    _add_source(data, str(new["source"].iloc[0]), str(new["edition"].iloc[0]), name)


def better_published(found: Preliminary, data: Path) -> pd.DataFrame:
    """Return the published rows that the form does not replace: of registers, and averages of too few."""
    published, new = read_published(data), found.results
    own = [place.code for place in found.places]
    of_form = asked_indicators(str(new["edition"].iloc[0]), data)
    averages = new[~new["place"].isin(own) & (new["status"] == "observed")].set_index(KEY).index
    answered = published["place"].isin(own) & published["indicator"].isin(of_form)
    return published[~answered & ~published.set_index(KEY).index.isin(averages)]


def _add_source(target: Path, source: str, edition: str, name: str) -> None:
    """Add the form to the sources, as what the report names under its tables."""
    sources = read_table("sources", target)
    row: dict[str, Any] = dict.fromkeys(sources.columns)
    row |= {"source": source, "title": f"Enkäten för utgåvan {edition}, ifylld i {name}", "year": int(edition)}
    row |= {"publisher": "Kommunernas egna svar, preliminära", "note": "Inte granskade eller publicerade."}
    together = pd.concat([sources, pd.DataFrame([row])], ignore_index=True)
    together.to_csv(target / resources(target)["sources"]["path"], index=False, lineterminator="\n")


def parameters_of(found: Preliminary, date: str = "") -> ReportParameters:
    """Return the county's parameters, about the form's municipalities; a group's name only where it is that group."""
    usual = read_parameters(found.county.short, edition=str(found.results["edition"].iloc[0]), date=date)
    names = [place.name for place in found.places]
    called = usual.group_name if set(names) == set(usual.municipalities) else ""
    return usual.model_copy(update={"municipalities": names, "group_name": called})
