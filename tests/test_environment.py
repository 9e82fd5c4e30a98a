"""`tools/environment.py` on machines that are not ready: another Python, no net, packages that can't be installed."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import deque
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

import installing
from environment import tell
from unable import advice, redacted

TOOLS = Path(__file__).parents[1] / "tools"
SCRIPT = TOOLS / "environment.py"
SOURCE = SCRIPT.read_text(encoding="utf-8")
AS_ANOTHER = """\
import runpy, sys
sys.version_info, sys.platform = {version}, {platform!r}
sys.argv = ["environment.py", {purpose!r}]
runpy.run_path({script!r}, run_name="__main__")
"""


def run_as(
    version: tuple[int, ...], platform: str = "linux", path: str = "/nonexistent", purpose: str = "report", **more: str
) -> tuple[int, str]:
    """Return the exit status and what is said where Python claims to be of another version."""
    code = AS_ANOTHER.format(version=version, platform=platform, script=str(SCRIPT), purpose=purpose)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env={"PATH": path, "PYTHONUTF8": "0", **more}
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


def program(path: Path, text: str) -> Path:
    """Write a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("minor", range(6, 12))
def test_an_old_python_can_read_the_file(minor: int) -> None:
    ast.parse(SOURCE, feature_version=(3, minor))


def test_an_old_python_can_run_what_comes_before_the_version_is_known() -> None:
    """Annotations are in quotation marks, and nothing is called that Python 3.6 lacks, as `capture_output`."""
    tree = ast.parse(SOURCE)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    notes = [
        note for one in functions for note in (one.returns, *(given.annotation for given in one.args.args)) if note
    ]
    assert len(notes) > 5
    assert [ast.unparse(note) for note in notes if not isinstance(note, ast.Name | ast.Constant)] == []
    imported = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert imported == ["import subprocess", "import sys", "from pathlib import Path"]
    keywords = {word.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords}
    assert keywords <= {"stdout", "stderr", "check", "encoding", "closefd", "file", "flush"}


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 7, 3), (3, 8, 10), (3, 9, 6), (3, 10, 12), (3, 14, 0), (3, 15, 1)])
def test_another_python_is_told_what_is_needed(version: tuple[int, ...]) -> None:
    status, said = run_as(version)
    assert status == 2
    assert said.startswith(f"Fel: Python 3.{version[1]} går inte att använda; det behövs 3.11, 3.12 eller 3.13.\n")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("platform", "told", "then"),
    [
        ("linux", "sudo apt install python3.11", "starta.command, eller skriv python3.11 tools/environment.py app"),
        ("darwin", "brew install", "starta.command, eller skriv python3.12 tools/environment.py app"),
        ("win32", "winget", r"starta.cmd, eller skriv py -3.12 tools\environment.py app"),
    ],
)
def test_how_to_get_one_is_that_of_the_system(platform: str, told: str, then: str) -> None:
    said = run_as((3, 9, 6), platform, purpose="app")[1]
    assert told in said
    assert then in said
    assert "docs/samordnare/last-dator.md" in said


def test_a_python_that_is_there_does_it(tmp_path: Path) -> None:
    program(tmp_path / "python3.11", "echo 'pyenv: python3.11: command not found' >&2; exit 127\n")
    program(tmp_path / "python3.12", 'test "$1" = -c && echo 3.12 && exit; echo "körs: $*"; exit 3\n')
    assert run_as((3, 9, 6), path=str(tmp_path)) == (3, f"körs: {SCRIPT} report\n")


def test_a_python_that_says_another_version_than_its_name_is_not_taken(tmp_path: Path) -> None:
    program(tmp_path / "python3.12", "echo 3.9\n")
    assert "går inte att använda" in run_as((3, 9, 6), path=str(tmp_path))[1]


