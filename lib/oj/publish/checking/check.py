"""Every fault of a domain and of an edition at once, each with its file and, where there is one, its row."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from oj.facts.catalog import indicators
from oj.facts.editions import DOMAIN, domain_of, domains, edition_of, is_edition, label_of, root_of, without_results
from oj.facts.key_figures import is_fetched_for, key_figures
from oj.facts.questions import questions as known_questions
from oj.facts.texts import prose_of, texts_of
from oj.publish.checking.files import is_known_from_summaries, lacking, lacking_domain, unknown_files
from oj.publish.checking.results import results_of, unanswered, unlike_their_parts
from oj.publish.checking.tables import chapters, tables_of, unknown_keys, unknown_source, unused
from oj.publish.checking.texts import statements, texts
from oj.sources.corrections import read_corrections
from oj.sources.history import read_history, read_series
from oj.sources.survey.questions import checks, questions, rules
from oj.sources.themes import themes
from oj.words.errors import DataError, Fault, UserError, nearest

Check = Callable[[Path], Any]
OF_DOMAIN: tuple[Check, ...] = (
    lacking_domain, domain_of, lambda home: key_figures(home) if is_fetched_for(home) else None,
    lambda home: prose_of("", home), read_series, read_history, read_corrections, known_questions, themes,
)  # fmt: skip
OF_EDITION: tuple[Check, ...] = (
    unknown_files, edition_of, unknown_source, tables_of, indicators, unknown_keys, unused, chapters, results_of,
    unanswered, unlike_their_parts, texts_of, statements, texts,
)  # fmt: skip
OF_SURVEY: tuple[Check, ...] = (
    lambda home: questions(home.name, home), lambda home: rules(home.name, home), lambda home: checks(home.name, home),
)  # fmt: skip


def homes(domain: str, edition: str, root: Path | None = None) -> list[tuple[Path, list[Path]]]:
    """Return the folders to check: of every domain or one, each with those of its editions or of one.

    Where no domain is named and some have the edition, only they are checked. A folder that is lacking is among them:
    that is a fault to tell. Raises UserError for a domain without a folder.

    >>> [(home.name, [one.name for one in found]) for home, found in homes("", "2015")]
    [('barn-och-unga', ['2015'])]
    """
    root = root_of(root)
    if domain and not (root / domain).is_dir():
        known = ", ".join(domains(root)) or "inga"
        raise UserError(f"Mappen data/{domain}/ finns inte.{nearest(domain, domains(root))} De som finns: {known}.")
    chosen = [root / domain] if domain else list(domains(root).values())
    chosen = [home for home in chosen if edition and not domain and (home / edition).is_dir()] or chosen
    years = {home: [home / edition] if edition else sorted(home.glob("20[0-9][0-9]/")) for home in chosen}
    return list(years.items())


def faults_of_domain(home: Path) -> list[Fault]:
    """Return every fault of what a domain's editions share."""
    return _found(OF_DOMAIN if not lacking_domain(home) else (lacking_domain,), home)


def faults_of_edition(home: Path) -> list[Fault]:
    """Return every fault of an edition; of one that is known from summaries alone only what it says of itself.

    Where its domain says nothing of itself, which is told of the domain, no more of the edition can be read.
    """
    if (missing := lacking(home)) or not (home.parent / DOMAIN).exists():
        return missing
    if is_known_from_summaries(home):
        return _found((unknown_files, edition_of, unknown_source), home)
    return _found(OF_EDITION + (OF_SURVEY if (home / "survey").exists() else ()), home)


def _found(made: Iterable[Check], home: Path) -> list[Fault]:
    """Return what checks find, and what is told where one cannot be made, each fault once."""
    found: dict[str, Fault] = {}
    for check in made:
        for fault in _of_one(check, home):
            whole = fault.file.startswith("data/")
            told = fault if whole else replace(fault, file=f"{label_of(home)}/{fault.file}")
            found.setdefault(str(told), told)
    return list(found.values())


def _of_one(check: Check, home: Path) -> list[Fault]:
    try:
        made = check(home)
    except DataError as error:
        return list(error.faults)
    except UserError as error:
        first, _, rest = str(error).partition(" ")
        file, rule = (first.rstrip(":"), rest) if first.startswith("data/") else (label_of(home), str(error))
        return [Fault(file, None, "", "", rule.rstrip("."))]
    return made if isinstance(made, list) and all(isinstance(one, Fault) for one in made) else []


def told_whole(home: Path) -> str:
    """Return what an edition without a fault has, as a line; a domain where it has no edition yet."""
    if not is_edition(home) and is_fetched_for(home):
        return f"{label_of(home)}: inga fel. {len(key_figures(home))} nyckeltal hämtas ur Kolada; utgåvor finns inte."
    if not is_edition(home):
        return f"{label_of(home)}: inga fel. {len(known_questions(home))} frågor är kända. {without_results(home)}"
    if is_known_from_summaries(home):
        return f"{label_of(home)}: inga fel. Utgåvan är känd ur sammandrag och har inga egna frågor."
    known = indicators(home).values()
    rows, sources = results_of(home)
    tables, areas = ({getattr(one, name) for one in known} for name in ("table", "area"))
    parts = f"{len(known)} mått i {len(tables)} tabeller och {len(areas)} områden, {rows} resultat ur {sources}"
    return f"{label_of(home)}: inga fel. {parts} {'källa' if sources == 1 else 'källor'}."
