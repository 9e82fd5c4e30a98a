"""`oj template`, `oj import` and `oj data`: a county's own results in, told, and out again."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from oj.cli.parsing import Commands, Parser, add_help, tell
from oj.facts.editions import edition_folder
from oj.words.errors import UserError

if TYPE_CHECKING:
    from oj.sources.workbook.intake import Reading


def add_parsers(commands: Commands) -> None:
    """Add the commands for a county's own results."""
    form = commands.add_parser("template", help="gör en Excelfil att fylla i länets resultat i", add_help=False)
    form.add_argument("county", metavar="LÄN", help="Skåne, ”Skåne län” eller 12")
    form.add_argument("--edition", default="", metavar="ÅR", help="utgåva, till exempel 2015")
    form.add_argument("--output", default="", metavar="FIL", help="filens namn; annars <län>-oj-<utgåva>.xlsx här")
    form.set_defaults(run=lambda given: template(given.county, given.edition, given.output))
    _add_import(commands)
    data = commands.add_parser("data", help="visa eller ta bort det som är inläst", add_help=False)
    steps = data.add_subparsers(dest="step", metavar="kommando", required=True, parser_class=Parser)
    listed = steps.add_parser("list", help="visa vad som är inläst, och varifrån", add_help=False)
    listed.set_defaults(run=lambda _given: list_imported())
    removed = steps.add_parser("remove", help="ta bort en inläst fil", add_help=False)
    removed.add_argument("name", metavar="NAMN", help="inläsningens namn, som oj data list visar det")
    removed.set_defaults(run=lambda given: remove(given.name))
    forgotten = steps.add_parser("forget", help="stryk det som en rapport har visat", add_help=False)
    forgotten.add_argument("name", metavar="NAMN", help="rapportens namn, som oj data list visar det")
    forgotten.set_defaults(run=lambda given: forget_shown(given.name))
    for command in (form, data, listed, removed, forgotten):
        add_help(command)


def _add_import(commands: Commands) -> None:
    read = commands.add_parser("import", help="läs in resultat ur en Excelfil eller CSV-fil", add_help=False)
    read.add_argument("file", metavar="FIL", help="mallen, en arbetsbok från Socialstyrelsen eller en CSV-fil")
    flags = {
        "name": ("NAMN", "vad inläsningen ska heta; annars efter filen"),
        "edition": ("ÅR", "utgåva; annars den som filen nämner"),
        "county": ("LÄN", "länet som kommunerna ska ligga i; annars mallens, eller inget särskilt"),
        "source": ("TITEL", "källans titel, som den ska stå i rapporten"),
        "publisher": ("NAMN", "vem som har gett ut uppgifterna"),
        "date": ("DATUM", "källans datum, ÅÅÅÅ-MM-DD"),
        "layout": ("FIL", "hur filen ska läsas; annars params/workbooks/<namn>.yml om den finns"),
    }
    for name, (metavar, told) in flags.items():
        read.add_argument(f"--{name}", default="", metavar=metavar, help=told)
    read.add_argument("--dry-run", action="store_true", help="visa vad som skulle läsas som vad, och läs inte in något")
    read.add_argument("--accept-valid", action="store_true", help="läs in det som är rätt, och redovisa resten")
    read.set_defaults(run=_import)
    add_help(read)


def template(county: str, edition: str, output: str = "") -> None:
    """Write the workbook that a county's results are filled in, and tell where it is."""
    from oj.facts.places import find_county, slug
    from oj.forms.template import template_name, write_template

    place = find_county(county)
    edition = edition_folder(edition=edition).name
    target = Path(output or template_name(slug(place.short), edition))
    write_template(place, target, edition)
    tell(str(target.resolve()))


def _import(given: argparse.Namespace) -> None:
    from oj.cli.fault_list import told_faults
    from oj.cli.import_told import persons_told, told, told_end
    from oj.disclosure.door import memory_of_seen, refuse_misfits
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import Wanted, import_file, new_layout, read_file, write_layout

    flags = ("name", "edition", "county", "layout", "source", "publisher", "date")
    reading = read_file(Path(given.file), Wanted(**{name: getattr(given, name) for name in flags}))
    beside = new_layout(reading)
    if given.dry_run:
        tell(told(reading))
        error = _refused(reading, beside)
        tell("\n".join(told_end(reading, error, accept_valid=given.accept_valid)))
        layout = write_layout(reading)
        tell(f"\nLayouten står i {layout}. Rätta den om något är fel, och kör igen." if layout else "")
        return
    beside |= memory_of_seen(reading.origin)
    files = import_file(reading, accept_valid=given.accept_valid, beside=beside, trial=Trial(refuse_misfits))
    tell(f"{reading.book.file}: {reading.counted}, inlästa som ”{reading.origin.name}”.")
    for notice in [*reading.notices, *persons_told(reading)]:
        tell(notice)
    if reading.faults:
        count = "Ett fel" if len(reading.faults) == 1 else f"{len(reading.faults)} fel"
        tell(f"{count} utelämnades och redovisas i rapportens metodkapitel:")
        tell("\n".join(told_faults(reading.faults)))
    tell("\n".join(str(path) for path in files))


def _refused(reading: "Reading", beside: Mapping[Path, str]) -> UserError | None:
    """Return what an import of all that is right would be refused for, None where it would be done."""
    from oj.disclosure.door import refuse_misfits
    from oj.sources.imported import Trial
    from oj.sources.workbook.intake import import_file

    try:
        import_file(reading, accept_valid=True, beside=beside, trial=Trial(refuse_misfits, only=True))
    except UserError as error:
        return error
    return None


def list_imported() -> None:
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


def remove(name: str) -> None:
    """Remove an import and tell that it is gone."""
    from oj.sources.imported import remove_imported

    remove_imported(name)
    tell(f"”{name}” är borttagen.")


def forget_shown(name: str) -> None:
    """Take away what is known to be shown in a report, and tell what that means."""
    from oj.disclosure.ledger import forget

    forget(name)
    tell(f"Det som {name} har visat är struket. Är rapporten spridd kan kommande rapporter röja det som den dolde.")