def test_swedish_letters_come_through_in_a_plain_terminal() -> None:
    assert "går inte att använda" in run_as((3, 6, 9), LC_ALL="C", PYTHONIOENCODING="ascii:backslashreplace")[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not find a version that satisfies the requirement papermill==2.7.0", "Kontrollera nätet"),
        ("WARNING: Retrying\nERROR: ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        ("", "Kontrollera nätet"),
    ],
)
def test_what_pip_says_last_is_shown_and_what_to_do(said: str, told: str, tmp_path: Path) -> None:
    copied(tmp_path)
    made(tmp_path / ".venv")
    (tmp_path / "said").write_text("\n".join([*(f"Collecting {number}" for number in range(50)), said]))
    program(tmp_path / ".venv/bin/python", f"/bin/cat '{tmp_path}/said' >&2\nexit 1\n")
    script = str(tmp_path / "tools" / "environment.py")
    done = subprocess.run(
        [sys.executable, script, "report"], capture_output=True, text=True, check=False, env={"PATH": os.devnull}
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert said.rpartition("\n")[2] in done.stderr
    assert "Collecting 3\n" not in done.stderr
    assert not list((tmp_path / ".venv").glob(".oj-*")), "a failed set-up is not taken for a finished one"


def copied(project: Path) -> Path:
    """Copy what sets up the environment, and return the project it is in."""
    (project / "tools").mkdir()
    for name in ("environment.py", "installing.py", "unable.py"):
        shutil.copy(TOOLS / name, project / "tools")
    shutil.copytree(TOOLS.parent / "requirements", project / "requirements")
    (project / "pyproject.toml").touch()
    return project


def made(folder: Path) -> Path:
    """Write an environment as venv does, and return its Python."""
    python = program(folder / "bin/python", "")
    written = f"home = {Path(sys.executable).parent}\ncommand = python3 -m venv {folder}\n"
    (folder / "pyvenv.cfg").write_text(written, encoding="utf-8")
    (folder / installing.MADE).touch()
    return python


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: [Errno 28] No space left on device", "Disken är full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "skadad, eller utbytt"),
        ("error: Hash mismatch for `pyphen==0.18.1`", "skadad, eller utbytt"),
        ("OSError('Tunnel connection failed: 407 Proxy Authentication Required')", "HTTPS_PROXY"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate", "PIP_CERT"),
        ("Caused by: invalid peer certificate: UnknownIssuer", "PIP_CERT"),
        ("OSError: [WinError 1260] This program is blocked by group policy.", "it-avdelningen tillåta"),
        ("HINT: This error might have occurred since this system does not have Windows Long Path", r"C:\oj"),
        ("PermissionError: [WinError 5] Access is denied: 'oj.exe'", "Stäng fönstret där sidorna är igång"),
        ("ensurepip is not available.  apt install python3.11-venv", "saknar venv"),
        ("Temporary failure in name resolution", "Kontrollera nätet"),
    ],
)
def test_what_is_known_is_told_what_to_do_about(said: str, told: str) -> None:
    assert told in advice(["Collecting pandas", said])


def test_a_folder_of_wheels_that_lacks_one_is_not_told_to_check_the_net() -> None:
    said = ["ERROR: No matching distribution found for pandas==3.1.1"]
    assert "wheels/ saknas" in advice(said, is_from_folder=True)
    assert "nätet" in advice(said)


def test_a_password_in_an_address_is_not_shown() -> None:
    assert redacted("http://anna:hemligt@proxy:8080/ and https://b@c/d") == "http://***@proxy:8080/ and https://***@c/d"


# what the organisation's network wants


def test_what_pip_is_told_of_the_network_goes_for_uv_too(tmp_path: Path) -> None:
    told = program(
        tmp_path / "pip",
        "echo \":env:.cert='/egen.pem'\"; echo \"global.cert='/annan.pem'\"; echo \"user.proxy='http://proxy:8080'\"\n",
    )
    settings = installing.settings_of([str(told)])
    assert settings == {"cert": "/egen.pem", "proxy": "http://proxy:8080"}
    around = installing.surroundings(tmp_path, settings, {"HTTP_PROXY": "http://min"})
    assert around["SSL_CERT_FILE"] == "/egen.pem"
    assert around["HTTPS_PROXY"] == "http://proxy:8080"
    assert around["HTTP_PROXY"] == "http://min", "what somebody has said stands"
    assert installing.surroundings(tmp_path, {}, {"REQUESTS_CA_BUNDLE": "/b.pem"})["SSL_CERT_FILE"] == "/b.pem"


