"""The one door for a notebook: the figures of a county, of an edition, of today or over the years.

Hidden figures are hidden already here: there is nothing behind.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from oj.facts.editions import data_folder, domain_folder, edition_folder, is_edition
from oj.facts.kept import kept
from oj.facts.params import CURRENT, OVER_TIME, usual_edition
from oj.tidy.published import of_an_edition
from oj.tidy.schema import Figures
from oj.tidy.today import of_today
from oj.tidy.years import of_the_years


def figures(  # noqa: PLR0913, PLR0917
    county: str,
    edition: str = "",
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    domain: str = "",
    reference_source: str = "",
    folder: Path | None = None,
) -> Figures:
    """Return the figures of a county: one row per measure, place, period, group and source, in the report's order.

    `edition` is a year, `aktuell` (what is fetched from Kolada, by year and gender) or `over-tid` (all that the sources
    tell of the years); without one the domain's own. Without `municipalities` all in the county that have any are in,
    before the nation, the county and those that it is compared with; their figures are of `reference_source`, without
    one the published where there are any. Raises UserError where there is nothing to show.

    >>> answers = figures("Stockholm", municipalities=["Solna"]).of("socialjour").frame
    >>> answers["display"].str.replace(chr(160), " ").tolist()
    ['Ja', '72 %', '89 %']
    """
    edition = str(edition or usual_edition(folder_of(domain, folder)))
    several = edition in (CURRENT, OVER_TIME)
    home = folder_of(domain, folder) if several else edition_folder(folder, edition, domain)
    counties = (county, *names_of(compare_with))
    found = _made(home, edition, counties, tuple(names_of(municipalities)), reference_source)
    return replace(found, frame=found.frame.copy(deep=False))  # whoever changes it changes no other's


@kept
def _made(
    home: Path, edition: str, counties: tuple[str, ...], wanted: tuple[str, ...], reference_source: str
) -> Figures:
    if edition == CURRENT:
        return of_today(counties, wanted, home)
    if edition == OVER_TIME:
        return of_the_years(counties, wanted, home, reference_source)
    return of_an_edition(counties, wanted, home, reference_source)


def folder_of(domain: str, folder: Path | None = None) -> Path:
    """Return where the facts of a domain are: an edition's folder where that is one of the domain's, else its own."""
    home = folder or data_folder()
    return home if is_edition(home) and domain in ("", home.parent.name) else domain_folder(folder, domain)


def names_of(given: str | Sequence[str]) -> list[str]:
    """Return names as a list, also where a single one was given."""
    return [given] if isinstance(given, str) else list(given)
