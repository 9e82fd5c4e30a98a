"""Draw the pictures of README and the gallery anew: `python tools/gallery.py`, after `make report COUNTY=Stockholm`."""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "reports" / "stockholm-2015"
PICTURES = ROOT / "docs" / "bilder"
COLOURS = 128  # enough for text on white, and a fifth of the bytes
GREY = "#c9cfd8"
PAGES = {  # the picture's name, and what its page says that no page before it says, the contents apart
    "oversikt": "Figur 1.1: Karta: antal mål",
    "svar": "1.3 Svaren i en bild",
    "kartor": "1.2 Kartor",
    "kompetens": "Tabell 14.1: Handläggarnas kompetens",
    "kommunblad": "Upplands Väsby har uppgift för",
    "over-tid": "Figur 18.1: Riket över åren",
    "analysguide": "Socialstyrelsens analysguide leder",
    "metod": "Här står varifrån uppgifterna kommer",
}


def page_saying(documents: list[pypdfium2.PdfDocument], words: str) -> pypdfium2.PdfPage:
    """Return the first page that says something, the contents apart; raise ValueError where none does."""
    for page in (page for document in documents for page in document):
        text = " ".join(page.get_textpage().get_text_range().split())
        if words in text and "....." not in text and ". . ." not in text:
            return page
    raise ValueError(f"no page says {words!r}")


def drawn(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Return a page as a picture, so many pixels wide."""
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return picture.convert("RGB")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures of the same size beside each other, on grey."""
    framed = [ImageOps.expand(picture, 4, GREY) for picture in pictures]
    whole = Image.new("RGB", (sum(picture.width for picture in framed), framed[0].height))
    for at, picture in enumerate(framed):
        whole.paste(picture, (at * picture.width, 0))
    return whole


def draw(report: Path, pictures: Path) -> None:
    """Draw the chosen pages of a report, and three of them side by side."""
    books = [pypdfium2.PdfDocument(report / f"{name}.pdf") for name in ("rapport", "bilaga")]
    sheet = pypdfium2.PdfDocument(report / "kommuner" / "solna.pdf")
    pages = {name: page_saying(books, words) for name, words in PAGES.items()}
    made = {name: ImageOps.expand(drawn(page, 800), 1, GREY) for name, page in pages.items()}
    three = [drawn(page, 440) for page in (pages["oversikt"], pages["svar"], sheet[1])]
    for name, picture in {**made, "sida": side_by_side(three)}.items():
        picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            pictures / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    if not REPORT.exists():
        sys.exit("Bygg rapporten först: make report COUNTY=Stockholm")
    draw(REPORT, PICTURES)
