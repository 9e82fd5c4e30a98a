"""What many reports cost in one go grows with how many they are, and no faster: from 1 to 21 to 210."""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import DATA, PARAMS
from oj.disk.folders import Folders, default_folders
from oj.facts.editions import using
from oj.facts.params import CURRENT
from oj.facts.places import all_places
from oj.publish.many import BUILT, Batch, build_many, orders_of
from publish.test_made_figures import add_domain

DOMAINS = [f"prov-{letter}" for letter in "abcdefghij"]
TAKE_ORPHANS = 36  # prctl: what ends without its parent is this process's
MOST = 1.05  # of what each cost where there were fewer


def build(data: str, folder: Path, names: list[str], domains: list[str]) -> None:
    """Build the reports of counties in domains, as `oj reports` does; for a process of its own."""
    own = Folders(default_folders().notebooks, folder / "build", folder / "reports", folder / "cache")
    with using(Path(data)):
        done = [*build_many(orders_of(names, domains, [CURRENT], PARAMS), Batch(own, PARAMS, "embedded"))]
    told = [one.message for one in done if one.status != BUILT]
    if told:
        sys.exit("\n".join(told))


def reaped(command: str) -> None:
    """Run Python code in a process of its own, and print what it and all that it starts have used."""
    ctypes.CDLL(None).prctl(TAKE_ORPHANS, 1, 0, 0, 0)
    status = subprocess.run([sys.executable, "-c", command], check=False).returncode
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"{used.ru_utime + used.ru_stime}")
    sys.exit(status)


def cost(data: Path, folder: Path, names: list[str], domains: list[str]) -> tuple[int, float]:
    """Return how many reports were built in one go, and the processor's seconds for each."""
    start = "from pathlib import Path; from publish.test_linear import build, reaped; "
    command = f"{start}build({str(data)!r}, Path({str(folder)!r}), {names}, {domains})"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    arguments = [sys.executable, "-c", f"{start}reaped({command!r})"]
    told = subprocess.run(arguments, env=environment, check=True, stdout=subprocess.PIPE).stdout
    made = len([*(folder / "reports").glob("*/rapport.pdf")])
    return made, float(told) / made


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="what all processes use is counted as Linux does")
def test_each_of_many_costs_no_more_than_one(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    places, data = all_places(), Path(shutil.copytree(DATA, tmp_path / "data"))
    counties = {code: [one for one in places if places[one].county == code and one != code] for code in places}
    counties = {code: own[:2] for code, own in counties.items() if own}
    for domain in DOMAINS:
        add_domain(data, domain, counties)
    asked = [(["Blekinge"], DOMAINS[:1]), (["alla"], DOMAINS[:1]), (["alla"], DOMAINS)]
    found = [cost(data, tmp_path / str(at), *one) for at, one in enumerate(asked)]
    record_property("processor seconds for each of so many reports", found)
    assert [made for made, _ in found] == [1, 21, 210]
    (_, one), (_, some), (_, all_of_them) = found
    assert max(some / one, all_of_them / some) <= MOST, found
