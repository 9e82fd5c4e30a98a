"""The computer does not show in the result: settings that people have for other work give the same bytes.

Each setting is tried on a copy of the project, by the program as it is run, on the report of the nation. The gate
has them all at once; `make test-long` one by one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager

from conftest import refused
from oj.present.style import FONT, FONT_FILES, font_folder, use_style
from oj_start import settled
from publish.building import ROOT, Built, everything_in

REPORT = ["report", "Riket", "--quiet", "--renderer", "embedded"]
JUNK = "raise SystemExit('en annans fil')\n"
REPORT_NAME = "riket-"  # beside it is the page of all reports
SHADOWED = ("yaml", "pandas", "typing", "tempfile", "random", "oj/__init__")
Setting = Callable[[Path], dict[str, str]]


def copied(folder: Path) -> Path:
    """Return a copy of what the program needs of the project."""
    for name in ("lib", "notebooks", "data", "params", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "key_figures"))
    return folder


def build(project: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Build the report with the copy's program; what is empty in `environment` is not set."""
    around = {"PATH": os.environ["PATH"], "HOME": str(project.parent), "LANG": "C.UTF-8"} | environment
    command = [sys.executable, str(project / "lib" / "oj_start.py"), *REPORT]
    kept = {name: text for name, text in around.items() if text}
    return subprocess.run(command, env=kept, capture_output=True, encoding="utf-8", cwd=project.parent, check=False)


def written(path: Path, text: str, *, program: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755 if program else 0o644)


def home(folder: Path) -> dict[str, str]:
    """Return a home full of settings for matplotlib, IPython, Jupyter, pandoc, fonts and Python."""
    own = folder / "hem"
    for name in (".config/matplotlib", ".matplotlib"):
        written(
            own / name / "matplotlibrc", "text.usetex: True\nfont.size: 30\nsvg.fonttype: path\nlines.linewidth: 9\n"
        )
    profile = own / ".ipython" / "profile_default"
    written(profile / "startup" / "00.py", JUNK)
    written(
        profile / "ipython_config.py", "c = get_config()\nc.InteractiveShell.ast_node_interactivity = 'all'\n" + JUNK
    )
    for data in (".pandoc", ".local/share/pandoc"):
        for kind in ("html5", "typst", "openxml"):
            written(own / data / "templates" / f"default.{kind}", "en annans mall $body$")
        written(own / data / "reference.docx", "ingen Wordfil")
        written(own / data / "abbreviations", "Solna\n")
    for name in ("nbconvert", "jupyter"):
        written(own / ".jupyter" / f"jupyter_{name}_config.py", JUNK)
    written(own / ".local/share/jupyter/nbconvert/templates/basic/conf.json", '{"base_template": "ingen"}')
    written(own / ".config" / "fontconfig" / "fonts.conf", "ingen xml")
    return {"HOME": str(own), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}


def moved_home(folder: Path) -> dict[str, str]:
    """Return the same settings, where variables say that they are."""
    own = Path(home(folder)["HOME"])
    return {
        "XDG_CONFIG_HOME": str(own / ".config"),
        "XDG_DATA_HOME": str(own / ".local/share"),
        "XDG_CACHE_HOME": "/dev/null/cache",
        "JUPYTER_CONFIG_DIR": str(own / ".jupyter"),
        "JUPYTER_DATA_DIR": str(own / ".local/share/jupyter"),
        "JUPYTER_PATH": str(own / ".local/share/jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "IPYTHONDIR": str(own / ".ipython"),
    }


def drawing(folder: Path) -> dict[str, str]:
    """Return a matplotlibrc that needs LaTeX, and a screen to draw on that is not there."""
    written(folder / "rc" / "matplotlibrc", "text.usetex: True\naxes.facecolor: red\n")
    own = str(folder / "rc")
    return {"MATPLOTLIBRC": f"{own}/matplotlibrc", "MPLCONFIGDIR": own, "MPLBACKEND": "qtagg"}


def python(folder: Path) -> dict[str, str]:
    """Return what Python can be told: others' modules first, warnings as errors, no assertions, another order."""
    for name in SHADOWED:
        written(folder / "skript" / f"{name}.py", JUNK)
    written(folder / "start.py", JUNK)
    told = {"PATH": folder / "skript", "STARTUP": folder / "start.py", "WARNINGS": "error", "OPTIMIZE": "2"}
    told |= {"HASHSEED": "5", "UTF8": "0", "IOENCODING": "ascii", "COERCECLOCALE": "0", "DONTWRITEBYTECODE": "1"}
    return {f"PYTHON{name}": str(text) for name, text in told.items()}


def programs(folder: Path) -> dict[str, str]:
    """Return another pandoc first on the PATH, which says that it is newer."""
    for name in ("pandoc", "typst"):
        written(folder / "program" / name, "#!/bin/sh\necho pandoc 99.9\n", program=True)
    at = f"{folder / 'program'}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": at, "PYPANDOC_PANDOC": str(folder / "program" / "pandoc")}


def temporary(folder: Path) -> dict[str, str]:
    """Return a folder for temporary files with a name longer than a socket's may be."""
    long = folder / ("å" * 60) / ("tillfälligt" * 6)
    long.mkdir(parents=True)
    return dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(long))


