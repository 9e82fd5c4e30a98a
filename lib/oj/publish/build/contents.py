"""What a report holds: its chapters, its data and its title page, for an edition, of today, or over the years.

A county with results gets the book of the edition. A county without, that key figures are fetched for, gets the book
of today (`notebooks/_aktuell.yml`). The nation, and a county that only has figures from summaries, get the shorter
book over the years (`notebooks/_over-tid.yml`). The editions `aktuell` and `over-tid` ask for one of the two.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from oj.doors.current import current, latest_years
from oj.disclosure.door import read_protected
from oj.words.errors import UserError
from oj.doors.shown import read_others
from oj.doors.observations import observations, places_with_history
from oj.facts.editions import domain_of, edition_folder
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.facts.places import NATION, all_places, find_report_place, kommun, slug
from oj.publish.build.book import chapters, settings, title_page
from oj.publish.build.downloads import write_csv, write_texts
from oj.publish.chapters.instances import Instance, instances_of
from oj.publish.chapters.edition import of_edition
from oj.doors.results import is_preliminary, results
from oj.sources.kolada.values import is_fetched, read_fetched
from oj.words.swedish import listing
from oj.words.vocabulary import PRELIMINARY
from oj.facts.yaml_file import read_yaml


@dataclass(frozen=True)
class Contents:
    """One report before it is built: its folder's name, chapters in order, title page and how its data are written."""

    name: str
    listed: list[Instance]
    about: dict[str, Any]
    write: Callable[[Path], None]
    parameters: ReportParameters


def contents(parameters: ReportParameters, notebooks: Path) -> Contents:
    """Return what the report that `parameters` describe holds; raise UserError where there is nothing to show."""
    book = book_of(parameters)
    if book == CURRENT:
        return _current(parameters, notebooks)
    if book == OVER_TIME:
        return _over_time(parameters, notebooks)
    shown = results(parameters.county, parameters.edition, parameters.municipalities, parameters.compare_with)
    own = shown.loc[shown["level"] == "municipality", "place_name"].unique().tolist()
    listed, preliminary = instances_of(of_edition(chapters(notebooks), notebooks, edition_folder(None, parameters.edition)), own), is_preliminary(shown)
    name = f"{parameters.name}-{PRELIMINARY}" if preliminary else parameters.name
    about = settings(parameters, own, preliminary=preliminary)
    return Contents(name, listed, about, lambda target: write_csv(shown, target), parameters)


def book_of(parameters: ReportParameters) -> str:
    """Return which book a report is: the edition's year, `aktuell` or `over-tid`; UserError for an unknown edition.

    >>> [book_of(ReportParameters(county=name)) for name in ("Riket", "Kalmar", "Stockholm")]
    ['over-tid', 'over-tid', '2015']
    """
    own = find_report_place(parameters.county)
    if parameters.edition in (CURRENT, OVER_TIME):
        return parameters.edition
    edition_folder(edition=parameters.edition)
    if own.code == NATION:
        return OVER_TIME
    places, others = all_places(), read_others([own.code])
    rows = read_protected().query("edition == @parameters.edition")
    published = rows.loc[~rows["source"].isin(others), "place"].unique()
    if any(own.code in (code, places[code].county) for code in published):
        return parameters.edition
    if is_fetched(own):
        return CURRENT
    over_time = any(places[code].county == own.code for code in places_with_history())
    return OVER_TIME if over_time else parameters.edition


def _current(parameters: ReportParameters, notebooks: Path) -> Contents:
    shown = current(parameters.county, parameters.municipalities, parameters.compare_with)
    own = shown.loc[shown["level"] == "municipality", "place_name"].unique().tolist()
    listed = instances_of(listed_chapters(notebooks, CURRENT), own)
    name = f"{slug(parameters.county)}-{CURRENT}"
    years = sorted(set(latest_years(shown).values()))
    page = title_page(parameters, own) | {"title": f"Aktuella nyckeltal {years[-1]} – {domain_of().name}"}
    about = {"book": page, "document-date": parameters.date or read_fetched(parameters.county).fetched}
    return Contents(name, listed, about, csv_writer(shown), parameters.model_copy(update={"edition": CURRENT}))


def _over_time(parameters: ReportParameters, notebooks: Path) -> Contents:
    shown = observations(parameters.county, parameters.municipalities).drop(columns="phrase")
    refuse_unused(parameters, set(shown["place_name"]))
    name = f"{slug(parameters.county)}-over-tid"
    return Contents(
        name, listed_chapters(notebooks, OVER_TIME), over_time_settings(parameters, shown), csv_writer(shown), parameters
    )


def refuse_unused(parameters: ReportParameters, shown: Collection[str]) -> None:
    """Raise UserError for a parameter that a report over the years has no use for; `shown` are names of places."""
    lacking = [name for name in parameters.municipalities if name not in shown]
    if lacking:
        raise UserError(
            f"Det finns inga uppgifter över åren för {listing(lacking)}. De finns för: {listing(sorted(shown))}."
        )
    for key, value in (("compare_with", listing(parameters.compare_with)), ("group_name", parameters.group_name)):
        if value:
            raise UserError(f"{key}: ”{value}” går inte att använda i en rapport över åren. Ta bort raden.")


def csv_writer(shown: pd.DataFrame) -> Callable[[Path], None]:
    """Return what writes the observations as `resultat.csv`, in UTF-8; what is no exact figure is an empty cell."""
    return lambda target: write_texts(shown, target)


def listed_chapters(notebooks: Path, book: str) -> list[Instance]:
    """Return a shorter book's chapters in order; raise UserError where one is missing.

    >>> [one.template for one in listed_chapters(Path("notebooks"), "over-tid")][0]
    'over-tid.ipynb'
    """
    file = f"_{book}.yml"
    label = f"notebooks/{file}"
    try:
        listed = {str(name): str(template) for name, template in read_yaml(notebooks / file, label)["chapters"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{label} ska ha nyckeln chapters med en rad för varje kapitel: fil och notebook.") from error
    missing = [template for template in listed.values() if not (notebooks / template).is_file()]
    if missing:
        raise UserError(f"Kapitlet {', '.join(missing)} saknas i notebooks/. Återställ filen, eller ändra {label}.")
    return [Instance(name, template) for name, template in listed.items()]


def over_time_settings(parameters: ReportParameters, shown: pd.DataFrame) -> dict[str, Any]:
    """Return the title page and the PDF's date of a report over the years; never a clock's.

    >>> about = over_time_settings(ReportParameters(county="Kalmar"), observations("Kalmar"))
    >>> about["book"]["subtitle"], about["document-date"]
    ('Kalmar kommun', '2019-01-01')
    """
    own = shown.loc[shown["place"] != NATION, "place_name"].unique()
    editions = sorted(shown["edition"].unique())
    place = find_report_place(parameters.county).name
    page = {
        "title": f"Öppna jämförelser {editions[0]}–{editions[-1]} – {domain_of().name}",
        "subtitle": kommun(own[0]) if len(own) == 1 else place,
        "author": parameters.publisher,
        "date": parameters.date,
    }
    book = {key: text for key, text in page.items() if text}
    return {"book": book, "document-date": parameters.date or f"{editions[-1]}-01-01"}
