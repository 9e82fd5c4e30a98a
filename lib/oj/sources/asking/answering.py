"""Answers about questions into the editions that workbooks made: all of them, or none where one of them cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oj.facts.catalog import drafted, indicators_by_edition
from oj.facts.editions import root_of, using
from oj.facts.questions import questions
from oj.sources.asking.answers import Answer, Answers
from oj.sources.asking.asked import READ_AS, candidates, may_be_same
from oj.sources.asking.converted import converted
from oj.sources.asking.form import DIRECTIONS, SAME, TITLE, UNIT, UNITS
from oj.sources.asking.work import NO_QUESTION, Work, move_known, say_since
from oj.sources.draft.copying import in_copy
from oj.sources.draft.draft import changed_files, draft_of, write_texts, years_told
from oj.sources.draft.edition import described_as, is_named, known_alone
from oj.sources.imported import checked_import, imported
from oj.sources.terms.known import measure_of
from oj.words.errors import DataError, UserError, why
from oj.words.swedish import listing


@dataclass
class Answered:
    """What answers did: how many questions they are about, which became one with an earlier, and the files changed.

    `untouched` are the editions that follow with the program and ask what is given another area: nothing changes them.
    """

    answered: int = 0
    same: list[tuple[str, str]] = field(default_factory=list)  # the title, and how the list tells the earlier question
    new: int = 0
    years: list[str] = field(default_factory=list)  # the editions that are changed
    untouched: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def apply_answers(answers: Answers, home: Path, *, only: bool = False) -> Answered:
    """Change a domain's editions by answers, and return what it did; with `only` nothing is changed, though all tried.

    Raises DataError with every answer that cannot be, by its sheet and cell; then nothing has changed.
    """
    root = root_of(home)
    try:
        with in_copy(root, "Svar läses in", only=only) as (copy, files), using(copy):
            done = _applied(answers, copy / home.name)
    except OSError as error:
        raise UserError(f"Svaren kan inte skrivas i {root}: {why(error)}. Inget har ändrats.") from error
    done.files = files
    return done


def _applied(answers: Answers, home: Path) -> Answered:
    given = [one for one in answers.rows if one.is_given]
    own = drafted(home)
    targets = {one.id: one.same for one in given if one.same}
    work = Work(answers, {year: draft_of(path) for year, path in own.items()}, candidates(home), targets)
    moved = [one for one in answers.known if one.is_given]
    _do(work, given, moved, home)
    texts: dict[Path, str | None] = dict(converted(home, work.renamed, work.divided, work.outside))
    if work.faults:
        raise DataError(work.faults)
    for year, path in own.items():
        texts |= changed_files(draft_of(path), work.drafts[year])
    _write(texts, home)
    same = [(one.title, one.told) for one in given if one.same not in ("", one.id)]
    years = [year for year, path in own.items() if year in work.renamed or any(path in file.parents for file in texts)]
    found = {work.chain(one.id)[-1] for one in (*given, *moved) if one.area[0]}
    untouched = [year for year, known in indicators_by_edition(home).items() if year not in own and found & {*known}]
    new = sum(one.same == one.id for one in given)
    return Answered(len(given) + len(moved), same, new, years, untouched)


def _do(work: Work, given: Sequence[Answer], moved: Sequence[Answer], home: Path) -> None:
    """Change the editions by what is answered of questions, and by where known ones are moved."""
    named = [one for one in given if _become(work, one, home)]
    for one in sorted(named, key=lambda row: len(work.chain(row.id))):  # what others are the same as comes first
        _say(work, one)
    for one in moved:
        move_known(work, one)
    for one in given:
        _refuse_twice(work, one)
        _refuse_unit(work, one)


def _write(texts: Mapping[Path, str | None], home: Path) -> None:
    """Write files of facts; raise DataError where results break a rule of the field."""
    write_texts(texts)
    for origin in imported(home).values():
        if (file := root_of(home) / "results" / f"{origin.name}.csv") in texts:
            checked_import(file, origin, home / origin.edition)


def _become(work: Work, one: Answer, home: Path) -> bool:
    """Let a question be the one that it is answered to be, in every edition that asks it; return whether it can."""
    found = work.entries(one)
    if not found:
        work.fault(one, TITLE, one.title, NO_QUESTION)
        return False
    target = work.chain(one.id)[-1] if one.same else ""
    moved = {year: entry for year, entry in found.items() if target and entry["id"] != target}
    if moved and target != one.id and not _is_possible(work, one, target, moved):
        return False
    texts = _texts_of(target, home) if moved and target != one.id else {}
    for year, entry in moved.items():
        work.renamed.setdefault(year, {})[entry["id"]] = target
        entry.update({**texts, "id": target, "family": target})
    return True


def _say(work: Work, one: Answer) -> None:
    """Let a question be as it is answered, and those that are the same as it too."""
    for year, entry in work.entries(one).items():
        if one.same or not one.is_like:
            entry["confirmed"] = True
        _unit(work, one, entry, year)
        _said(one, entry, year)
        if one.area[0]:
            work.drafts[year].move(entry, *one.area)
    for other in (row for row in work.answers.rows if one.id in work.chain(row.id)[1:]):
        for year, entry in work.entries(other).items():
            _said(one, entry, year)


def _is_possible(work: Work, one: Answer, target: str, moved: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a question of some years can be an earlier one; what speaks against it is a fault."""
    if target not in work.earlier:
        work.fault(
            one, SAME, target, "är en fråga som inte längre finns; gör om filen genom att läsa in arbetsboken igen"
        )
        return False
    last = max(moved)
    item = work.drafts[last].known[moved[last]["id"]]
    rule = may_be_same(item, work.earlier[target], sorted(moved))
    if rule:
        work.fault(one, SAME, work.earlier[target].title, f"{rule}. Välj en annan, eller ny fråga")
    return not rule


