"""`oj template`, `oj check` and `oj data`: a workbook to fill in, faults in the facts, and what has been imported."""

import argparse
from pathlib import Path

from oj.cli.parsing import tell
from oj.facts.editions import domain_folder, edition_folder
from oj.words.days import given_day
from oj.words.faults import Fault, page

MOST_TOLD = 30  # faults that are told one by one; of more, those of a kind together


def template(given: argparse.Namespace) -> None:
    """Write the workbook that a county's results are filled in, and tell where it is."""
    from oj.facts.places import find_county
    from oj.forms.template import template_name, write_template

    home, place = edition_folder(edition=given.edition, domain=given.domain), find_county(given.county)
    target = Path(given.output or template_name(place, home))
    write_template(place, target, folder=home)
    tell(str(target.resolve()))


def check(given: argparse.Namespace) -> int:
    """Tell every fault of the domains and editions that are named, or of all, and return 1 where there is any."""
    from oj.cli.fault_list import whole_list
    from oj.publish.checking.check import faults_of_domain, faults_of_edition, homes, told_whole

    year = given.domain if given.domain.isdigit() and not given.edition else given.edition
    faults: dict[str, Fault] = {}
    for home, editions in homes("" if year == given.domain else given.domain, year):
        for one, told in ((home, faults_of_domain(home)), *((one, faults_of_edition(one)) for one in editions)):
            faults |= {str(fault): fault for fault in told}
            if not faults and (one != home or not editions):
                tell(told_whole(one))
    found = list(faults.values())
    for line in faults if len(found) <= MOST_TOLD else [*page(found), *whole_list(found)]:
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
    from oj.sources.draft.settling import remove_workbook, told_settled

    done = remove_workbook(given.name)
    also = [] if done.names == [given.name] else [f"  {name}" for name in done.names]
    tell("\n".join([f"”{given.name}” är borttagen{':' if also else '.'}", *also, *told_settled(done.editions)]))


def correct(given: argparse.Namespace) -> None:
    """Write a correction of one cell, tried on the facts first, and tell where it stands."""
    from oj.sources.corrections import Correction
    from oj.sources.draft.correcting import add_correction, old_value, picked

    given_day(given.date)
    home = domain_folder(domain=given.domain)
    row = picked(given.table, given.edition, given.about, given.place)
    old = old_value(given.table, row, given.column, home)
    one = Correction(given.table, row, given.column, old, given.new, given.reason, given.date, given.by)
    path = add_correction(one, home)
    tell(f"Rättelsen är skriven i {path}. Bygg om rapporten; metodkapitlet listar den.")


def forget_shown(given: argparse.Namespace) -> None:
    """Take away what is known to be shown in a report, and tell what that means."""
    from oj.disclosure.ledger import forget

    forget(given.name)
    spread = "Är rapporten spridd kan kommande rapporter röja det som den dolde."
    tell(f"Det som {given.name} har visat är struket. {spread}")
