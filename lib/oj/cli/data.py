"""`oj template`, `oj import` and `oj data`: a county's own results in, told, and out again."""

import argparse
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from oj.cli.parsing import tell
from oj.facts.datapackage import using
from oj.facts.editions import domain_folder, edition_folder
from oj.words.errors import Fault, UserError

if TYPE_CHECKING:
    from oj.sources.files.cells import Book
    from oj.sources.sheets.read import BookRead
    from oj.sources.workbook.intake import Reading

MOST_TOLD = 200  # faults that are told one by one


def template(given: argparse.Namespace) -> None:
    """Write the workbook that a county's results are filled in, and tell where it is."""
    from oj.facts.places import find_county, slug
    from oj.forms.template import write_template

    home, usual = edition_folder(edition=given.edition, domain=given.domain), domain_folder().name
    place, which = find_county(given.county), "" if home.parent.name == usual else f"{home.parent.name}-"
    target = Path(given.output or f"{slug(place.short)}-oj-{which}{home.name}.xlsx")
    write_template(place, target, folder=home)
    tell(str(target.resolve()))


def read_in(given: argparse.Namespace) -> int:
    """Read a file in, in the domain that is named, and tell what was read as what; in a dry run only tell it."""
    if given.json and not given.dry_run:
        raise UserError("--json visar hur filen läses, och läser inte in något. Skriv också --dry-run.")
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
    elif given.layout or not _read_any(book, given):
        _read_in(book, given)
    return 0


def _as_any(book: "Book", given: argparse.Namespace) -> tuple["BookRead", Path]:
    """Return a workbook of any edition as it is read, and the folder of its domain."""
    from oj.sources.sheets.read import domain_of_book, read_any

    home = domain_folder(domain=given.domain or domain_of_book(book, domain_folder()))
    return read_any(book, home, given.edition), home


def _read_any(book: "Book", given: argparse.Namespace) -> bool:
    """Read in a workbook of editions that nobody has written; return False for any other file."""
    from oj.cli.import_told import told_others
    from oj.facts.catalog import is_drafted
    from oj.facts.places import find_county
    from oj.sources.draft.county import within

    read, home = _as_any(book, given)
    if not any(is_drafted(home / year) for year in read.editions):
        return False
    others: list[str] = []
    if given.county:
        read, rows = within(read, find_county(given.county))
        others = told_others(rows)
    _import(book, read, home, given, others)
    return True


def _import(book: "Book", read: "BookRead", home: Path, given: argparse.Namespace, others: Sequence[str]) -> None:
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
    end = [f"{NOTHING_CHANGED} {GO_ON}"] if given.dry_run else folders_told(done.files)
    tell("\n".join([*others, *told, *noticed, *asked, *end]))
    if not given.dry_run:
        ask(read, home, Path(given.file).with_name(f"{wanted.name}{ENDING}"))


def _noticed(read: "BookRead", home: Path) -> list[str]:
    """Return what in a workbook differs from the edition before by more than is likely, as lines."""
    from oj.cli.import_told import told_notices
    from oj.disclosure.door import read_protected
    from oj.facts.editions import asking_editions
    from oj.facts.places import all_places
    from oj.sources.comparability import breaks_of_questions
    from oj.sources.draft.notices import known_rows, notices

    with using(home.parent):
        earlier = read_protected(home) if asking_editions(home) else None
        known = {one.indicator.id: one.indicator for one in read.measures}
        rows = known_rows(read.figures, earlier)
        return told_notices(notices(rows, known, all_places(home), breaks_of_questions(home)))


def _json(book: "Book", given: argparse.Namespace) -> int:
    """Print every cell of a file as it would be read, as JSON, and return 2 where there are faults."""
    from oj.cli.reading_told import as_json

    read, _home = _as_any(book, given)
    tell(as_json(read))
    return 2 if read.account.doubts else 0