def screen(_folder: Path) -> dict[str, str]:
    return {"COLUMNS": "20", "LINES": "5", "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb", "DISPLAY": ":99"}


def packages(folder: Path) -> dict[str, str]:
    """Return what pandas, pandera, geopandas, numpy and zip files can be told."""
    told = {"PANDAS_COPY_ON_WRITE": "warn", "PANDAS_FUTURE_INFER_STRING": "0", "PANDERA_VALIDATION_ENABLED": "False"}
    told |= {"PROJ_DATA": str(folder), "PROJ_LIB": str(folder), "GDAL_DATA": str(folder), "OMP_NUM_THREADS": "3"}
    return told | {"SOURCE_DATE_EPOCH": "86400", "OPENBLAS_NUM_THREADS": "2", "PYDANTIC_DISABLE_PLUGINS": "1"}


def of(**environment: str) -> Setting:
    return lambda _folder: environment


SETTINGS: dict[str, Setting] = {
    "LC_ALL=C": of(LC_ALL="C", LANG=""),
    "LC_ALL=POSIX": of(LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
    "sv_SE": of(LC_ALL="sv_SE.ISO-8859-1", LANGUAGE="sv"),
    "tr_TR": of(LC_ALL="tr_TR.UTF-8", LC_NUMERIC="tr_TR"),
    "no locale": of(LANG=""),
    "home": home,
    "moved home": moved_home,
    "no home": of(HOME=""),
    "home that cannot be written": of(HOME="/dev/null/hem"),
    "matplotlibrc": drawing,
    "Python": python,
    "other programs": programs,
    "long TMPDIR": temporary,
    "TMPDIR that is not there": of(TMPDIR="/dev/null/tmp"),
    "time zone": of(TZ="Pacific/Kiritimati"),
    "screen": screen,
    "packages": packages,
}


@pytest.fixture(scope="module")
def plain(nation_report: Built) -> dict[str, str]:
    """Return the files of the report as the tests build it, by hash.

    What matplotlib keeps of the computer's fonts is there from before, as after any other report.
    """
    environment = settled({"PATH": os.environ["PATH"], "HOME": str(nation_report.folders.build)}, sys.prefix)
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], env=environment, check=True)
    return everything_in(nation_report.folders.reports)


def same(plain: dict[str, str], project: Path, environment: dict[str, str]) -> None:
    """Expect the report of the plain computer, and not a word of complaint."""
    done = build(project, environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {
        name: one for name, one in everything_in(project / "reports").items() if name.startswith(REPORT_NAME)
    } == plain


def test_all_settings_at_once(plain: dict[str, str], tmp_path: Path) -> None:
    project = copied(tmp_path / "Mina dokument åäö ’x’")
    environment: dict[str, str] = {"OMP_NUM_THREADS": "2"}
    for name in ("time zone", "screen", "packages", "other programs", "long TMPDIR", "matplotlibrc", "moved home"):
        environment |= SETTINGS[name](tmp_path)
    before = os.umask(0o077)
    try:
        same(plain, project, environment | home(tmp_path) | python(tmp_path) | {"LC_ALL": "C"})
    finally:
        os.umask(before)


@pytest.mark.long
@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting(name: str, plain: dict[str, str], tmp_path: Path) -> None:
    same(plain, copied(tmp_path / "oj"), SETTINGS[name](tmp_path))


@pytest.mark.long
@pytest.mark.parametrize("folder", ["med blanksteg", "åäö ÅÄÖ", "citat' och \"", "$HOME %PATH% #1;"])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_folder(folder: str, locale: str, plain: dict[str, str], tmp_path: Path) -> None:
    same(plain, copied(tmp_path / folder), {"LC_ALL": locale})


@pytest.mark.long
@pytest.mark.parametrize("umask", [0o000, 0o077, 0o027])
def test_a_umask(umask: int, plain: dict[str, str], tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        same(plain, copied(tmp_path / "oj"), {})
    finally:
        os.umask(before)


@pytest.mark.parametrize("lacking", [FONT_FILES, FONT_FILES[-1:]])
def test_a_font_package_without_files_is_told(
    lacking: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(font_folder(), tmp_path / "files", ignore=shutil.ignore_patterns(*lacking))
    monkeypatch.setattr("oj.present.style.files", lambda _package: tmp_path)
    with refused("Source Sans Pro", ", ".join(lacking), "make setup"):
        font_folder()


def test_a_notebook_of_ones_own_draws_as_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """In JupyterLab matplotlib has read the person's own settings, and fonts of the same name on the computer."""
    with matplotlib.rc_context({"text.usetex": True, "font.size": 30, "axes.facecolor": "red"}):
        monkeypatch.setattr(font_manager.fontManager, "ttflist", [*font_manager.fontManager.ttflist])
        use_style.cache_clear()
        use_style()
        assert not matplotlib.rcParams["text.usetex"]
        assert matplotlib.rcParams["axes.facecolor"] == "white"
        assert Path(font_manager.findfont(FONT)).parent == font_folder()
    use_style.cache_clear()
    use_style()
