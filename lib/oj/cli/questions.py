"""The sheet where a person says what a workbook's questions are: written, read back, and told."""

import argparse
from itertools import count
from pathlib import Path
from shlex import quote

from oj.cli.import_told import told_answers
from oj.cli.parsing import tell, tell_aside
from oj.facts.editions import domain_folder, domains
from oj.forms.questions import counted, write_questions
from oj.sources.asking.answering import apply_answers
from oj.sources.asking.answers import answered_domain, keys_asked, read_answers
from oj.sources.asking.asked import asked_of
from oj.sources.asking.form import ENDING
from oj.sources.files.cells import Book
from oj.sources.workbook.intake import open_book
from oj.sources.workbook.read import BookRead
from oj.words.errors import UserError
from oj.words.swedish import listing, number


def ask(read: BookRead, home: Path, target: Path) -> None:
    """Write the sheet where a person says what a workbook's questions are, and tell of it; none is asked twice.

    One that stands in another such file in the folder is not asked again, and no file is written over: what is new is
    in a file of its own.
    """
    asked = asked_of(home, read.editions, {one.measure for one in read.figures})
    if all(one.state == "known" for one in asked):
        tell("Alla frågor är kända; det finns inget att svara på.")
        return
    told, before = counted(asked), _asked_before(target.parent, home.name)
    new = [one for one in asked if one.state == "known" or one.item.id not in before]
    files = listing([str(path) for path in dict.fromkeys(before[one.item.id] for one in asked if one not in new)])
    if all(one.state == "known" for one in new):
        tell(f"{told}. De står sedan tidigare i {files}, som inte skrivs över.")
        return
    path = next(path for at in count(1) if not (path := _numbered(target, at)).exists())
    try:
        write_questions(new, path, home)
    except UserError as error:
        tell_aside(f"Filen att svara i kan inte skrivas: {error} Resultaten är inlästa ändå.")
        return
    also = f" {number(len(asked) - len(new))} av dem står sedan tidigare i {files}." if files else ""
    read_in = f"läs in den filen: oj import {quote(str(path))}, eller make import FILE={quote(str(path))}"
    tell(f"{told}.{also} Säg vad de är i {path}, och {read_in}. Rapporten går att bygga ändå.")


def _numbered(path: Path, at: int) -> Path:
    return path if at == 1 else path.with_stem(f"{path.stem}-{at}")


def _asked_before(folder: Path, domain: str) -> dict[str, Path]:
    """Return the file that asks each question of a domain, by its key, of those in a folder."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob(f"[!~.]*{Path(ENDING).stem}*{Path(ENDING).suffix}")):
        try:
            book = open_book(path)
        except UserError:  # nobody can answer in it
            continue
        if answered_domain(book) == domain:
            found |= dict.fromkeys(keys_asked(book), path)
    return found


def answer(book: Book, given: argparse.Namespace) -> None:
    """Read in what a person has said of questions, and tell what came of it."""
    answers = read_answers(book, domain_folder())
    if given.domain not in ("", answers.domain):
        raise UserError(f"{answers.file} gäller verksamhetsområdet {answers.domain}, inte {given.domain}.")
    done = apply_answers(answers, domains()[answers.domain], only=given.dry_run)
    tell("\n".join(told_answers(answers.file, done, only=given.dry_run)))
