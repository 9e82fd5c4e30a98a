"""Breaks between editions."""


def breaks_between(breaks: set[str], editions: list[str], edition: str) -> list[str]:
    """Return the breaks after the edition before this one and not later than this one.

    >>> breaks_between({"2016"}, ["2014", "2015", "2018"], "2018")
    ['2016']
    """
    at = editions.index(edition)
    return sorted(start for start in breaks if at and editions[at - 1] < start <= edition)
