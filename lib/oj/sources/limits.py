"""What an edition does not show, by its own file or its domain's: few persons, small bases, averages of too few."""

from pathlib import Path

from oj.facts.editions import EDITION, RULES, Edition, domain_folder, domain_of, edition_folder, label_of
from oj.facts.yaml_file import read_model
from oj.words.limits import EditionLimits, limits_in


def limits_of(folder: Path | None = None, year: str = "") -> EditionLimits:
    """Return what an edition does not show: what it says itself, else its domain of the editions from a year on.

    >>> limits_of(year="2015").base, limits_of(year="2025").base
    (20, 21)
    """
    home = domain_folder(folder)
    path = home / (year or edition_folder(folder).name) / EDITION
    own = read_model(Edition, path, label_of(path), RULES).limits if path.exists() else None
    return own or limits_in(path.parent.name, domain_of(home).limits)
