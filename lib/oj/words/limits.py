"""What an edition does not show: how few persons, how small a base, and how many may lack an answer in an average."""

from typing import Annotated

from pydantic import Field

from oj.words.models import Strict
from oj.words.vocabulary import Status, statuses

LIMIT_RULES = {
    "limits": "ska vara en lista: från och med vilken utgåva (from), och vad som inte visas",
    "from": "ska vara ett årtal inom citattecken",
    "persons": "ska vara ett heltal: så få personer döljs, i täljaren eller utanför den, som 3 för 1–3",
    "nobody": "ska vara true eller false: om källan också döljer när ingen finns i täljaren",
    "base": "ska vara ett heltal, minst 1: andelar med mindre underlag döljs",
    "lacking": "ska vara en andel mellan 0 och 1: saknar fler svar visas inget för länet eller riket",
}


class EditionLimits(Strict):
    """What an edition does not show; where nothing is said, the strictest that is known."""

    persons: Annotated[int, Field(ge=1, le=100)] = 3  # as few are secret
    nobody: bool = True  # may be behind what the source hides; what is known to be nobody is not hidden here
    base: Annotated[int, Field(ge=1, le=1000)] = 21  # fewer make an uncertain share
    lacking: Annotated[float, Field(ge=0, le=1)] = 0.20  # of those asked; more, and no average is published

    @property
    def statuses(self) -> dict[str, Status]:
        """What each status is called and how it is explained.

        >>> EditionLimits(base=20).statuses["small_base"].sign
        'x (<20)'
        """
        return statuses(self.persons, self.base, self.lacking, nobody=self.nobody)


class LimitsFrom(EditionLimits):
    """What a domain's editions do not show from one of them on."""

    since: Annotated[str, Field(pattern=r"^20\d{2}$", alias="from")]


def limits_in(year: str, told: list[LimitsFrom]) -> EditionLimits:
    """Return what a domain says of an edition: the latest that holds from it or earlier.

    >>> told = [LimitsFrom(**{"from": year, "base": base}) for year, base in (("2010", 20), ("2024", 30))]
    >>> limits_in("2023", told).base, limits_in("2025", told).base
    (20, 30)
    """
    held = [one for one in told if one.since <= year]
    if not held:
        return EditionLimits()
    last = max(held, key=lambda one: one.since)
    return EditionLimits(**last.model_dump(exclude={"since"}))