def _read_in(book: "Book", given: argparse.Namespace) -> None:
    from oj.cli.import_told import told, told_end, told_import
    from oj.cli.regions_told import fitting_and_asking
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import Wanted, import_file, new_layout, read_book, write_layout

    flags = ("name", "edition", "county", "layout", "source", "publisher", "date")
    reading = read_book(book, Wanted(**{name: getattr(given, name) for name in flags}))
    beside, asked = new_layout(reading), list[str]()
    if given.dry_run:
        tell(told(reading))
        error = _refused(reading, beside, asked)
        tell("\n".join([*asked, *told_end(reading, error, accept_valid=given.accept_valid)]))
        layout = write_layout(reading)
        tell(f"\nLayouten står i {layout}. Rätta den om något är fel, och kör igen." if layout else "")
        return
    trial = Trial(fitting_and_asking(asked))
    files = import_file(reading, accept_valid=given.accept_valid, beside=beside, trial=trial)
    for line in (*told_import(reading), *asked, "\n".join(map(str, files))):
        tell(line)


def _refused(reading: "Reading", beside: Mapping[Path, str], asked: list[str]) -> UserError | None:
    """Return what an import of all that is right would be refused for, None where it would be done."""
    from oj.cli.regions_told import fitting_and_asking
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import import_file

    try:
        import_file(reading, accept_valid=True, beside=beside, trial=Trial(fitting_and_asking(asked), only=True))
    except UserError as error:
        return error
    return None


def check(given: argparse.Namespace) -> int:
    """Tell every fault of the domains and editions that are named, or of all, and return 1 where there is any."""
    from oj.cli.fault_list import told_faults
    from oj.publish.checking.check import faults_of_domain, faults_of_edition, homes, told_whole

    year = given.domain if given.domain.isdigit() and not given.edition else given.edition
    faults: dict[str, Fault] = {}
    for home, editions in homes("" if year == given.domain else given.domain, year):
        for one, found in ((home, faults_of_domain(home)), *((one, faults_of_edition(one)) for one in editions)):
            faults |= {str(fault): fault for fault in found}
            if not faults and (one != home or not editions):
                tell(told_whole(one))
    for line in faults if len(faults) <= MOST_TOLD else told_faults(list(faults.values())):
        tell(line)
    if faults:
        tell(f"{len(faults)} fel. Rätta dem och kör samma kommando igen.")
    return int(bool(faults))


def list_imported(_given: argparse.Namespace) -> None:
    """Tell what has been imported: its name, edition, file, source and what was left out."""
    from oj.disclosure.door import SEEN
    from oj.disclosure.ledger import read_shown
    from oj.sources.imported import imported

    found = imported()
    if not found:
        tell("Inget är inläst. Läs in en fil med oj import FIL.")
    for name, origin in found.items():
        left = f"  {len(origin.left_out)} utelämnade" if origin.left_out else ""
        tell(f"{name}  ÖJ {origin.edition}  {origin.file}  {origin.date or 'utan datum'}{left}")
        tell(f"  {origin.title}. {origin.publisher}, {origin.year}. {origin.note}")
    for name, rows in read_shown().items():
        who = "Det som är inläst" if name == SEEN else f"Rapporten {name}"
        tell(f"{who} har visat {len(rows)} uppgifter om personer; det som kommer sedan skyddas efter dem ({name}).")


def remove(given: argparse.Namespace) -> None:
    """Remove an import and tell that it is gone."""
    from oj.sources.imported import remove_imported

    remove_imported(given.name)
    tell(f"”{given.name}” är borttagen.")


def forget_shown(given: argparse.Namespace) -> None:
    """Take away what is known to be shown in a report, and tell what that means."""
    from oj.disclosure.ledger import forget

    forget(given.name)
    spread = "Är rapporten spridd kan kommande rapporter röja det som den dolde."
    tell(f"Det som {given.name} har visat är struket. {spread}")
