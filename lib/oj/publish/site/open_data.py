"""The reports' tables as open data: a Frictionless package, CSVW and DCAT-AP-SE, all of the same described columns."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oj.publish.files.columns import description
from oj.publish.site.reports import Report
from oj.publish.site.start import template

PACKAGE, TABLES, CATALOGUE, DATA = "datapackage.json", "csv-metadata.json", "dcat.rdf", "resultat.csv"
NAME = "lansrapporter-oppna-jamforelser"  # of the package; by it a folder is known as one that was published here
TITLE, ABOUT = "Länsrapporter om Öppna jämförelser", "Varje rapports uppgifter, med status och källa till var och en."
MISSING = "En uppgift som saknas är tom, aldrig noll, och status säger varför."


@dataclass(frozen=True)
class Publication:
    """How the reports are put on the web: the address ("" for relative ones), who does it, on what terms, indexed."""

    address: str = ""
    publisher: str = ""
    licence: str = ""
    indexed: bool = False


@dataclass(frozen=True)
class Table:
    """A report's table: what it is called, how large it is, and its columns, each with its type and what it is."""

    report: Report
    size: int
    columns: Mapping[str, tuple[str, str]]

    @property
    def path(self) -> str:
        """Where it lies in the folder that is published."""
        return f"{self.report.name}/{DATA}"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.report.county.name}: {self.report.title}"


def table_of(report: Report, content: bytes) -> Table:
    """Return a report's table."""
    header = next(csv.reader(io.StringIO(content.decode("utf-8"))), [])
    return Table(report, len(content), {name: description(name) for name in header})


def data_files(tables: Sequence[Table], how: Publication) -> dict[str, str]:
    """Return the files of open data by their names; of DCAT-AP-SE none where nobody is said to publish it."""
    made = {PACKAGE: as_json(package(tables, how)), TABLES: as_json(csv_on_the_web(tables))}
    if how.publisher:
        made[CATALOGUE] = template("dcat.rdf.j2").render(
            tables=tables, how=how, title=TITLE, about=f"{ABOUT} {MISSING}", missing=MISSING
        )
    return made


def as_json(content: Mapping[str, Any]) -> str:
    """Return JSON as a person may read it."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def package(tables: Sequence[Table], how: Publication) -> dict[str, Any]:
    """Return the Frictionless data package of the tables."""
    about: dict[str, Any] = {"profile": "tabular-data-package", "name": NAME, "title": TITLE,
                             "description": f"{ABOUT} {MISSING}"}  # fmt: skip
    about |= {"homepage": how.address} if how.address else {}
    about |= {"licenses": [{"path": how.licence}]} if how.licence else {}
    about |= {"contributors": [{"title": how.publisher, "role": "publisher"}]} if how.publisher else {}
    return about | {"resources": [resource(one) for one in tables]}


def resource(table: Table) -> dict[str, Any]:
    """Return a table as a resource of the package."""
    fields = [{"name": name, "type": kind, "title": said} for name, (kind, said) in table.columns.items()]
    return {
        "name": table.report.name, "path": table.path, "title": table.title, "description": MISSING,
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": table.size, "hash": f"sha256:{table.report.files[DATA]}",
        "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip


def csv_on_the_web(tables: Sequence[Table]) -> dict[str, Any]:
    """Return the tables' CSVW metadata; the titles are those of the header, as the standard has it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "dc:title": TITLE,
        "dc:description": f"{ABOUT} {MISSING}",
        "tables": [
            {
                "url": one.path, "dc:title": one.title,
                "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
                "tableSchema": {
                    "columns": [
                        {"name": name, "titles": name, "datatype": kind, "null": "", "dc:description": said}
                        for name, (kind, said) in one.columns.items()
                    ]
                },
            }
            for one in tables
        ],
    }  # fmt: skip
