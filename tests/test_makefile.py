"""What is given to make reaches the commands as it was written: neither make nor the shell reads anything in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = "#!/bin/sh\nprintf '%s\\0' \"$@\"\n"
NASTY = [
    "Öppna jämförelser (2015).xlsx", "$(touch run)", "`touch run`", '"; touch run; "', "'; touch run; '",
    "$(shell touch run)", "$$(touch run)", "pris$5.xlsx", "${HOME}", "-rf", "a#b", "a\\", "a\nb", "~", "*", "a=b", "$(",
]  # fmt: skip
CALLS = [
    ("import", "FILE", ["import", "--", "{}"]),
    ("import", "SOURCE", ["import", "--source={}", "--"]),
    ("import", "PUBLISHER", ["import", "--publisher={}", "--"]),
    ("import", "LAYOUT", ["import", "--layout={}", "--"]),
    ("report", "COUNTY", ["report", "--", "{}"]),
    ("report", "EDITION", ["report", "--edition={}", "--"]),
    ("report", "GROUP", ["report", "--group={}", "--"]),
    ("fetch", "DATE", ["fetch", "--date={}", "--"]),
    ("template", "OUTPUT", ["template", "--output={}", "--"]),
    ("survey-form", "OUTPUT", ["survey", "form", "--output={}", "--"]),
    ("survey-results", "FILE", ["survey", "results", "--", "{}"]),
    ("data-remove", "NAME", ["data", "remove", "--", "{}"]),
    ("report", "FORCE", ["report", "--force", "--"]),
    ("report", "EXPLAIN", ["report", "--explain", "--"]),
    ("reports", "QUIET", ["reports", "--quiet"]),
    ("reports", "COUNTIES", ["reports", "--counties={}"]),
    ("reports", "JOBS", ["reports", "--jobs={}"]),
    ("reports", "SHEETS", ["reports", "--municipality-sheets"]),
    ("publish", "OUTPUT", ["publish", "--output={}"]),
    ("publish", "ADDRESS", ["publish", "--address={}"]),
    ("publish", "PUBLISHER", ["publish", "--publisher={}"]),
    ("publish", "LICENSE", ["publish", "--license={}"]),
    ("publish", "INDEXED", ["publish", "--indexed"]),
    ("import", "DRY_RUN", ["import", "--dry-run", "--"]),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the Makefile, and a command that only tells what it was given."""
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for path, text in (("tools/environment.py", ""), (".venv/bin/oj", COMMAND)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        (tmp_path / path).chmod(0o755)
    return tmp_path


def called(project: Path, *arguments: str, **environment: str) -> list[str]:
    """Return what the command was given; fail where make fails, or anything else was done."""
    before = set(project.iterdir())
    done = subprocess.run(
        ["make", "-s", "PYTHON=true", *arguments],
        cwd=project,
        capture_output=True,
        check=True,
        env=os.environ | environment,
    )
    assert set(project.iterdir()) == before
    return done.stdout.decode().split("\0")[:-1]


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(("target", "name", "wanted"), CALLS)
def test_a_value_is_handed_on_as_it_was_written(target: str, name: str, wanted: list[str], project: Path) -> None:
    for value in NASTY if name == "FILE" else NASTY[:6]:
        expected = [word.replace("{}", value) for word in wanted]
        assert called(project, target, f"{name}={value}") == expected
        assert called(project, target, **{name: value}) == expected


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_another_pythons_settings_are_not_handed_on(project: Path) -> None:
    """With a PYTHONHOME that is not there Python does not even start."""
    script = "import os\nprint([name for name in ('PYTHONHOME', 'PYTHONPATH') if name in os.environ], end='\\0')\n"
    (project / ".venv/bin/oj").write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    assert called(project, "data", PYTHONHOME="/finns/inte", PYTHONPATH="/finns/inte") == ["[]"]


def test_filled_in_forms_are_not_committed() -> None:
    names = ["stockholm-enkat-2015.xlsx", "skane-oj-2015.xlsx", "mapp/vad som helst.xlsx", "svar.csv", "~$skane.xlsx"]
    done = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, check=False, text=True)
    if done.returncode == 128:
        pytest.skip("not a repository")
    assert done.stdout.splitlines() == names
