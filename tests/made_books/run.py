# ruff: noqa: T201
"""Try a reader on made books: `.venv/bin/python tests/made_books/run.py --seeds 20`, from the clone's folder.

Makes books of each manner, runs `oj import FILE --dry-run --json --domain … [--edition …]` on each (in this process, or
with --command in one of its own), and prints how many were right, and the first complaints with their seeds. With
--make FOLDER it only makes the books, each with its right answer as .json beside it.
"""

import argparse
import json
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "lib")]

from made_books import MANNERS, made
from made_books.book import MadeBook
from made_books.facts import DOMAINS
from made_books.judge import KINDS, Judgement, judgements

Reader = Callable[[Sequence[str]], tuple[int, str, str]]  # exit status, stdout and stderr


def given() -> argparse.ArgumentParser:
    """Return what may be asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--manner", action="append", choices=MANNERS, help="only these; may be given again")
    parser.add_argument("--seeds", type=int, default=10, help="how many books of each manner")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--errors", type=int, help="how many errors are planted; otherwise none to three at random")
    parser.add_argument("--domain", choices=DOMAINS, default="", help="only this domain; otherwise all at random")
    parser.add_argument("--complaints", type=int, default=5, help="how many are shown for each manner")
    parser.add_argument("--command", help="the reader's command; otherwise oj in this process")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the books")
    parser.add_argument("--make", type=Path, metavar="FOLDER", help="only make the books, with their right answers")
    return parser


def inside(arguments: Sequence[str]) -> tuple[int, str, str]:
    """Run oj in this process."""
    from oj.cli import run

    said, told = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(told):
        status = run(["import", *arguments])
    return status, said.getvalue(), told.getvalue()


def outside(command: str) -> Reader:
    """Return the running of a command in a process of its own."""

    def run(arguments: Sequence[str]) -> tuple[int, str, str]:
        done = subprocess.run([*shlex.split(command), *arguments], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    return run


def tried(book: MadeBook, reader: Reader) -> list[Judgement]:
    """Run a reader on a book; return what is wrong."""
    edition = ["--edition", book.edition] if book.edition else []
    arguments = [str(book.path), "--dry-run", "--json", "--domain", book.domain, *edition]
    try:
        status, said, told = reader(arguments)
    except (Exception, SystemExit) as error:  # a complaint, not the end
        return [("form", f"the reader broke: {type(error).__name__}: {str(error)[:200]}")]
    try:
        answer: dict[str, Any] = json.loads(said)
    except json.JSONDecodeError:
        last = (told.strip() or said.strip() or "nothing").splitlines()
        return [("form", f"no JSON, exit status {status}: {' / '.join(last)[:300]}")]
    found = judgements(answer, book)
    if status != (2 if answer.get("faults") else 0):
        found.append(("form", f"exit status {status} with {len(answer.get('faults', ()))} faults"))
    return found


def manner(name: str, wanted: argparse.Namespace, folder: Path, reader: Reader) -> bool:
    """Try all books of a manner and print what came of it; return whether all were right."""
    counts: Counter[str] = Counter()
    shown: list[str] = []
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        book = made(seed, name, folder, wanted.errors, wanted.domain)
        found = tried(book, reader)
        counts["cells"] += len(book.cells)
        counts["errors"] += len(book.errors)
        counts["right"] += not found
        counts.update(kind for kind, _ in found)
        first = list(dict(reversed(found)).items())  # the first of each kind
        shown += [f"    {book.name}: {kind}: {complaint}" for kind, complaint in reversed(first)]
    numbers = (f"{counts[kind]:7}" for kind in ("right", "cells", "errors", *KINDS))
    print(f"{name:14} {wanted.seeds:5} {' '.join(numbers)}")
    print("\n".join(shown[: wanted.complaints]), end="\n" if shown and wanted.complaints else "", flush=True)
    return not shown


def make(wanted: argparse.Namespace, folder: Path) -> None:
    """Make the books, each with its right answer beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in wanted.manner or MANNERS:
        for seed in range(wanted.first, wanted.first + wanted.seeds):
            book = made(seed, name, folder, wanted.errors, wanted.domain)
            text = json.dumps(book.as_json() | {"edition": book.edition}, ensure_ascii=False, indent=1)
            book.path.with_suffix(".json").write_text(text, encoding="utf-8")


def main() -> int:
    """Try the reader; return 1 where something is wrong."""
    wanted = given().parse_args()
    if wanted.make:
        make(wanted, wanted.make)
        return 0
    reader = outside(wanted.command) if wanted.command else inside
    print(f"{'manner':14} {'books':>5} {' '.join(f'{kind:>7}' for kind in ('right', 'cells', 'errors', *KINDS))}")
    with TemporaryDirectory() as temporary:
        folder = wanted.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        right = [manner(name, wanted, folder, reader) for name in wanted.manner or MANNERS]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
