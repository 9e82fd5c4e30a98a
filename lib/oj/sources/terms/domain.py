"""Which domain a stranger's file is of, by the words that each domain says it is known by."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from oj.facts.editions import Domain, domain_of, domains


def domain_known_by(texts: Sequence[str], folder: Path | None = None) -> str | None:
    """Return the only domain that the titles and names of a file name; None where none does, or they name several.

    A domain's `known_by` names it, unless its `not_by` says that the text is of another one: broad words yield to
    narrow. Letters without dots and rings, and hyphens and underscores for spaces, are read as in the names of files.

    >>> domain_known_by(["oj_2021_barn-och-unga.xlsx"]), domain_known_by(["Öppna jämförelser socialtjänst 2021"])
    ('barn-och-unga', None)
    """
    known = {name: domain_of(home) for name, home in domains(folder).items()}
    named = [{name for name, domain in known.items() if _is_named(text, domain)} for text in texts]
    common = set.intersection(*told) if (told := [one for one in named if one]) else set()
    return common.pop() if len(common) == 1 else None


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
