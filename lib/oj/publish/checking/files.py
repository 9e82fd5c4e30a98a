"""The files of a domain and of an edition: those that lack, and those that belong to nothing."""

import re
from pathlib import Path

from oj.facts.editions import DESCRIPTION, DOMAIN, EDITION, described, label_of, root_of
from oj.facts.places import slug
from oj.sources.aside import FOLDER as ASIDE
from oj.sources.origins import imported
from oj.words.errors import Fault, nearest

FOLDERS = {"indicators": ".yml", "results": ".csv"}  # each with what is in it
REQUIRED = ("areas.csv", "tables.csv", "subareas.csv")
BESIDE = {
    "edition": ("texts.yml", "sources.csv", EDITION),
    "domain": ("texts.yml", "corrections.yml", "key_figures.yml", DOMAIN),
}


def lacking_domain(home: Path) -> list[Fault]:
    """Return a fault for a domain without what it must have, and for each of its files that belongs to nothing."""
    label = label_of(home)
    rule = "saknas; den har verksamhetsområdets namn (name) och den utgåva som gäller när ingen sägs (edition)"
    faults = [] if (home / DOMAIN).exists() else [Fault(f"{label}/{DOMAIN}", None, "", "", rule)]
    if home.name != slug(home.name):
        named = f"mappen ska heta med små bokstäver a–z, siffror och bindestreck, som {slug(home.name)}"
        faults.append(Fault(f"{label}/", None, "", "", named))
    return [*faults, *_unknown(home, [*_names(home, "domain"), ASIDE])]


def is_known_from_summaries(home: Path) -> bool:
    """Return whether an edition says what it is, and nothing of what it asked."""
    return not any((home / name).exists() for name in (*REQUIRED, *FOLDERS))


def lacking(home: Path) -> list[Fault]:
    """Return a fault for each file and folder that an edition must have; it may be known from summaries alone."""
    label = label_of(home)
    if not home.is_dir():
        return [Fault(f"{label}/", None, "", "", "mappen saknas")]
    names = [EDITION] if is_known_from_summaries(home) else [EDITION, *REQUIRED]
    faults = [Fault(f"{label}/{name}", None, "", "", "saknas") for name in names if not (home / name).is_file()]
    read_in = (home.parent / DOMAIN).exists() and any(one.edition == home.name for one in imported(home).values())
    for folder, suffix in FOLDERS.items() if len(names) > 1 else ():
        if not any((home / folder).glob(f"*{suffix}")) and not (folder == "results" and read_in):
            faults.append(Fault(f"{label}/{folder}/", None, "", "", f"saknas eller har ingen fil *{suffix}"))
    return faults


def unknown_files(home: Path) -> list[Fault]:
    """Return a fault for each file and folder in an edition that is read by nothing."""
    faults = _unknown(home, [*_names(home, "edition"), *FOLDERS, "survey"])
    for folder, suffix in FOLDERS.items():
        wrong = [path for path in sorted((home / folder).glob("*")) if path.suffix != suffix and not _hidden(path)]
        rule = f"läses inte; mappen har filer som slutar på {suffix}"
        faults += [Fault(f"{label_of(home)}/{folder}/{path.name}", None, "", "", rule) for path in wrong]
    return faults


def _names(home: Path, level: str) -> list[str]:
    tables = [Path(one["path"]) for one in described(root_of(home))["resources"] if one.get("level") == level]
    depth = {"domain": 2, "edition": 3}[level]
    return [path.name for path in tables if len(path.parts) == depth] + [*BESIDE[level]]


def _unknown(home: Path, known: list[str]) -> list[Fault]:
    there = [path for path in sorted(home.glob("*")) if path.name not in known and not _hidden(path)]
    others = [path for path in there if not re.fullmatch(r"\d{4}", path.name) and path.name != DESCRIPTION]
    rule = "läses inte; ingenting i programmet söker den där."
    return [Fault(f"{label_of(home)}/{path.name}", None, "", "", rule + nearest(path.name, known)) for path in others]


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "~"))
