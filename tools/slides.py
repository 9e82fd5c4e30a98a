"""Make the look of the slides, `notebooks/_extensions/lansrapport/mall.pptx`, of pandoc's own reference file.

Run it when pandoc has another: `.venv/bin/python tools/slides.py`. The same file each time.
"""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from oj.disk.zipped import zipped
from oj.present.style import COMPARISON_COLOUR, COUNTY_COLOUR, MUNICIPALITY_COLOUR, NATION_COLOUR
from oj.publish.render.pandoc import run_pandoc

TARGET = Path(__file__).parents[1] / "notebooks" / "_extensions" / "lansrapport" / "mall.pptx"
COLOURS = {"dk2": COUNTY_COLOUR, "accent1": COUNTY_COLOUR, "accent2": MUNICIPALITY_COLOUR,
           "accent3": COMPARISON_COLOUR, "accent4": NATION_COLOUR, "hlink": COUNTY_COLOUR}  # fmt: skip
SIZES = {"3300": "2600", "2400": "1800", "2100": "1800", "3000": "1800"}  # hundredths of a point, on a small slide
BODY = '<a:off x="457200" y="1200151"/><a:ext cx="8229600" cy="3394472"/>'
TALLER = '<a:off x="457200" y="1063229"/><a:ext cx="8229600" cy="3703000"/>'


def looked(name: str, text: str) -> str:
    """Return a part of the file in the report's colours, with its headings to the left, in sizes that fit."""
    for key, colour in COLOURS.items():
        text = re.sub(rf"(<a:{key}><a:srgbClr val=\")[0-9A-F]+", rf"\g<1>{colour[1:]}", text)
    for old, new in SIZES.items():
        text = text.replace(f'sz="{old}"', f'sz="{new}"')
    if "slideLayout1.xml" in name:  # the first slide
        text = text.replace('x="1371600"', 'x="685800"').replace('cx="6400800"', 'cx="7772400"')
        text = text.replace('algn="ctr"', 'algn="l"').replace('<a:tint val="75000"/>', "")
    if "slideLayout4.xml" in name:  # a picture, and what is beside it
        text = text.replace('cx="4038600" cy="3394472"', 'cx="5257800" cy="3394472"', 1)
        text = text.replace('x="4648200"', 'x="5867400"').replace(
            'cx="4038600" cy="3394472"', 'cx="2819400" cy="3394472"'
        )
    if "slideMaster1.xml" in name:
        head, title, rest = re.split(r"(<p:titleStyle>.*?</p:titleStyle>)", text, flags=re.DOTALL)
        title = title.replace('algn="ctr"', 'algn="l"').replace('sz="2600"', 'sz="2600" b="1"').replace("tx1", "tx2")
        text = head.replace(BODY, TALLER) + title + rest
    return text.replace('lang="en-US"', 'lang="sv-SE"')


def main() -> None:
    """Write the file."""
    own = run_pandoc(["--print-default-data-file", "reference.pptx"], "", None)
    with ZipFile(BytesIO(own)) as parts:
        made = [(name, parts.read(name)) for name in parts.namelist()]
    TARGET.write_bytes(zipped((name, looked(name, part.decode()).encode() if name.endswith(".xml") else part)
                              for name, part in made))  # fmt: skip
    print(TARGET)


if __name__ == "__main__":
    main()