def _texts_of(name: str, home: Path) -> dict[str, Any]:
    """Return what is said of an earlier question, for one that is the same; numbers are what they are read as."""
    if item := known_alone(home).get(name):
        told = described_as(item)
        told |= {} if is_named(item) else dict.fromkeys(("short", "phrase"), "")  # each year's own words
    else:
        known = questions(home)[name]
        item = measure_of(known)
        told = {"rule": known.description, "polarity": "higher-better"}
    own = {"scale": item.scale, "answers": item.answers} if item.is_answer else {"decimals": item.decimals}
    return {key: value for key, value in {**told, **own}.items() if value}


def _unit(work: Work, one: Answer, entry: dict[str, Any], year: str) -> None:
    """Let numbers be of the unit that is answered; those that are read as something already are it."""
    if not one.unit:
        return
    scale, divisor = UNITS[one.unit]
    if entry["scale"] not in ("ratio", scale):
        work.fault(one, UNIT, one.unit, "kan inte väljas: talen är redan lästa som något annat. Töm rutan")
    elif entry["scale"] != scale:
        entry["scale"] = scale
        entry.pop("decimals", None)
        work.divided.setdefault(year, {})[entry["id"]] = (scale, divisor, one.cells[UNIT])


def _said(one: Answer, entry: dict[str, Any], year: str) -> None:
    """Let a question be as it is answered: its direction, short name and meaning, and what it is compared with."""
    if one.direction:
        entry["polarity"] = DIRECTIONS[one.direction]
    if one.short:
        entry["phrase"] = one.short if one.short[1:2].isupper() else one.short[:1].lower() + one.short[1:]
        entry["short"] = one.short
    if one.meaning:
        entry["rule"] = one.meaning
    say_since(one, entry, year)


def _refuse_unit(work: Work, one: Answer) -> None:
    """Say of numbers that are to be a question's whose numbers are of another kind."""
    other = work.earlier.get(work.chain(one.id)[-1])
    if not one.same or other is None or other.answers or other.id == one.id:
        return
    asked = [
        entry["scale"] for draft in work.drafts.values() for _file, entry in draft.questions if entry["id"] == other.id
    ]
    scale = next((own for own in asked if own != "ratio"), other.scale)
    if len({*asked, scale}) > 1:
        units = listing([word for word, (own, _divisor) in UNITS.items() if own == scale], "eller")
        rule = f"har tal av ett annat slag än den här: {READ_AS[scale]}. Svara {units} under {UNIT}, om det är så"
        work.fault(one, SAME, other.title, rule)


def _refuse_twice(work: Work, one: Answer) -> None:
    """Say of an answer that makes two questions of an edition the same one, or that goes round in a ring."""
    target = work.chain(one.id)[-1]
    if not one.same or one.same == one.id:
        return
    title = work.earlier[target].title if target in work.earlier else target
    if work.targets.get(target, target) != target:
        work.fault(one, SAME, title, "är i sin tur samma fråga som den här; välj bara en av dem")
    counts = {
        year: sum(entry["id"] == target for _file, entry in draft.questions) for year, draft in work.drafts.items()
    }
    if both := [year for year, count in counts.items() if count > 1]:
        rule = f"är redan samma fråga som en annan {years_told(both)}; två frågor samma år är två"
        work.fault(one, SAME, title, rule)
