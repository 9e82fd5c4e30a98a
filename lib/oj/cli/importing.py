"""`oj import`: a file read in, in the domain and of the year that it says, or told as it would be."""

import argparse
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from oj.cli.parsing import tell
from oj.facts.editions import asking_editions, data_folder, domain_folder, root_of, using
from oj.words.days import given_day
from oj.words.errors import UserError
from oj.words.swedish import listing

if TYPE_CHECKING:
    from oj.sources.files.cells import Book
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import Reading, Wanted
    from oj.sources.workbook.read import BookRead


def read_in(given: argparse.Namespace) -> int:
    """Read a file in, in the domain that is named, and tell what was read as what; in a dry run only tell it."""
    if given.json and not given.dry_run:
        raise UserError("--json visar hur filen läses, och läser inte in något. Skriv också --dry-run.")
    given_day(given.date)
    with using(domain_folder(domain=given.domain)) if given.domain else nullcontext():
        return _read(given)


def _read(given: argparse.Namespace) -> int:
    from oj.cli.questions import answer
    from oj.sources.asking.answers import answered_domain
    from oj.sources.workbook.intake import open_book

    book = open_book(Path(given.file))
    if given.json:
        return _json(book, given)
    if answered_domain(book):
        answer(book, given)
        return 0
    read, home = _as_any(book, given)
    if read.possible:
        raise _without_domain(read, book)
    if given.edition and read.editions and given.edition not in read.editions:
        own = f"säger själv {listing(read.editions)}, inte {given.edition}"
        raise UserError(f"{book.file} {own}. --edition (EDITION) gäller bara en fil som inte säger sitt år.")
    if _is_any(read, home) and not given.layout:
        return _read_any(book, read, home, given)
    with using(home):
        return _read_in(book, given, read.editions)


def _as_any(book: "Book", given: argparse.Namespace) -> tuple["BookRead", Path]:
    """Return a workbook of any edition as it is read, and the folder of its domain: as it is said, or the file says."""
    from oj.facts.kept import still
    from oj.sources.asking.answers import answered_domain
    from oj.sources.workbook.intake import given_layout
    from oj.sources.workbook.read import read_any

    with still(root_of()):
        said = given.domain or answered_domain(book)
        is_guess, own = not said and data_folder() == root_of(), set[str]()
        with suppress(UserError):  # a layout that is broken is told of when it is read
            layout = given_layout(book, _wanted(given, ()))[0] if is_guess else None
            own = {one.indicator for table in layout.sheets for one in table.columns} if layout else own
        read = read_any(book, domain_folder(domain=said), given.edition, is_guess=is_guess, also=sorted(own))
        return read, domain_folder(domain=read.domain)


def _without_domain(read: "BookRead", book: "Book") -> UserError:
    """Return that a file does not say its domain, and maybe not its year either."""
    from oj.sources.terms.domain import without_domain
    from oj.sources.terms.edition import without_year

    told = without_domain(read.file, read.possible)
    return UserError(f"{told} {without_year(book.file, book.sheets)}" if read.says_no_year else told)


def _is_any(read: "BookRead", home: Path) -> bool:
    """Return whether a workbook is of editions that nobody has written, or of a domain that has no others."""
    from oj.facts.catalog import drafted, is_drafted

    is_new = any(is_drafted(home / year) for year in read.editions)
    return is_new or read.says_no_results or not asking_editions(home).keys() - drafted(home)


def _read_any(book: "Book", read: "BookRead", home: Path, given: argparse.Namespace) -> int:
    """Read in a workbook of any edition, or of a county's part of it; raise UserError where its year is not known."""
    from oj.cli.import_told import told_others
    from oj.facts.places import find_county
    from oj.sources.draft.county import within
    from oj.sources.terms.edition import without_year

    if read.says_no_year:
        raise without_year(book.file, book.sheets)
    others: list[str] = []
    if given.county:
        read, rows = within(read, find_county(given.county))
        others = told_others(rows)
    return _import(book, read, home, given, others)


