"""What a report holds: its chapters, its data and its title page, for an edition, of today, or over the years.

A county with results gets the book of the edition. A county without, that key figures are fetched for, gets the book
of today (`notebooks/_aktuell.yml`). The nation, and a county that only has figures from summaries, get the shorter
book over the years (`notebooks/_over-tid.yml`). The editions `aktuell` and `over-tid` ask for one of the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oj.facts.editions import domain_of
from oj.facts.params import CURRENT, OVER_TIME, ReportParameters
from oj.facts.places import NATION, find_report_place, kommun
from oj.facts.yaml_file import read_yaml
from oj.publish.build.book import chapters, settings, title_page
from oj.publish.chapters.edition import of_edition, of_today
from oj.publish.chapters.instances import Instance, instances_of
from oj.sources.kolada.values import read_fetched
from oj.tidy.book import book_of, figures_of
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.swedish import listing
from oj.words.vocabulary import PRELIMINARY


@dataclass(frozen=True)
class Contents:
    """One report before it is built: its folder's name, chapters in order, title page and its figures."""

    name: str
    listed: list[Instance]
    about: dict[str, Any]
    figures: Figures
    parameters: ReportParameters


def contents(parameters: ReportParameters, notebooks: Path) -> Contents:
    """Return what the report that `parameters` describe holds; raise UserError where there is nothing to show."""
    book = book_of(parameters)
    shown = figures_of(parameters, book)
    if book == CURRENT:
        return _current(parameters, notebooks, shown)
    if book == OVER_TIME:
        return _over_time(parameters, notebooks, shown)
    own = [*shown.municipalities().values()]
    listed = instances_of(of_edition(chapters(notebooks), notebooks, shown.folder, parameters.county), own)
    name = f"{parameters.name}-{PRELIMINARY}" if shown.is_preliminary else parameters.name
    about = settings(parameters, own, preliminary=shown.is_preliminary)
    return Contents(name, listed, about, shown, parameters)


def _current(parameters: ReportParameters, notebooks: Path, shown: Figures) -> Contents:
    parameters = parameters.model_copy(update={"edition": CURRENT})
    own = [*shown.municipalities().values()]
    listed = instances_of(
        of_today(listed_chapters(notebooks, CURRENT), notebooks, shown.folder, parameters.county), own
    )
    newest = max(shown.latest_periods().values())
    page = title_page(f"Aktuella nyckeltal {newest} – {domain_of(shown.folder).name}", parameters, own)
    about = {"book": page, "document-date": parameters.date or read_fetched(parameters.county).fetched}
    return Contents(parameters.name, listed, about, shown, parameters)


def _over_time(parameters: ReportParameters, notebooks: Path, shown: Figures) -> Contents:
    refuse_unused(parameters, set(shown.frame["place_name"]))
    about = over_time_settings(parameters, shown)
    name = parameters.model_copy(update={"edition": OVER_TIME}).name
    return Contents(name, listed_chapters(notebooks, OVER_TIME), about, shown, parameters)


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


def over_time_settings(parameters: ReportParameters, shown: Figures) -> dict[str, Any]:
    """Return the title page and the PDF's date of a report over the years; never a clock's.

    >>> about = over_time_settings(ReportParameters(county="Kalmar"), figures("Kalmar", OVER_TIME))
    >>> about["book"]["subtitle"], about["document-date"]
    ('Kalmar kommun', '2023-01-01')
    """
    rows = shown.frame
    own = rows.loc[rows["place"] != NATION, "place_name"].unique()
    first, last = rows["period"].min(), rows["period"].max()
    page = {
        "title": f"Öppna jämförelser {first}–{last} – {domain_of(shown.folder).name}",
        "subtitle": kommun(own[0]) if len(own) == 1 else find_report_place(parameters.county).name,
        "author": parameters.publisher,
        "date": parameters.date,
    }
    book = {key: text for key, text in page.items() if text}
    return {"book": book, "document-date": parameters.date or f"{last}-01-01"}
