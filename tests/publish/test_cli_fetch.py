"""`oj fetch` tells where the files are, what could not be used and whom to name; an error is a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import DATA
from fetched import fetched_counties
from kolada_server import Kolada, read_small_catalog, serving, small_catalog
from oj.cli import run
from oj.sources.kolada.values import read_fetched


@pytest.fixture
def kolada(data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kolada]:
    """Return a made Kolada that is served where `OJ_KOLADA_URL` says, with a folder of facts of its own."""
    assert data_copy != DATA
    small_catalog(data_copy)
    made = Kolada(read_small_catalog(data_copy))
    monkeypatch.setenv("OJ_DATA", str(data_copy))
    monkeypatch.setattr("oj.sources.kolada.cache.cache_folder", lambda: tmp_path / "cache")
    with serving(made) as address:
        monkeypatch.setenv("OJ_KOLADA_URL", address)
        yield made


def test_a_county_is_fetched_in_one_line(
    kolada: Kolada, data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fetch", "skåne", "09", "--date", "2022-03-04"]) == 0
    told = capsys.readouterr()
    names = ["skane.csv", "skane.yml", "gotland.csv", "gotland.yml"]
    assert told.out.splitlines()[:4] == [str(data_copy / "key_figures" / name) for name in names]
    assert told.out.splitlines()[4].startswith("Hämtat 2022-03-04 från http://127.0.0.1:")
    assert told.out.splitlines()[5] == "Används inte: U33561. Kolada har dragit in nyckeltalet."
    assert "Källa: Kolada" in told.out
    assert told.err == ""
    assert list(fetched_counties()) == ["09", "12"]
    assert (tmp_path / "cache").is_dir()
    asked = len(kolada.asked)
    assert run(["fetch", "Halland", "--offline", "-q"]) == 0
    assert capsys.readouterr().out == ""
    assert read_fetched("Halland").fetched == "2022-03-04"
    assert len(kolada.asked) == asked


def test_an_error_is_a_sentence(
    kolada: Kolada, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    kolada.down = True
    assert run(["fetch", "Skåne"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("Fel: Hämtningen är avbruten; det här saknas: listan över kommuner. Kolada svarade 503")
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert fetched_counties() == {}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["fetch"], "LÄN saknas"),
        (["fetch", "Skone"], "Menade du ”Skåne”?"),
        (["fetch", "Skåne", "--url", "http://api.kolada.se/v3"], "https"),
        (["fetch", "Skåne", "--page-size", "många"], "--page-size"),
        (["fetch", "Skåne", "--offline"], "Inget är hämtat från Kolada"),
        (["fetch", "Skåne", "--date", "4 mars"], "ÅÅÅÅ-MM-DD"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], word: str, kolada: Kolada, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert word in capsys.readouterr().err
    assert kolada.asked == []
