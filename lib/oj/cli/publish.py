"""`oj publish`: the start page and all reports, with open data beside them, as a folder for any web server."""

import argparse
from pathlib import Path

from oj.cli.parsing import tell, tell_aside


def publish(given: argparse.Namespace) -> None:
    """Write the folder, and tell where it is, what is in it and what is not."""
    from oj.disk.folders import default_folders
    from oj.publish.build.report import disk_told
    from oj.publish.site.open_data import Publication
    from oj.publish.site.publish import publish as put
    from oj.publish.site.publish import web_address

    folders = default_folders()
    target = Path(given.output).absolute() if given.output else folders.build / "webb"
    address, licence = web_address(given.address, "--address"), web_address(given.license, "--license")
    how = Publication(address and f"{address.rstrip('/')}/", given.publisher.strip(), licence, given.indexed)
    with disk_told(folders):
        done = put(folders, target, how)
    for line in done.told:
        tell_aside(line)
    if not given.quiet:
        tell("\n".join([*(one.name for one in done.reports), "", str(target)]))