def test_an_old_pip_trusts_what_the_computer_trusts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "lib/python3.11/site-packages/pip/_vendor/certifi/cacert.pem"
    own.parent.mkdir(parents=True)
    own.write_text("PIPS EGNA\n", encoding="utf-8")
    monkeypatch.setattr("ssl.SSLContext.get_ca_certs", lambda *_given, **_named: [b"organisationens"])
    around = installing.surroundings(tmp_path, {}, {})
    together = Path(around["PIP_CERT"]).read_text(encoding="utf-8")
    assert together.startswith("PIPS EGNA")
    assert together.count("BEGIN CERTIFICATE") == 1
    assert around["UV_SYSTEM_CERTS"] == "true"
    (own.parents[1] / "truststore").mkdir()
    assert "PIP_CERT" not in installing.surroundings(tmp_path, {}, {}), "a newer pip asks the computer itself"


# the environment


def test_an_environment_that_was_moved_is_made_again(tmp_path: Path) -> None:
    made(tmp_path / "här, å" / ".venv")
    assert installing.usable(tmp_path / "här, å" / ".venv")
    (tmp_path / "här, å").rename(tmp_path / "där")
    assert not installing.usable(tmp_path / "där" / ".venv")
    assert not installing.usable(tmp_path / "finns inte")


def test_an_environment_that_was_broken_off_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended while pip was being put into it, it has a Python, and would never be whole."""
    made(tmp_path)
    (tmp_path / installing.MADE).unlink()
    assert not installing.usable(tmp_path)
    monkeypatch.setattr(installing, "quietly", lambda _command: (made(tmp_path) is None, []))
    assert installing.create(tmp_path) == []
    monkeypatch.setattr(installing, "quietly", lambda _command: (made(tmp_path) is not None, []))
    assert installing.create(tmp_path) is None
    assert installing.usable(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="signals are not of Windows")
def test_one_who_ends_it_sees_no_traceback(tmp_path: Path) -> None:
    project = copied(tmp_path)
    made(project / ".venv")
    program(project / ".venv/bin/python", "kill -INT $PPID\nexec sleep 9\n")
    done = subprocess.run(
        [sys.executable, str(project / "tools/environment.py"), "report"],
        capture_output=True, text=True, check=False, env={"PATH": "/bin:/usr/bin"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what is begun behind a shell ignores it
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "\nAvbrutet. Nästa gång görs det som inte hann bli klart.\n")


def test_an_environment_whose_python_is_gone_is_made_again(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "pyvenv.cfg").write_text(f"home = /borta\ncommand = python3 -m venv {tmp_path}\n", encoding="utf-8")
    assert not installing.usable(tmp_path)


def test_the_way_to_the_project_is_read_in_any_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11 and 3.12 on Windows read it as cp1252, where a folder of Åsa's would not be found."""
    monkeypatch.setattr(installing, "ROOT", tmp_path / "Åsa Ö")
    packages = tmp_path / "venv/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (packages / "_oj.pth").write_text(str(tmp_path / "Åsa Ö" / "lib"), encoding="utf-8")
    installing.lead_to_project(tmp_path / "venv")
    code = f"import site, sys; site.addsitedir({str(packages)!r}); print(ascii(sys.path[-1]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ascii(str(tmp_path / "Åsa Ö" / "lib"))
    assert (packages / "_oj.pth").read_bytes().isascii()


def test_what_is_being_fetched_is_shown() -> None:
    step = [""]
    shown = []
    for line in (
        b"Collecting pandas==3.1 (from x)\n",
        b" Downloaded typst\n",
        b"Installed 111 packages in 74s\n",
        b"annat\n",
    ):
        installing.listen(BytesIO(line), deque(), step)
        shown.append(step[0])
    assert shown == ["pandas", "typst", "111 paket", "111 paket"]


def test_a_program_that_may_not_be_run_is_told(tmp_path: Path) -> None:
    well, said = installing.quietly([str(tmp_path / "spärrat.exe")])
    assert not well
    assert "spärrat.exe" in said[0]


