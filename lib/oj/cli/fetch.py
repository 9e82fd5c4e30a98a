"""`oj fetch`: the key figures that Kolada has of one or several counties, put beside the facts."""

import argparse
import os
import sys
from pathlib import Path

from oj.cli.parsing import ON_PAGES, tell


def fetch(given: argparse.Namespace) -> None:
    """Fetch the key figures of the named counties, and tell where they are and what cannot be used."""
    from tqdm import tqdm

    from oj.facts.editions import domain_folder
    from oj.publish import fetching
    from oj.sources.kolada.cache import cache_folder

    hidden = given.quiet or not sys.stderr.isatty()
    line = "{desc}: {n_fmt} uppgifter, {elapsed}"
    flags = {name: getattr(given, name) for name in ("url", "date", "offline", "refresh", "page_size")}
    with tqdm(desc="Hämtar från Kolada", bar_format=line, disable=hidden, leave=False) as bar:
        facts = domain_folder(None, given.domain)
        advance = _counted if os.environ.get(ON_PAGES) else bar.update
        order = fetching.Order(**flags, facts=facts, cache=cache_folder(), advance=advance)
        paths = fetching.fetch(given.counties, order)
    if not given.quiet:
        _tell(paths)


def _counted(items: int) -> None:
    """Tell, on the pages, that more has come."""
    tell(f"  {items} uppgifter till")


def _tell(paths: list[Path]) -> None:
    """Print where the files are and, once, what could not be used."""
    from oj.sources.kolada.values import read_fetched_file

    told = [read_fetched_file(path) for path in paths if path.suffix == ".yml"]
    for path in paths:
        tell(str(path))
    if told:
        tell(f"Hämtat {told[0].fetched} från {told[0].address}")
    reasons: dict[str, list[str]] = {}
    for one in told[0].stopped if told else []:
        reasons.setdefault(one.reason, []).append(one.kolada or one.title)
    for reason, names in reasons.items():
        tell(f"Används inte: {', '.join(names)}. {reason}")
    tell("Ange ”Källa: Kolada” för värdena; medelvärden för län och kommungrupper är egna beräkningar.")