def _import(book: "Book", read: "BookRead", home: Path, given: argparse.Namespace, others: Sequence[str]) -> int:
    from oj.cli.import_told import GO_ON, NOTHING_CHANGED, folders_told, told_done, told_trial
    from oj.cli.questions import ask
    from oj.cli.regions_told import fitting_and_asking
    from oj.sources.asking.form import ENDING
    from oj.sources.draft.intake import Wanted, import_any
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import named

    wanted = Wanted(
        named(given.name, book), book.sha256, given.source, given.publisher, given.date,
        accept_valid=given.accept_valid or given.dry_run,
    )  # fmt: skip
    noticed, asked = _noticed(read, home), list[str]()
    done = import_any(read, wanted, home, Trial(fitting_and_asking(asked), only=given.dry_run))
    told = told_trial(read, done, accept_valid=given.accept_valid) if given.dry_run else told_done(read, done)
    status = 2 if given.dry_run and read.account.doubts and not given.accept_valid else 0
    end = [NOTHING_CHANGED if status else f"{NOTHING_CHANGED} {GO_ON}"] if given.dry_run else folders_told(done.files)
    tell("\n".join([*others, *told, *noticed, *asked, *end]))
    if not given.dry_run:
        ask(read, home, Path(given.file).with_name(f"{wanted.name}{ENDING}"))
    return status


def _noticed(read: "BookRead", home: Path) -> list[str]:
    """Return what in a workbook does not go together, or differs from the edition before by more than is likely."""
    from oj.cli.import_told import told_notices
    from oj.disclosure.door import read_protected
    from oj.facts.kept import still
    from oj.facts.places import all_places
    from oj.sources.comparability import breaks_of_domain
    from oj.sources.draft.notices import known_rows, notices
    from oj.sources.draft.sums import sums_noticed
    from oj.sources.limits import limits_of

    with using(home.parent), still(root_of(home)):
        earlier = read_protected(home) if asking_editions(home) else None
        known = {one.indicator.id: one.indicator for one in read.measures}
        rows = known_rows(read.figures, earlier)
        every, own = breaks_of_domain(home), read.breaks
        base = limits_of(home, max(read.editions)).base if read.editions else 0
        told = notices(rows, known, all_places(home), lambda name: every(name) | {*own.get(name, ())}, base)
        return [*sums_noticed(read.figures), *told_notices(told)]


def _json(book: "Book", given: argparse.Namespace) -> int:
    """Print every cell of a file as it would be read, as JSON, and return 2 where there are faults."""
    from oj.cli.reading_told import as_json, as_table
    from oj.sources.asking.answers import answered_domain
    from oj.sources.workbook.intake import read_book

    read, home = _as_any(book, given)
    if answered_domain(book) or read.possible or (_is_any(read, home) and not given.layout):
        tell(as_json(read))
        return 2 if read.account.doubts or read.possible else 0
    reading, refusal = None, None
    with using(home):
        try:
            reading = read_book(book, _wanted(given, read.editions))
        except UserError as error:
            refusal = error
    tell(as_json(read, {"as_table": as_table(reading) if reading else {"error": str(refusal)}}))
    return 2 if read.account.doubts or read.possible else 0


def _read_in(book: "Book", given: argparse.Namespace, years: Sequence[str]) -> int:
    """Read in a table of an edition that is written; `years` are those that its cells are of."""
    from oj.cli.import_told import told, told_end, told_import
    from oj.cli.regions_told import fitting_and_asking
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import import_file, new_layout, read_book, write_layout

    reading = read_book(book, _wanted(given, years))
    beside, asked = new_layout(reading), list[str]()
    trial = Trial(fitting_and_asking(asked), only=given.dry_run)
    if given.dry_run:
        tell(told(reading))
        error = _refused(reading, beside, trial)
        tell("\n".join([*asked, *told_end(reading, error, accept_valid=given.accept_valid)]))
        layout = write_layout(reading)
        tell(f"\nLayouten står i {layout}. Rätta den om något är fel, och kör igen." if layout else "")
        return 2 if error or (reading.faults and not given.accept_valid) else 0
    files = import_file(reading, accept_valid=given.accept_valid, beside=beside, trial=trial)
    for line in (*told_import(reading), *asked, "\n".join(map(str, files))):
        tell(line)
    return 0


def _wanted(given: argparse.Namespace, years: Sequence[str]) -> "Wanted":
    from oj.sources.workbook.intake import Wanted

    flags = ("name", "edition", "county", "layout", "source", "publisher", "date")
    said = years[0] if len(years) == 1 else ""
    return Wanted(**{name: getattr(given, name) for name in flags}, year=said)


def _refused(reading: "Reading", beside: Mapping[Path, str], trial: "Trial") -> UserError | None:
    """Return what an import of all that is right would be refused for, None where it would be done."""
    from oj.sources.workbook.intake import import_file

    try:
        import_file(reading, accept_valid=True, beside=beside, trial=trial)
    except UserError as error:
        return error
    return None
