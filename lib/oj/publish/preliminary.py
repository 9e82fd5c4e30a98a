"""A filled-in survey to preliminary results: the review list, and a report marked as preliminary.

The municipalities' answers take the place of what is published for them; registers, the nation and the counties stay as
published. The facts are copied aside with the new results among them and the report is built on the copy, so that
nothing in `data/` changes.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from oj.catalog import indicators
from oj.datapackage import data_folder, read_table, resources, using
from oj.errors import UserError
from oj.measures.disclosure import protect
from oj.measures.preliminary import differences, preliminary, staff_findings, with_staff
from oj.measures.review import review
from oj.params import ReportParameters, read_parameters
from oj.places import Place, all_places, units
from oj.publish.report import Folders, Progress, build_report, default_folders
from oj.results import display
from oj.sources.published import read_published
from oj.sources.survey import Question, checks, questions, rules
from oj.sources.survey_form_read import Form, read_form
from oj.vocabulary import PRELIMINARY

KEY = ["edition", "indicator", "place"]
REVIEW_FILE = "granskning.xlsx"


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
    told = progress or Progress()
    with told.step("Läser enkätfilen"):
        found = from_form(read_form(path))
    told.tell(f"Granskningen har {len(found.review)} iakttagelser; de står i {REVIEW_FILE}.")
    with TemporaryDirectory() as kept, using(overlay(found, data_folder(), Path(kept) / "data", path.name)):
        parameters = parameters_of(found, date)
        report = build_report(parameters, folders or default_folders(), told, renderer)
    write_review(found, report / REVIEW_FILE, parameters.edition)
    return report


def from_form(form: Form, folder: Path | None = None) -> Preliminary:
    """Return what a filled-in form gives; raise UserError where it is empty or mixes counties."""
    places = all_places(folder)
    filled = {*form.answers["place"], *form.staff["place"]}
    own = [code for code in form.places if code in filled]
    counties = sorted({places[code].county for code in own})
    if len(counties) != 1:
        names = " och ".join(places[code].name for code in counties)
        raise UserError(
            f"Enkätfilen har svar från {names}; en fil ska gälla ett län." if names else "Enkätfilen har inga svar än."
        )
    county = places[counties[0]]
    asked, used = questions(form.edition, folder), rules(form.edition, folder)
    answers = with_staff(form.answers, form.staff)
    members = [place.code for place in units(county.code, folder)]
    made = preliminary(answers, form.last_year, used, indicators(folder), {county.code: members})
    made = made[made["place"].isin([*own, county.code])].assign(
        edition=form.edition, source=f"{PRELIMINARY}-{form.edition}"
    )
    found = review(answers, asked, used, checks(form.edition, folder))
    found = pd.concat([found, staff_findings(form.answers, form.staff)], ignore_index=True)
    return Preliminary(
        county,
        [places[code] for code in own],
        protect(made, folder=folder),
        in_words(found, answers, asked, places),
        in_words_too(differences(made, read_published(folder), indicators(folder)), places, folder),
    )


def in_words(
    found: pd.DataFrame, answers: pd.DataFrame, asked: dict[str, Question], places: dict[str, Place]
) -> pd.DataFrame:
    """Return the review list for people: Kommun, Avsnitt, Fråga, Svar, Slag and Iakttagelse."""
    given = {(row.place, row.question): row.answer for row in answers.itertuples()}

    def said(place: str, question: str) -> str:
        answer = given.get((place, question))
        if answer is None or pd.isna(answer):
            return ""
        return asked[question].alternatives.get(str(answer), str(answer).replace(".", ","))

    rows = [
        (places[row.place].name, asked[row.question].title, asked[row.question].text, said(row.place, row.question),
         row.kind, row.finding)
        for row in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Kommun", "Avsnitt", "Fråga", "Svar", "Slag", "Iakttagelse"])


def in_words_too(found: pd.DataFrame, places: dict[str, Place], folder: Path | None) -> pd.DataFrame:
    """Return where the form gives something else than what is published: Plats, Indikator, Ur svaren, Publicerat."""
    known = indicators(folder)
    rows = [
        (places[row.place].name, known[row.indicator].title, *(
            display(known[row.indicator], value, answer if isinstance(answer, str) else "", status)
            for value, answer, status in ((row.value, row.answer, row.status),
                                          (row.published_value, row.published_answer, row.published_status))))
        for row in found.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Plats", "Indikator", "Ur svaren", "Publicerat"])


def overlay(found: Preliminary, data: Path, target: Path, name: str) -> Path:
    """Copy the facts to `target` with the preliminary results among them, and return it."""
    shutil.copytree(data, target)
    new = found.results
    kept = new[~new.set_index(KEY).index.isin(better_published(found, data).set_index(KEY).index)]
    described = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    originals = [resource for resource in described["resources"] if resource["name"].startswith("results-")]
    for resource in originals:
        table = read_table(resource["name"], data)
        rest = table[~table.set_index(KEY).index.isin(kept.set_index(KEY).index)]
        rest.to_csv(target / resource["path"], index=False, lineterminator="\n")
    source = str(new["source"].iloc[0])
    columns = [field["name"] for field in originals[0]["schema"]["fields"]]
    kept[columns].to_csv(target / "results" / f"{source}.csv", index=False, lineterminator="\n")
    described["resources"].append({**originals[0], "name": f"results-{source}", "path": f"results/{source}.csv"})
    (target / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    _add_source(target, source, str(new["edition"].iloc[0]), name)
    return target


def better_published(found: Preliminary, data: Path) -> pd.DataFrame:
    """Return the published rows that the form does not replace: of registers, and averages of too few."""
    published, new = read_published(data), found.results
    own = [place.code for place in found.places]
    asked = questions(str(new["edition"].iloc[0]), data)
    of_form = {
        name
        for rule in rules(str(new["edition"].iloc[0]), data)
        for name in rule.indicators
        if not asked[rule.reads(name)[0]].from_register
    }
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


def write_review(found: Preliminary, target: Path, edition: str) -> None:
    """Write the review list and the differences from what is published as a workbook, the same bytes each time."""
    from openpyxl import Workbook

    from oj.sources.xlsx import saved

    book = Workbook()
    book.remove(book.active)
    for title, table in (("Granskning", found.review), ("Skillnader", found.differences)):
        _write_sheet(book.create_sheet(title), table)
    target.write_bytes(saved(book, datetime(int(edition), 1, 1)))


def _write_sheet(sheet: Any, table: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    rows: Sequence[Sequence[str]] = [list(table.columns), *table.to_numpy().tolist()]
    for row in rows:
        sheet.append(list(row))
    for number, name in enumerate(table.columns, start=1):
        longest = max(len(str(value)) for value in [name, *table[name]])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(12, longest + 2), 60)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