def test_a_folder_of_wheels_is_all_that_is_asked(machine: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(machine, monkeypatch)
    (machine.ROOT / "wheels").mkdir()
    assert machine.prepare("report", tell) == 0
    installs = [call for call in calls if " install " in call]
    assert len(installs) == 3, "uv, the packages and the project"
    assert [call for call in installs if f"--no-index --find-links {machine.ROOT}/wheels" not in call] == []
    assert "--require-hashes" in installs[1]


# Quarto


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module that installs, on a machine without Quarto whose environment is there and installs nothing."""
    module = installing
    shutil.copytree(SCRIPT.parents[1] / "requirements", tmp_path / "requirements")
    shutil.copyfile(SCRIPT.parents[1] / "pyproject.toml", tmp_path / "pyproject.toml")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.delenv("QUARTO", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "tom"))
    made(tmp_path / ".venv")
    return module


def calls_of(module: ModuleType, monkeypatch: pytest.MonkeyPatch, *, well: bool = True) -> list[str]:
    """Let the module's calls only be written down, and go well or not; return where they are."""
    calls: list[str] = []

    def quietly(command: list[str], _around: object = None) -> tuple[bool, list[str]]:
        calls.append(" ".join(command))
        return (well or "quarto.txt" not in calls[-1], ["ERROR: HTTP Error 404"])

    monkeypatch.setattr(module, "quietly", quietly)
    monkeypatch.setattr(module, "settings_of", lambda _pip: {})
    return calls


@pytest.mark.parametrize("purpose", ["app", "check", "cluster", "lab"])
def test_what_a_report_needs_is_in_every_environment(purpose: str) -> None:
    """A package that is added to the reports alone leaves the pages with a traceback on a new machine."""
    folder = TOOLS.parent / "requirements"
    pinned, wanted = (
        set(re.findall(r"^[\w.-]+==\S+", (folder / f"{name}.txt").read_text(encoding="utf-8"), re.MULTILINE))
        for name in (purpose, "report")
    )
    assert wanted - pinned == set()


@pytest.mark.parametrize("purpose", ["report", "check", "lab"])
def test_quarto_is_not_fetched_unasked(machine: ModuleType, monkeypatch: pytest.MonkeyPatch, purpose: str) -> None:
    calls = calls_of(machine, monkeypatch)
    (machine.ROOT / machine.FOLDERS[purpose]).mkdir(exist_ok=True)
    monkeypatch.setattr(machine, "create", lambda _folder: None)
    assert machine.prepare(purpose, tell) == 0
    assert len(calls) >= 2
    assert [call for call in calls if "quarto.txt" in call] == []


def test_quarto_is_fetched_when_asked_and_once(
    machine: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(machine, monkeypatch)
    assert machine.prepare("quarto", tell) == 0
    (fetched,) = [call for call in calls if "quarto.txt" in call]
    assert "--require-hashes" in fetched
    assert "RENDERER=quarto" in capfd.readouterr().out
    before = len(calls)
    assert machine.prepare("quarto", tell) == 0
    assert len(calls) == before


def test_a_quarto_that_cannot_be_fetched_is_told_and_tried_again(
    machine: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(machine, monkeypatch, well=False)
    for _ in range(2):
        assert machine.prepare("quarto", tell) == 2
        told = capfd.readouterr().err
        assert told.startswith("Fel: Quarto kunde inte hämtas.")
        assert "HTTP Error 404" in told
    assert len([call for call in calls if "quarto.txt" in call]) == 2


@pytest.mark.parametrize("where", ["QUARTO", "PATH"])
def test_a_quarto_that_is_there_is_not_fetched(
    machine: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], where: str
) -> None:
    calls = calls_of(machine, monkeypatch)
    program = machine.ROOT / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text("", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(where, str(program if where == "QUARTO" else program.parent))
    assert machine.prepare("quarto", tell) == 0
    assert f"Quarto finns redan: {program}" in capfd.readouterr().out
    assert [call for call in calls if "quarto.txt" in call] == []


def test_the_pinned_quarto_is_the_one_that_the_book_requires() -> None:
    """Version 1.10, which can follow two PDF standards at once; with its hash."""
    root = SCRIPT.parents[1]
    lock = (root / "requirements" / "quarto.txt").read_text(encoding="utf-8")
    extension = (root / "notebooks/_extensions/lansrapport/_extension.yml").read_text(encoding="utf-8")
    assert lock.startswith("quarto-cli==1.10.")
    assert "--hash=sha256:" in lock
    assert 'quarto-required: ">=1.10.0"' in extension
