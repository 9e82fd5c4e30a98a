"""The program `oj`: settles what the computer it runs on has set in its own way, and then runs the command line.

The same data and parameters give the same bytes on every computer. What a person has set for Python, matplotlib,
IPython, Jupyter, pandoc and so on for other work is therefore left out here, before any of them is imported. Python
itself is started anew where it was told to work otherwise, or not in UTF-8; until then nothing more is imported, for
PYTHONPATH may lead to a file of anybody's that is called as a module of Python's own.
"""

import os
import sys

LEFT_OUT = (
    "PYTHON", "MPL", "MATPLOTLIB", "IPYTHON", "JUPYTER", "NBCONVERT", "PAPERMILL", "PANDAS", "PANDERA", "PYDANTIC",
    "PYPANDOC", "PANDOC", "PROJ_", "GDAL_", "OGR_", "TYPST", "SOURCE_DATE_EPOCH", "LC_", "LANGUAGE",
)  # fmt: skip
UTF8 = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
LONGEST = 60  # bytes in the name of the folder for temporary files: those of the sockets in it may have about 100
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from oj_start import entry; entry()"
NO_FOLDER = (
    "Fel: Det finns ingen mapp för tillfälliga filer som går att skriva i och har ett kort namn. Sätt TMPDIR till en "
    f"mapp som går att skriva i, med högst {LONGEST} tecken i namnet."
)


def entry() -> None:
    """Run as the program `oj`; a Ctrl+C before the command line itself can tell of it is told here."""
    try:
        _run()
    except KeyboardInterrupt:
        print("Avbrutet.", file=sys.stderr)  # noqa: T201
        sys.exit(130)


def _run() -> None:
    if is_told_otherwise(dict(os.environ)):
        _start_anew()
    folder = temporary_folder()
    environment = settled(dict(os.environ), sys.prefix)
    os.environ.clear()
    os.environ.update(environment | {"TMPDIR": folder})
    if not folder:
        sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(NO_FOLDER, file=sys.stderr)  # noqa: T201
        sys.exit(2)
    from oj.cli import entry as run

    run()


def is_told_otherwise(environment: dict[str, str]) -> bool:
    """Return whether this Python works as somebody has told it, or not in UTF-8, and must be started anew.

    >>> is_told_otherwise({"PYTHONPATH": "/home/anna/skript"})
    True
    """
    if sys.flags.isolated:
        return False
    if any(name.startswith("PYTHON") for name in environment):
        return True
    import locale

    encodings = (sys.getfilesystemencoding(), "utf-8" if sys.flags.utf8_mode else locale.getencoding())
    return os.name != "nt" and any(name.lower() not in ("utf-8", "utf8") for name in encodings)


def _start_anew() -> None:
    """Run this program again as Python is by itself; Windows runs it as a child that is waited for."""
    beside = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    command = [sys.executable, "-I", "-X", "utf8", "-c", RUN, beside, *sys.argv[1:]]
    if os.name != "nt":
        os.execv(command[0], command)
    import subprocess

    sys.exit(subprocess.call(command, env={name: one for name, one in os.environ.items() if name[:6] != "PYTHON"}))


def settled(environment: dict[str, str], prefix: str) -> dict[str, str]:
    """Return the environment of a program that a person's settings for other work do not reach.

    `prefix` is the folder of the Python that runs; what the packages keep for themselves is kept there.

    >>> sorted({"TZ", "LC_ALL", "MPLSTYLE"} & set(settled({"TZ": "UTC", "LC_ALL": "C", "MPLSTYLE": "x"}, "/x")))
    ['LC_ALL', 'TZ']
    """
    from importlib.util import find_spec

    own = os.path.join(prefix, "oj")  # noqa: PTH118
    kept = {name: value for name, value in environment.items() if not name.startswith(LEFT_OUT)}
    folders = dict.fromkeys(("MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"), own)
    fixed = {"LC_ALL": UTF8, "MPLBACKEND": "agg", "JUPYTER_NO_CONFIG": "1", "JUPYTER_PREFER_ENV_PATH": "1"}
    drawing = find_spec("matplotlib")
    for place in (drawing and drawing.submodule_search_locations) or ():
        fixed["MATPLOTLIBRC"] = os.path.join(place, "mpl-data", "matplotlibrc")  # noqa: PTH118
    home = {} if os.name == "nt" or kept.get("HOME") else {"HOME": own}
    return kept | folders | fixed | home


def temporary_folder() -> str:
    """Return a folder for temporary files with a short name; an empty string where there is none to write in."""
    import tempfile

    for start in (None, "/tmp", "/var/tmp"):
        tempfile.tempdir = start
        try:
            tempfile.TemporaryFile().close()
        except OSError:
            continue
        if len(os.fsencode(tempfile.gettempdir())) <= LONGEST or os.name == "nt":
            return tempfile.gettempdir()
    return ""


if __name__ == "__main__":
    entry()
