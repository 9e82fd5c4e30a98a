"""Which domain a stranger's file is of, by the words that each domain says it is known by."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oj.facts.editions import Domain, domain_of, domains
from oj.sources.terms.known import fetched_ever, known_ever
from oj.sources.terms.match import Known, is_word_for_word
from oj.words.swedish import listing

Column = tuple[Sequence[str], Sequence[str]]  # what stands over it, the uppermost first, and above its table


@dataclass(frozen=True)
class Chosen:
    """The domain that a file is of; where it does not say one, "", and `possible` are those that it may be."""

    domain: str
    possible: tuple[str, ...] = ()


def domain_known_by(texts: Sequence[str], folder: Path | None = None) -> str | None:
    """Return the only domain that the titles and names of a file name; None where none does, or they name several.

    A domain's `known_by` names it, unless its `not_by` says that the text is of another one: broad words yield to
    narrow. Letters without dots and rings, and hyphens and underscores for spaces, are read as in the names of files.

    >>> domain_known_by(["oj_2021_barn-och-unga.xlsx"]), domain_known_by(["Öppna jämförelser socialtjänst 2021"])
    ('barn-och-unga', None)
    """
    common = domains_named(texts, folder)
    return common.pop() if len(common) == 1 else None


def domains_named(texts: Sequence[str], folder: Path | None = None) -> set[str]:
    """Return the domains that the titles and names of a file name: what they agree on, or else all of them."""
    known = {name: domain_of(home) for name, home in domains(folder).items()}
    told = [one for text in texts if (one := {name for name, domain in known.items() if _is_named(text, domain)})]
    return _agreed(told)


def chosen_domain(
    named: Collection[str], columns: Sequence[Column], folder: Path, *, by_sheets: bool = False
) -> Chosen:
    """Return the domain of a file by those that it has `named`, or else by its columns: one that knows all the known.

    A column is known where it is word for word one of a domain's questions, or of its key figures. Columns go before
    what only sheets are named: a sheet ”Barn” may be of those below eighteen in any domain.
    """
    every = domains(folder)
    known: set[str] = set()
    is_said = len(named) == 1 and not by_sheets
    for find in () if is_said or len(every) == 1 else (known_ever, fetched_ever):
        each = {name: find(home) for name, home in every.items()}
        if known := _agreed([{name for name, own in each.items() if _is_known(one, own)} for one in columns]):
            break
    first, then = (known, {*named}) if by_sheets else ({*named}, known)
    agreed = {*named} & known or first or then or {*every}
    return Chosen(agreed.pop()) if len(agreed) == 1 else Chosen("", tuple(sorted(agreed)))


def _is_known(column: Column, every: Sequence[Known]) -> bool:
    words, above = column
    return any(is_word_for_word(words, above, one) for one in every)


def _agreed(told: Iterable[Collection[str]]) -> set[str]:
    """Return what all agree on that say something, or else all that is said."""
    said = [{*one} for one in told if one]
    return (set.intersection(*said) or set.union(*said)) if said else set()


def without_domain(file: str, possible: Sequence[str]) -> str:
    """Return that nothing in a file says which one domain it is of, with what was looked at and what to do."""
    return (
        f"{file} säger inte vilket verksamhetsområde den gäller. Det söktes i filens namn, bladens namn, det som står "
        f"ovanför tabellerna och frågorna. Välj med --domain (DOMAIN=) ett av {listing(possible)}."
    )


def _is_named(text: str, domain: Domain) -> bool:
    """Return whether a text names a domain, and no other that goes before it."""
    return is_any(domain.known_by, text) and not is_any(domain.not_by, text)


def is_any(patterns: Sequence[str], text: str) -> bool:
    """Return whether a text, as it is or as the name of a file, has something of one of a domain's patterns.

    >>> is_any(["äldreomsorg"], "oj_2015_Aldreomsorg"), is_any([r"barn och unga"], "barn-och-unga")
    (True, True)
    """
    plain = _folded(text)
    forms = (plain, re.sub(r"[\W_]+", " ", plain))
    return any(re.search(_folded(one), form, re.IGNORECASE) for one in patterns for form in forms)


def _folded(text: str) -> str:
    """Return a text, or a pattern, with plain letters."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
