"""`oj fetch`: the key figures that Kolada has of one or several counties, put beside the facts."""

import argparse
import sys
from pathlib import Path

from oj.cli.parsing import Commands, add_help, tell


def add_parsers(commands: Commands) -> None:
    """Add the command to the command line."""
    one = commands.add_parser("fetch", help="hämta länets nyckeltal från Kolada", add_help=False)
    one.add_argument("counties", metavar="LÄN", nargs="+", help="Skåne, ”Skåne län” eller 12; flera, eller alla")
    one.add_argument("--url", default="", metavar="ADRESS", help="annars OJ_KOLADA_URL eller Koladas egen adress")
    one.add_argument("--date", default="", metavar="DATUM", help="hämtningens dag, ÅÅÅÅ-MM-DD; annars i dag")
    one.add_argument("--offline", action="store_true", help="gör om filerna av det som redan är hämtat, utan nät")
    one.add_argument("--refresh", action="store_true", help="hämta på nytt fast det redan är hämtat i dag")
    one.add_argument("--page-size", type=int, default=5000, metavar="ANTAL", help="uppgifter på varje sida, högst 5000")
    one.add_argument("-q", "--quiet", action="store_true", help="skriv bara fel")
    one.set_defaults(run=_fetch)
    add_help(one)


def _fetch(given: argparse.Namespace) -> None:
    from tqdm import tqdm

    from oj.publish.fetching import Order, fetch
    from oj.sources.kolada.cache import cache_folder

    hidden = given.quiet or not sys.stderr.isatty()
    line = "{desc}: {n_fmt} uppgifter, {elapsed}"
    with tqdm(desc="Hämtar från Kolada", bar_format=line, disable=hidden, leave=False) as bar:
        order = Order(
            url=given.url,
            date=given.date,
            offline=given.offline,
            refresh=given.refresh,
            page_size=given.page_size,
            cache=cache_folder(),
            advance=bar.update,
        )
        paths = fetch(given.counties, order)
    if not given.quiet:
        _tell(paths)


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
