"""The words of the reports, wherever they stand: what may be misread is never said."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from frames import KNOWN

ROOT = Path(__file__).parents[1]
LONGEST_NAME = 54  # signs of a row's name beside a picture
LONE_BREAK = re.compile(
    r"(?<![-\"])\bbrott(?:et|en|ens|ets)?\b(?! i (?:serien|en serie|serier|jämförbarheten))", re.IGNORECASE
)


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every text that a report may show: of the data, of the notebooks, and the strings in the code."""
    for path in sorted((ROOT / "data").rglob("*.yml")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield path, "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    for path in sorted((ROOT / "lib" / "oj").rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def test_a_break_is_always_of_a_series() -> None:
    """A report on children in danger must not be read as if it spoke of crime."""
    assert {path.name: found for path, text in texts() if (found := LONE_BREAK.findall(text))} == {}


@pytest.mark.parametrize(
    ("phrase", "unclear"),
    [
        ("rutin för missbruk", r"^rutin för (?!samordning)"),
        ("föräldrarnas uppfattning om HVB", r"^\w+ uppfattning"),
        ("psykosocial behandling", r"^(?:psykosocial|föräldrastöd|stödgrupp)"),
        ("uppföljning av öppenvården", r"^uppföljning"),
    ],
)
def test_no_phrase_says_another_thing_than_is_measured(phrase: str, unclear: str) -> None:
    """A target that is missed is not a routine for violence, nor what parents think, nor all treatment."""
    assert re.search(unclear, phrase)
    assert [one.phrase for one in KNOWN.values() if re.search(unclear, one.phrase)] == []


def test_a_phrase_has_room_beside_a_picture() -> None:
    shown = [one.phrase for one in KNOWN.values() if one.area != "bakgrund"]
    assert [phrase for phrase in shown if len(phrase) > LONGEST_NAME] == []
