"""Imports point one way, each heavy library has one owner, and the front doors open without loading any of them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest
import rag

ROOT = Path(__file__).parent.parent
OWNERS = {
    "chromadb": "rag/vectors",
    "sentence_transformers": "rag/embed",
    "torch": "rag/embed",
    "transformers": "rag/embed",
    "sqlalchemy": "rag/catalogue",
    "langchain": ("rag/models", "rag/chain", "rag/retriever"),
    "langchain_core": ("rag/models", "rag/chain", "rag/retriever"),
    "tenacity": "rag/models",
    "spacy": "ingest/extract",
    "pytickersymbols": "rag/tickers",
    "pypdfium2": "ingest/draw_page",
    "streamlit": "ui",
    "fpdf": "rag/exports",
    "fontTools": "rag/exports",
    "starlette": "ui/server",
    "pythonjsonlogger": "rag/journal",
}
HEAVY = ("torch", "chromadb", "spacy", "sentence_transformers", "transformers", "streamlit", "langchain_core")
SCRIPTS_CALL = {
    "rag": """Library Scope verify Article ArticleRef Quote Passage View Citation Statement Answer Verdict
    HouseviewError InputError SourceError LibraryError LibraryLocked LibraryCorrupt ModelMismatch
    SettingsError""".split(),
    "ingest": ["ingest", "read_articles", "IngestReport", "Failure"],
}
FIELDS = {
    "Article": "id url title publisher authors published kind tickers text language",
    "Quote": "article_id start end text",
    "Passage": "id article start end text score",
    "View": """article analyst firm subject action from_rating to_rating target_from target_to horizon stance quote
    reasons attribution said_on""",
    "Scope": "since until as_of publishers authors firms analysts subjects tickers kinds article_ids",
    "Citation": "marker article start end quote",
    "Statement": "text markers",
    "Answer": "question text statements citations views abstained coverage scope model timings_ms",
    "Verdict": "supported problems",
    "IngestReport": "added updated unchanged duplicates removed failed seconds",
    "Failure": "source reason",
}


def sources(package: str) -> list[Path]:
    return [ROOT / "app.py"] if package == "app" else sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for every import in a file, wherever it stands; name is empty for a whole module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after running some code, output aside."""
    script = (
        "import contextlib, io, json, runpy, sys\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    {code}\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def help_of(module: str, *command: str) -> str:
    return f"sys.argv = {[module, *command, '--help']!r}; runpy.run_module({module!r}, run_name='__main__')"


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("rag", {"ingest", "ui", "app"}), ("ingest", {"ui", "app"}), ("ui", {"app"})],
)
def test_imports_point_one_way(package, forbidden):
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources(package)
        for module, _ in imports(path)
        if module.split(".")[0] in forbidden
    ]
    assert wrong == []


def test_imports_within_a_package_are_written_in_full():
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("rag", "ingest", "ui", "app")
        for path in sources(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


@pytest.mark.parametrize("package", ["ui", "app"])
def test_the_app_uses_public_names_only(package):
    public = {"rag": set(rag.__all__), "ingest": set(ingest.__all__)}
    private = [
        f"{path.relative_to(ROOT)}: {module} {name}"
        for path in sources(package)
        for module, name in imports(path)
        if module.split(".")[0] in public and name not in public.get(module, ())
    ]
    assert private == []


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_is_imported_by_its_owner_only(library):
    users = [
        str(path.relative_to(ROOT).with_suffix(""))
        for package in ("rag", "ingest", "ui", "app")
        for path in sources(package)
        if any(module.split(".")[0] == library for module, _ in imports(path))
    ]
    given = OWNERS[library]
    owners = (given,) if isinstance(given, str) else given
    allowed = {"app"} if "ui" in owners else set()
    inside = tuple(owner + "/" for owner in owners)
    assert [user for user in users if user not in {*owners, *allowed} and not user.startswith(inside)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import rag",
        "import ingest",
        "from rag import Answer, HouseviewError, Library, Scope, verify",
        "from ingest import IngestReport, ingest, read_articles",
        help_of("rag"),
        help_of("rag", "ask"),
        help_of("ingest"),
        help_of("ingest", "add"),
    ],
    ids=lambda code: code.removeprefix("sys.argv = "),
)
def test_the_front_doors_load_nothing_heavy(code):
    assert loaded_by(code).intersection(HEAVY) == set()


@pytest.mark.parametrize("package", ["rag", "ingest"])
def test_importing_a_package_loads_no_third_party_module(package):
    standard = sys.stdlib_module_names | {"__main__", "rag", "ingest"}
    before = loaded_by("pass")
    extra = {name.split(".")[0] for name in loaded_by(f"import {package}") - before}
    assert {name for name in extra if name not in standard and not name.startswith("_")} == set()


@pytest.mark.parametrize("package", [rag, ingest], ids=["rag", "ingest"])
def test_every_public_name_can_be_imported_and_is_listed(package):
    assert [name for name in package.__all__ if not hasattr(package, name)] == []
    assert sorted(dir(package)) == sorted(package.__all__)


@pytest.mark.parametrize("package", [rag, ingest], ids=["rag", "ingest"])
def test_the_names_that_scripts_call_are_public(package):
    assert set(SCRIPTS_CALL[package.__name__]) - set(package.__all__) == set()


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = rag.no_such_name


@pytest.mark.parametrize("name", FIELDS)
def test_a_public_type_has_the_fields_that_scripts_read(name):
    kind = getattr(rag, name, None) or getattr(ingest, name)
    assert set(FIELDS[name].split()) - set(kind.__dataclass_fields__) == set()


def test_public_types_are_frozen():
    kinds = [getattr(rag, name, None) or getattr(ingest, name) for name in FIELDS]
    assert [kind.__name__ for kind in kinds if not kind.__dataclass_params__.frozen] == []


def test_errors_are_one_tree():
    errors = [getattr(rag, name) for name in rag.__all__ if isinstance(getattr(rag, name), type)]
    stray = [e for e in errors if issubclass(e, Exception) and not issubclass(e, rag.HouseviewError)]
    assert stray == []


MODULES = [str(path.relative_to(ROOT)) for package in ("rag", "ingest", "ui", "app") for path in sources(package)]


@pytest.mark.parametrize("module", MODULES)
def test_no_module_swallows_every_error(module):
    broad = [
        node.lineno
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert broad == []
