"""README says what works: its commands and snippets run as written, its links lead somewhere, its targets exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "benchmarks" / "README.md"]


def blocks(language: str, document: str = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", document, re.DOTALL)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder that looks like a checkout, and an environment whose python is this one."""
    for name in ("samples", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return tmp_path, {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


def run(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def test_every_shell_command_of_the_readme_runs(desk: tuple[Path, dict[str, str]]) -> None:
    folder, environment = desk
    script = next(block for block in blocks("bash") if "python -m ingest" in block)
    script = script.replace(". .venv/bin/activate\n", "")

    done = run(["bash", "-euo", "pipefail", "-c", script], folder, environment)

    assert done.returncode == 0, done.stderr


def test_the_python_snippet_and_the_script_of_the_readme_run(desk: tuple[Path, dict[str, str]]) -> None:
    folder, environment = desk
    (snippet,) = blocks("python")

    first = run([sys.executable, "-c", snippet], folder, environment)
    second = run([sys.executable, "-m", "docs.ask_from_a_script", "desk"], folder, environment)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "False" not in first.stdout
    assert "Gantlow" in first.stdout
    assert "verbatim: True" in second.stdout


def test_the_commands_and_the_snippet_on_the_ledger_run(desk: tuple[Path, dict[str, str]]) -> None:
    folder, environment = desk
    ledger = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    (script,), (snippet,) = blocks("bash", ledger), blocks("python", ledger)
    run([sys.executable, "-m", "ingest", "add", "samples", "--library", "desk"], folder, environment)

    shell = run(["bash", "-euo", "pipefail", "-c", script], folder, environment)
    python = run([sys.executable, "-c", snippet], folder, environment)

    assert (shell.returncode, python.returncode) == (0, 0), shell.stderr + python.stderr
    assert "False" not in python.stdout
    assert "Counter(" in python.stdout


@pytest.mark.parametrize("target", re.findall(r"`?make (\w+)`?", README))
def test_every_make_target_named_in_the_readme_exists(target: str) -> None:
    done = run(["make", "-n", target], ROOT, dict(os.environ))

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", document.read_text(encoding="utf-8"))

    missing = [link for link in links if not (document.parent / link.split("#")[0]).exists()]

    assert missing == []


def test_every_setting_is_in_the_readme() -> None:
    from rag import Settings

    missing = [name for name in Settings.model_fields if f"HOUSEVIEW_{name.upper()}" not in README]

    assert missing == []
