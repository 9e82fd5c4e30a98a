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
    "oversikt": "Här räknas alla Ja- och Nej-frågor ihop",
    "svar": "1.2 Svaren i en bild",
    "kartor": "1.3 Kartor",
    "kompetens": "Tillgång till arbetsledning: kommunerna ligger",
    "kommunblad": "Upplands Väsby har uppgift för",
    "over-tid": "Öppna jämförelser har kommit varje år",
    "analysguide": "Socialstyrelsens analysguide leder",
    "metod": "Här står varifrån uppgifterna kommer",
}


def page_saying(document: pypdfium2.PdfDocument, words: str) -> int:
    """Return the number of the first page that says something, the contents apart; raise ValueError where none does."""
    for number, page in enumerate(document):
        text = " ".join(page.get_textpage().get_text_range().split())
        if words in text and "....." not in text and ". . ." not in text:
            return number
    raise ValueError(f"no page says {words!r}")


def drawn(document: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image:
    """Return a page as a picture, so many pixels wide."""
    page = document[number]
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
    book = pypdfium2.PdfDocument(report / "rapport.pdf")
    sheet = pypdfium2.PdfDocument(report / "kommuner" / "solna.pdf")
    numbers = {name: page_saying(book, words) for name, words in PAGES.items()}
    made = {name: ImageOps.expand(drawn(book, number, 800), 1, GREY) for name, number in numbers.items()}
    three = [drawn(book, numbers["oversikt"], 440), drawn(book, numbers["svar"], 440), drawn(sheet, 1, 440)]
    for name, picture in {**made, "sida": side_by_side(three)}.items():
        picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            pictures / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    if not REPORT.exists():
        sys.exit("Bygg rapporten först: make report COUNTY=Stockholm")
    draw(REPORT, PICTURES)
