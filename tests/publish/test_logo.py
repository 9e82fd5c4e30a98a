"""The sender's logo: on the first page in every format, with the sender's name for those who do not see it."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
import yaml
from PIL import Image

from oj.facts.editions import using
from oj.facts.params import read_parameters
from oj.publish.build.report import build_report
from oj.publish.files.logo import logo_png
from oj.publish.render.pdf import write_sheet
from oj.publish.render.syntax import SUMMARY, heading_of, read_book
from oj.words.errors import UserError
from oj.words.progress import Progress
from publish.building import said, small_book, stand_in

SENDER = 'FoU ”Väst” & Co: #1 `x` *y* "z"'


def of_params(folder: Path, **said: str) -> Any:
    """Return the parameters of a folder where Stockholm's file says something more."""
    own = folder / "stockholm.yml"
    own.write_text(own.read_text(encoding="utf-8") + yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return read_parameters("Stockholm", folder).model_copy(update={"municipalities": ["Ekerö", "Solna"]})


def picture(folder: Path, name: str = "märke.jpg") -> str:
    """Write a picture beside the parameters."""
    Image.new("RGB", (900, 200), "#12436D").save(folder / name)
    return name


@pytest.fixture(scope="module")
def project(few_facts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a book without figures, on few facts."""
    with using(few_facts):
        yield small_book(tmp_path_factory.mktemp("logotyp"), said("Text."))


def test_it_is_on_the_first_page_in_every_format(params_copy: Path, project: Any) -> None:
    parameters = of_params(params_copy, publisher=SENDER, logo=picture(params_copy))
    assert "logo" not in parameters.model_dump(), "chapters are kept whatever the logo"
    report = build_report(parameters, project, Progress(), "embedded")
    (shown,) = re.findall(r'<img src="bilder/logotyp.png"[^>]*alt="([^"]*)"', (report / "index.html").read_text())
    assert shown == SENDER.replace("&", "&amp;").replace('"', "&quot;")
    assert (report / "bilder" / "logotyp.png").read_bytes().startswith(b"\x89PNG")
    with ZipFile(report / "rapport.docx") as parts:
        text = parts.read("word/document.xml").decode()
    assert text.index("<wp:docPr ") < text.index('w:val="Title"')
    assert f'descr="{SENDER.replace("&", "&amp;").replace(chr(34), "&quot;")}"' in text
    with pikepdf.open(report / "rapport.pdf") as file:
        told = [str(one.get("/Alt")) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        assert told == [SENDER.replace("`", "’")]
        assert [*file.pages[0].images], "on the cover"
    assert '"logo": "märke.jpg"' in (report / "manifest.json").read_text(encoding="utf-8")


def logos_in(path: Path) -> list[str]:
    """Return the texts of the pictures in a PDF."""
    with pikepdf.open(path) as file:
        return [str(one["/Alt"]) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]


def test_a_summary_that_is_handed_out_alone_has_it_and_a_sheet_has_not(
    params_copy: Path, project: Any, tmp_path: Path
) -> None:
    build_report(of_params(params_copy, publisher="FoU", logo=picture(params_copy)), project, Progress(), "embedded")
    (laid_out,) = {path.parent for path in project.build.rglob("_quarto.yml")}
    book = read_book(laid_out)
    (chapter,) = book.chapters
    write_sheet(book, chapter, laid_out, tmp_path / "blad.pdf")
    assert logos_in(tmp_path / "blad.pdf") == []
    heading_of(chapter).identifier = SUMMARY
    write_sheet(book, chapter, laid_out, tmp_path / "sammanfattning.pdf")
    assert logos_in(tmp_path / "sammanfattning.pdf") == ["FoU"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is started by a shell script")
def test_quarto_shows_it_too(params_copy: Path, project: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO", str(stand_in(tmp_path)))
    report = build_report(
        of_params(params_copy, publisher="FoU", logo=picture(params_copy)), project, Progress(), "quarto"
    )
    assert 'src="bilder/logotyp.png"' in (report / "index.html").read_text(encoding="utf-8")
    assert (report / "bilder" / "logotyp.png").exists()
    assert logos_in(report / "rapport.pdf") == ["FoU"]
    with ZipFile(report / "rapport.docx") as parts:
        assert 'descr="FoU"' in parts.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"logo": "finns-inte.png", "publisher": "FoU"}, "params/finns-inte.png kan inte läsas"),
        ({"logo": "märke.jpg"}, "avsändaren (publisher) är tom"),
        ({"logo": "trasig.png", "publisher": "FoU"}, "params/trasig.png är ingen PNG- eller JPEG-bild"),
        ({"logo": "../hemligt.png"}, "är ingen bild i params/"), ({"logo": "märke.svg"}, "är ingen bild i params/"),
    ],
)  # fmt: skip
def test_a_logo_that_cannot_be_is_told_before_anything_is_built(
    params_copy: Path, project: Any, said: dict[str, str], told: str
) -> None:
    picture(params_copy)
    (params_copy / "trasig.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 90)
    with pytest.raises(UserError, match=re.escape(told)):
        build_report(of_params(params_copy, **said), project, Progress(), "embedded")


def test_a_picture_that_unpacks_to_too_much_is_not_unpacked() -> None:
    written = BytesIO()
    Image.new("1", (7_000, 7_000)).save(written, "PNG")
    with pytest.raises(UserError, match="7000 × 7000 bildpunkter"):
        logo_png(written.getvalue(), "Logotypen")
