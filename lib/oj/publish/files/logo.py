"""The sender's logo on a report's first page: a picture beside the parameters, checked to be one, made a plain PNG."""

import json
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from oj.facts.params import ReportParameters
from oj.present.output import FIGURE_FOLDER
from oj.words.errors import UserError, not_read
from oj.words.plain_text import as_markdown, typst_string

FILE, SENDER = "logotyp.png", "publisher"
LARGEST, LEAST, MOST, PROPORTION, SHARPEST = 2_000_000, 40, 6_000, 8, 1_200  # bytes, then picture elements; 8 to 1
WIDTH, HEIGHT = 6.0, 1.5  # centimetres, at most


@dataclass(frozen=True)
class Logo:
    """A logo as a PNG, and whose it is, for those who do not see it."""

    content: bytes
    text: str

    @property
    def width(self) -> float:
        """How wide it is shown, in centimetres."""
        with Image.open(BytesIO(self.content)) as picture:
            width, height = picture.size
        return round(min(WIDTH, HEIGHT * width / height), 2)

    @property
    def settings(self) -> dict[str, Any]:
        """What the book's `_quarto.yml` says of it to the printed report's template: words of Typst's own."""
        told = {"": typst_string(f"{FIGURE_FOLDER}/{FILE}"), "-text": typst_string(self.text.replace("`", "’"))}
        return {f"logo-shown{key}": f"`{one}`{{=typst}}" for key, one in {**told, "-width": f"{self.width}cm"}.items()}


def logo_of(parameters: ReportParameters) -> Logo | None:
    """Return the logo of a report, None without one; raise UserError for a file that cannot be it, or has no sender."""
    path = parameters.logo_file
    if path is None:
        return None
    label = f"params/{path.name}"
    if not parameters.publisher:
        raise UserError(
            f"{label} är avsändarens logotyp, men avsändaren ({SENDER}) är tom. Skriv den: den är bildens text för "
            "den som inte ser bilden."
        )
    try:
        content = logo_png(path.read_bytes(), label)
    except OSError as error:
        raise UserError(f"{label} kan inte läsas: {not_read(error)}. Lägg dit bilden, eller töm logo.") from error
    return Logo(content, parameters.publisher)


def logo_png(content: bytes, label: str) -> bytes:
    """Return a picture as a PNG with nothing beside what is seen; raise UserError for what is no picture, or too big.

    What else the file holds, such as where a photo was taken, is left out.
    """
    if len(content) > LARGEST:
        size = f"{len(content) / 1e6:.1f}".replace(".", ",")
        raise UserError(f"{label} är {size} MB. En logotyp får vara högst {LARGEST / 1e6:.0f} MB.")
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            warnings.simplefilter("error")
            _refuse_odd(picture.size, label)
            shown = ImageOps.exif_transpose(picture)
            plain = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
    except UserError:
        raise
    except Exception as error:  # whatever a broken picture makes the package say
        raise UserError(f"{label} är ingen PNG- eller JPEG-bild som kan läsas. Spara den på nytt som PNG.") from error
    plain.info.clear()
    plain.thumbnail((SHARPEST, SHARPEST))
    written = BytesIO()
    plain.save(written, "PNG")
    return written.getvalue()


def _refuse_odd(size: tuple[int, int], label: str) -> None:
    told = f"{label} är {size[0]} × {size[1]} bildpunkter. En logotyp ska"
    if min(size) < LEAST or max(size) > MOST:
        raise UserError(f"{told} ha mellan {LEAST} och {MOST} på varje ledd.")
    if max(size) > PROPORTION * min(size):
        raise UserError(f"{told} vara högst {PROPORTION} gånger så bred som hög, eller tvärtom.")


def show_logo(project: Path, first: str, logo: Logo | None) -> None:
    """Put a logo in a laid-out book: a file, on top of the web's first page; Word and the PDF have it by themselves."""
    if logo is None:
        return
    (project / FIGURE_FOLDER / FILE).write_bytes(logo.content)
    chapter = project / first
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    picture = f"![{as_markdown(logo.text)}]({FIGURE_FOLDER}/{FILE}){{.logo width={logo.width}cm}}\\"
    source = f'::: {{.content-visible when-format="html"}}\n{picture}\n:::\n'
    cell = {"cell_type": "markdown", "id": "logotyp", "metadata": {}, "source": source.splitlines(keepends=True)}
    notebook["cells"].insert(1, cell)
    chapter.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def put_logo(project: Path, document: Any) -> None:
    """Put the sender's logo over the title of a Word document, where the laid-out book has one."""
    from docx.shared import Cm

    if (picture := project / FIGURE_FOLDER / FILE).exists():
        width = Cm(Logo(picture.read_bytes(), "").width)
        document.paragraphs[0].insert_paragraph_before().add_run().add_picture(str(picture), width=width)
