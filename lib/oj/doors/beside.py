"""Which other domains a county has results in that ask of the same themes: whom a report may be laid beside."""

from pathlib import Path

from oj.doors.shown import read_reported
from oj.facts.catalog import indicators
from oj.facts.editions import asking_editions, domain_folder, domains, is_edition
from oj.facts.kept import kept
from oj.facts.key_figures import is_fetched_for, key_figures
from oj.facts.places import NATION, Place, all_places, find_report_place
from oj.sources.kolada.values import is_fetched
from oj.sources.themes import theme_of


def beside(county: str, folder: Path) -> list[Path]:
    """Return the latest that a county has of each other domain that shares a theme with the facts in `folder`.

    `folder` is an edition's, or a domain's where what is fetched for it is meant. Found is the folder of the latest
    edition with results of places in the county, else of a domain that has only what is fetched.

    >>> from oj.facts.editions import edition_folder
    >>> beside("Stockholm", edition_folder())
    []
    """
    own, place = domain_folder(folder), find_report_place(county, folder)
    if place.code == NATION:
        return []
    found = [_latest(place, home) for home in domains(folder).values() if home != own]
    there = [home for home in found if home]
    shared = themes_in(folder) if there else set()
    return [home for home in there if themes_in(home) & shared]


@kept
def themes_in(home: Path) -> set[str]:
    """Return the themes of what an edition asks, or of what is fetched for a domain."""
    of_today = key_figures(home) if is_fetched_for(home) else {}
    asked = indicators(home) if is_edition(home) else of_today
    return {theme_of(one.title, home) for one in asked.values()} - {""}


def _latest(county: Place, home: Path) -> Path | None:
    asked = asking_editions(home)
    if asked:
        places, rows = all_places(home), read_reported(county.code, home)
        inside = {code for code, one in places.items() if county.code in (code, one.county)}
        years = rows.loc[rows["place"].isin(inside) & rows["edition"].isin([*asked]), "edition"]
        if len(years):
            return asked[str(years.max())]
    return home if is_fetched_for(home) and is_fetched(county, home) else None
