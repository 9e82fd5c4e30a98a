"""What an edition does not show, by its own file or its domain's: few persons, small bases, averages of too few."""

from pathlib import Path

from oj.facts.editions import data_folder, domain_folder, domain_of, edition_folder, edition_of, is_edition
from oj.facts.kept import kept
from oj.words.limits import EditionLimits, limits_in


def limits_of(folder: Path | None = None, year: str = "") -> EditionLimits:
    """Return what an edition does not show: what it says itself, else its domain of the editions from a year on.

    >>> limits_of(year="2015").base, limits_of(year="2025").base
    (20, 21)
    """
    return _limits_of(folder or data_folder(), year)


@kept
def _limits_of(folder: Path, year: str) -> EditionLimits:
    domain = domain_folder(folder)
    home = domain / (year or edition_folder(folder).name)
    own = edition_of(home).limits if is_edition(home) else None
    return own or limits_in(home.name, domain_of(domain).limits)
