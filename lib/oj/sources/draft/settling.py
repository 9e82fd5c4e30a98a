"""An edition that workbooks made has the questions that they have results of, and without any it is gone.

What is said of the others, also by a person, is set aside and said again when a workbook has them.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oj.disk.changes import Change
from oj.facts.catalog import drafted
from oj.facts.datapackage import read_text
from oj.facts.editions import EDITION, domains, edition_of, home_domain, label_of, root_of
from oj.facts.yaml_file import read_yaml
from oj.sources.aside import AREA, QUESTIONS, aside_file, set_aside
from oj.sources.aside import EDITION as OF_EDITION
from oj.sources.draft.draft import COLUMNS, Draft, as_yaml, changed_files, draft_of, editions_told, write_texts
from oj.sources.imported import remove_imported
from oj.sources.origins import import_names, shipped_sources
from oj.words.errors import UserError
from oj.words.groups import measure_and_group
from oj.words.swedish import capital, number

INDICATORS = "indicators"
Asked = Mapping[str, Collection[str]]  # the questions that each import has results of, by its name


@dataclass
class Settled:
    """What becomes of an edition: how many questions are set aside, whether it is gone, and what of its files."""

    year: str
    questions: int
    is_gone: bool
    texts: dict[Path, str | None] = field(default_factory=dict)  # None: taken away, a folder too


@dataclass
class Removed:
    """What a removal did: the imports that are gone, and the editions that have fewer questions, or are gone."""

    names: list[str]
    editions: list[Settled] = field(default_factory=list)


def remove_workbook(name: str, folder: Path | None = None) -> Removed:
    """Remove what is read in as `name`, and with it what the editions that workbooks made have of it alone.

    Raises UserError as `remove_imported` does; then nothing has changed.
    """
    done = Removed([])

    def also(work: Change, names: Collection[str]) -> None:
        homes = [home for domain in domains(folder).values() for home in drafted(domain).values()]
        done.editions += _without(homes, names)
        for path, text in (step for one in done.editions for step in one.texts.items()):
            if text is None:
                work.remove(path)
            else:
                work.new(path).write_text(text, encoding="utf-8", newline="\n")

    done.names = remove_imported(name, folder, also)
    return done


def told_settled(settled: Sequence[Settled]) -> list[str]:
    """Return what has become of editions that no workbook has all the questions of any longer, as lines in Swedish.

    >>> told_settled([Settled("2022", 3, is_gone=True)])[0]
    'Utgåvan 2022, som arbetsböcker hade gjort, är också borta.'
    """
    gone, fewer = [one.year for one in settled if one.is_gone], [one for one in settled if not one.is_gone]
    lines = [f"{capital(editions_told(gone))}, som arbetsböcker hade gjort, är också borta."] if gone else []
    for one in (one for one in fewer if one.questions):
        which = "En fråga" if one.questions == 1 else f"{number(one.questions)} frågor"
        lines.append(f"{which} som ingen arbetsbok har längre är borta ur utgåvan {one.year}.")
    saved = "Det ni har svarat om frågorna är sparat, och gäller när en arbetsbok med dem läses in igen."
    return [*lines, saved] if lines else []


def settle(homes: Sequence[Path]) -> list[Settled]:
    """Let editions in a copy of the facts have the questions that there are results of; return those that have not."""
    every = _asked(root_of(homes[0])) if homes else {}
    done = [one for home in homes if (one := settled(home, every.get(_of(home), {})))]
    for one in done:
        write_texts(one.texts)
    return done


def _without(homes: Sequence[Path], names: Collection[str]) -> list[Settled]:
    """Return what becomes of editions when imports are gone; nothing of one where it cannot be known.

    Something else is broken then, and told of elsewhere: what is asked to be removed is removed.
    """
    found = []
    with suppress(UserError):
        every = _asked(root_of(homes[0])) if homes else {}
        for home in homes:
            with suppress(UserError):
                found += _without_in(home, every.get(_of(home), {}), names)
    return found


def _without_in(home: Path, own: Asked, names: Collection[str]) -> list[Settled]:
    """Return what becomes of an edition, where some of its imports are gone."""
    is_touched = bool({*own} & {*names}) or _source(home) in names
    left = {name: ids for name, ids in own.items() if name not in names}
    return [one] if is_touched and (one := settled(home, left)) else []


def _of(home: Path) -> tuple[str, str]:
    """Return the domain and the year of an edition, as an import says them."""
    return home_domain(home), home.name


def _asked(root: Path) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Return, by domain and year, the questions that each import has results of; every import is read once."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    tables, sidecars = import_names(root)
    for name in sorted(tables & sidecars):
        path = root / "results" / f"{name}.csv"
        rows = read_text(path, label_of(path))
        domain = str(dict(read_yaml(path.with_suffix(".yml"), label_of(path.with_suffix(".yml")))).get("domain", ""))
        for year, measure in set(zip(rows["edition"], rows["indicator"], strict=True)):
            own = found.setdefault((domain, str(year)), {}).setdefault(name, set())
            own.add(measure_and_group(str(measure))[0])
    return found


def settled(home: Path, asked: Asked) -> Settled | None:
    """Return what becomes of an edition when its imports are these; None where nothing does.

    One that somebody has written stays as it is, and so does what follows with the program.
    """
    before, draft, ids = draft_of(home), draft_of(home), {one for own in asked.values() for one in own}
    if not draft.is_made:
        return None
    draft.questions = [(file, one) for file, one in draft.questions if one["id"] in ids]
    for one in (one for _file, one in draft.questions):
        if not {*one.get("parts", [])} <= ids:
            del one["parts"]
    loose = [one for _file, one in before.questions if one["id"] not in ids]
    texts = _aside_texts(home, before, loose)
    if draft.questions:
        texts |= changed_files(before, draft)
        if _source(home) not in asked and not _is_shipped(home):
            texts[home / EDITION] = as_yaml(_said(home) | {"source": next(iter(asked))})
    else:
        texts |= dict.fromkeys(_made(home), None)
    return Settled(home.name, len(loose), not draft.questions, texts) if texts else None


def _made(home: Path) -> list[Path]:
    """Return what workbooks have made of an edition: its whole folder, where there is nothing else in it."""
    made = [home / name for name in (*(f"{kind}.csv" for kind in COLUMNS), INDICATORS)]
    made += [] if _is_shipped(home) else [home / EDITION]
    return made if [path for path in home.iterdir() if path not in made] else [home]


def _source(home: Path) -> str:
    return edition_of(home).source


def _said(home: Path) -> dict[str, Any]:
    return dict(read_yaml(home / EDITION, label_of(home / EDITION)))


def _is_shipped(home: Path) -> bool:
    """Return whether an edition itself follows with the program, though its questions do not."""
    return _source(home) in set(shipped_sources(home)["source"])


def _aside_texts(home: Path, draft: Draft, loose: Sequence[Mapping[str, Any]]) -> dict[Path, str | None]:
    """Return the file of what is set aside, with what is loose in an edition now and without what it has again."""
    kept, own = set_aside(home.parent, home.name), {str(one["id"]) for _file, one in draft.questions}
    names = {row["area"]: row["name"] for row in draft.tables["areas"]}
    areas = {row["subarea"]: row["area"] for row in draft.tables["subareas"]}
    entries = [{AREA: list(one.area), **one.entry} for name, one in kept.items() if name not in own]
    if not loose and len(entries) == len(kept):
        return {}
    for one in loose:
        area = areas[one["subarea"]]
        entries.append({AREA: [area, names[area]], **{key: value for key, value in one.items() if key != "subarea"}})
    said = {} if _is_shipped(home) else {OF_EDITION: _said(home)}
    return {aside_file(home, home.name): as_yaml({**said, QUESTIONS: entries}) if entries else None}
