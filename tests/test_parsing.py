"""Reading documents in processes of their own: one that crashes, hangs or swells costs itself, and order is kept."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import struct
import subprocess
import sys
import textwrap
import time
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import hostile_documents
import pytest
from fpdf import FPDF

from ingest import ingest, read_articles
from ingest.fetch.listing import Listing
from ingest.parsing import Parsing
from ingest.run import Run, given
from ingest.sources import in_files
from ingest.types import Failure, Limits
from rag.config import Settings
from rag.errors import SourceError
from rag.types import Article

TESTS = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
BODY = "Harbor Street Research moved small caps from underweight to neutral because rates are about to fall. " * 4


def page(words: str) -> bytes:
    """Return a page of some words; no page is read in this process, however small."""
    return f"<html><body><article><h1>{words}</h1><p>{words}. {BODY}</p></article></body></html>".encode()


def small(**limits: float) -> Settings:
    return Settings(_env_file=None, **limits)


def found_in(folder: Path, settings: Settings, **options: object) -> list[Article | Failure]:
    with Parsing(settings, **options) as parsing:
        return [each for _, each in parsing.results(in_files([folder], Limits.of(settings)))]


def told(found: list[Article | Failure]) -> list[str]:
    """Return what became of each document: its last words, or why it was not read."""
    return [each.reason if isinstance(each, Failure) else each.text for each in found]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(9):
        (folder / f"{n}.html").write_bytes(page(f"Tin note number {n}"))
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_told_in_their_order(pages, workers) -> None:
    (pages / "3.html").write_bytes(page("SLEEPY " * 20_000))
    (pages / "5.txt").write_text("Plain and small.")
    sources = [each.source for each in found_in(pages, small(), workers=workers)]
    assert sources == [f"{pages.name}/{n}" for n in sorted(path.name for path in pages.iterdir())]


def test_a_page_is_read_by_another_process_and_a_small_plain_file_is_not(pages) -> None:
    (pages / "plain.txt").write_text(BODY)
    *others, last = found_in(pages, small(), parse=hostile_documents.process_id)
    assert str(os.getpid()) not in {each.title for each in others}
    assert last.title != others[0].title


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("ABORT", f"its process ended on signal {signal.SIGABRT.value}"),
        ("FAULT", f"its process ended on signal {signal.SIGSEGV.value}"),
        ("EXIT", "its process ended with code 7"),
        ("LEAVE", "cannot be read (SystemExit)"),
        ("BREAK", "cannot be read (KeyError)"),
        ("HANG", "reading it took longer than"),
        ("SLEEP", "reading it took longer than"),
        ("SWELL", "needs more than 300 MiB to be read; raise HOUSEVIEW_PARSE_MB"),
    ],
)
def test_a_document_that_ends_its_process_costs_itself_only(pages, word, reason) -> None:
    for n in (3, 6):
        (pages / f"{n}.html").write_bytes(page(word))
    found = found_in(pages, small(parse_seconds=2, parse_mb=300), parse=hostile_documents.harmed)
    lost = [(n, each.source, each.reason) for n, each in enumerate(found) if isinstance(each, Failure)]
    assert [(n, source) for n, source, _ in lost] == [(n, str(pages / f"{n}.html")) for n in (3, 6)]
    assert all(reason in said and "\n" not in said for _, _, said in lost)
    assert len(found) == 9


def test_every_good_file_among_bad_ones_is_stored_and_each_bad_one_reported(library, pages) -> None:
    for word in ("ABORT", "FAULT", "HANG", "SWELL", "BREAK"):
        (pages / f"{word}.html").write_bytes(page(word))
    settings = small(parse_seconds=2, parse_mb=300)
    with Run(library, settings, None, parse=hostile_documents.harmed) as run:
        run.read(given(pages)[0], in_step=False)
        report = run.finish()
    assert report.added == 9
    assert sorted(Path(each.source).stem for each in report.failed) == ["ABORT", "BREAK", "FAULT", "HANG", "SWELL"]
    kept = {Path(each.source).stem for each in library.sources.failures()}
    assert kept == {"ABORT", "BREAK", "FAULT", "HANG", "SWELL"}


def test_a_document_that_yields_without_end_is_stopped(tmp_path) -> None:
    (tmp_path / "0.html").write_bytes(page("First"))
    *found, last = found_in(tmp_path, small(max_article_chars=1_000), parse=hostile_documents.endless)
    assert 0 < sum(len(each.text) for each in found) <= 4_000
    assert last.reason.startswith("holds more than")


# --- hostile files, read as they are


def pdf(words: str) -> bytes:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    made.multi_cell(0, 8, words)
    return bytes(made.output())


def pdf_bomb() -> bytes:
    """Return a PDF of a few KB whose page draws a form that draws forms: work that grows tenfold with each level."""
    forms = 9
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    )
    objects.append(b"<< /Length 4 >>\nstream\n/F Do\nendstream")
    for n in range(forms):
        inner = f"/Resources << /XObject << /F {6 + n} 0 R >> >>" if n + 1 < forms else ""
        stream = b"/F Do " * 10
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {inner} /Length {len(stream)} >>\nstream\n".encode()
            + stream
            + b"\nendstream"
        )
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{at:010} 00000 n \n".encode() for at in offsets)
    return bytes(out) + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def word_bomb() -> bytes:
    """Return a Word document of some 30 KB: just within what it may unpack to, and far more once it is a tree."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = "<w:p/>" * 4_000_000
        new.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


def lying_zip(size: int) -> bytes:
    """Return a zip whose one member says that it is small, and is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", bytes(size))
    return made.getvalue().replace(struct.pack("<I", size), struct.pack("<I", 1_000))


def merging_yaml() -> str:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9)]
    return "\n".join(lines)


def letter(*attachments: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["Date"] = (
        "Tin",
        "Ada Okoro <ada@desk.example>",
        "Wed, 14 Oct 2026 09:30:00 +0000",
    )
    made.set_content(f"By letter. {BODY}")
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def hostile_folder(folder: Path) -> None:
    """Write hostile files among good ones."""
    good = {
        "a.html": page("Tin note"),
        "c.pdf": pdf(BODY),
        "e.txt": b"Said plainly. " + BODY.encode(),
        "g.eml": letter(("inside.pdf", pdf(f"Attached. {BODY}"))),
        "i.jsonl": json.dumps({"text": BODY + "In a row."}).encode(),
        "z.md": b"---\ntitle: Last\n---\n" + BODY.encode() + b"Last.",
    }
    bad = {
        "b.docx": word_bomb(),
        "d.pdf": pdf_bomb(),
        "f.zip": lying_zip(100_000_000),
        "h.jsonl.gz": gzip.compress(b" " * 60_000_000),
        "j.csv.gz": gzip.compress(b"text\n" + b"\n" * 60_000_000),
        "k.txt.gz": gzip.compress(bytes(60_000_000)),
    }
    for name, data in {**good, **bad}.items():
        (folder / name).write_bytes(data)


def test_hostile_files_are_each_reported_and_every_good_one_is_stored(library, tmp_path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    hostile_folder(folder)
    report = ingest(folder, library, settings=small(parse_seconds=20, parse_mb=400), extractor=None)
    stored = {ref.source for ref in library.articles() if not ref.source.startswith("content:")}
    named = {"a.html", "c.pdf", "e.txt", "g.eml", "g.eml/inside.pdf", "z.md"}
    assert stored == {f"inbox/{name}" for name in named}
    assert report.added == len(named) + 1  # the row
    reasons = {each.source.removeprefix(f"{folder}/"): each.reason for each in report.failed}
    assert {name: any(said in reasons[name] for said in SAID) for name in reasons} == dict.fromkeys(BAD, True)


BAD = ("b.docx", "d.pdf", "f.zip/a.txt", "h.jsonl.gz", "j.csv.gz", "k.txt.gz")
SAID = ("needs more than 400 MiB", "no text layer", "unpacks to more than", "is empty", "larger than 50 MiB unpacked")


def test_front_matter_that_merges_without_end_is_text(tmp_path) -> None:
    (tmp_path / "a.md").write_text(f"---\n{merging_yaml()}\n---\n{BODY}")
    (article,) = found_in(tmp_path, small())
    assert "a8: &a8" in article.text


def test_a_member_that_unpacks_to_more_than_it_says_takes_no_memory(tmp_path) -> None:
    (tmp_path / "a.zip").write_bytes(lying_zip(100_000_000))
    tracemalloc.start()
    (failure,) = found_in(tmp_path, small())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than it says" in failure.reason
    assert peak < 20_000_000


# --- rows


def test_rows_are_read_in_less_memory_than_they_take(tmp_path) -> None:
    rows = [json.dumps({"title": "x" * 900_000})] * 200 + [json.dumps({"text": BODY})]
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode(), 1))
    *others, last = found_in(tmp_path, small(max_file_mb=1, parse_mb=100, max_archive_ratio=10_000))
    assert {each.reason.partition(";")[0] for each in others} == {"the row has no text"}
    assert (len(others), last.text) == (200, BODY.strip())


def file_of_rows(path: Path, bad: dict[int, str]) -> list[str]:
    """Write a file of 300 rows, some with a word that does harm, and return what the others say, in their order."""
    rows = [f"{bad.get(n, 'Tin')} {n}. {BODY}" for n in range(300)]
    if path.suffix == ".csv":
        path.write_text("text\n" + "\n".join(f'"{row}"' for row in rows))
    else:
        path.write_text("\n\n".join(json.dumps({"text": row}) for row in rows))
    return [row.strip() for n, row in enumerate(rows) if n not in bad]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("word", ["ABORT", "BREAK", "SLEEP"])
def test_a_row_that_ends_its_process_costs_itself_only(tmp_path, name, word) -> None:
    others = file_of_rows(tmp_path / name, {40: word, 41: word})
    found = found_in(tmp_path, small(parse_seconds=0.5), parse=hostile_documents.harmed_by_row)
    lost = [each.source.rpartition(":")[2] for each in found if isinstance(each, Failure)]
    assert (lost, [each.text for each in found if isinstance(each, Article)]) == (["row 41", "row 42"], others)


def test_after_some_rows_that_end_their_process_the_rest_is_told_to_be_unread(tmp_path) -> None:
    file_of_rows(tmp_path / "a.jsonl", dict.fromkeys((1, 2, 4, 7), "ABORT"))
    found = found_in(tmp_path, small(), parse=hostile_documents.harmed_by_row)
    assert (sum(isinstance(each, Article) for each in found), found[-1].reason) == (
        2,
        "3 of its first 5 rows could not be read, so that nothing after them was;"
        " mend or take out those rows and add it again.",
    )


def test_a_row_longer_than_a_document_may_be_ends_its_file_and_says_so(tmp_path) -> None:
    rows = [json.dumps({"text": text}) for text in (BODY, "x" * 3_000_000, BODY + "Never read.")]
    (tmp_path / "long.jsonl").write_text("\n".join(rows))
    first, second = found_in(tmp_path, small(max_file_mb=1))
    assert (first.text, second.reason[:26]) == (BODY.strip(), "line 2 is longer than 1 Mi")


def test_of_many_bad_rows_the_first_are_named_and_the_others_counted(tmp_path) -> None:
    (tmp_path / "bad.jsonl").write_text("{oops\n" * 50_000 + json.dumps({"text": BODY}))
    *named, good, rest = found_in(tmp_path, small())
    assert len(named) == 1_000
    assert good.text == BODY.strip()
    assert rest.reason.startswith("49,000 more rows cannot be read")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("a.jsonl", "utf-8"),
        ("a.jsonl.gz", "utf-8-sig"),
        ("a.jsonl", "utf-16"),
        ("a.jsonl", "cp1252"),
        ("a.csv", "utf-8-sig"),
        ("a.csv.gz", "cp1252"),
    ],
)
def test_a_long_file_of_rows_is_read_like_a_short_one(tmp_path, name, encoding) -> None:
    text = "Tin rose 3 % in Zürich – “buy”, said Ada. " * 200
    rows = range(300)
    if ".csv" in name:
        content = "title,text\r\n" + "".join(f'"T{n}","{text}"\r\n' for n in rows)
    else:
        content = "\n".join(json.dumps({"text": text, "title": f"T{n}"}, ensure_ascii=False) for n in rows)
    data = content.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data, 1) if name.endswith(".gz") else data)
    found = found_in(tmp_path, small(max_archive_ratio=10_000))
    assert [(each.title, each.text) for each in found] == [(f"T{n}", text.strip()) for n in rows]


# --- feeds


def test_a_feed_is_read_in_a_process_of_its_own_and_one_that_ends_it_costs_no_other() -> None:
    rss = b"<rss version='2.0'><channel><title>D</title><item><link>/a</link></item></channel></rss>"
    listing = Listing(small())
    first = listing.entries(rss, "https://desk.example/")
    listing._parser.kill()
    with pytest.raises(SourceError, match="its process ended on signal 9"):
        listing.entries(rss, "https://desk.example/")
    assert first == listing.entries(rss, "https://desk.example/") != []
    listing.close()


# --- whoever asks goes away


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pids: list[int]) -> bool:
    """Wait until some processes have ended."""
    deadline = time.monotonic() + 10
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_running, pids))


SCRIPT = """
    import signal, sys, threading
    from pathlib import Path
    import hostile_documents
    from ingest.parsing import Parsing
    from ingest.sources import in_files
    from test_parsing import small
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    with Parsing(small(), parse=hostile_documents.harmed) as parsing:
        found = parsing.results(in_files([sys.argv[1]]))
        next(found)
        print(*[hand._parser._process.pid for hand in parsing._hands if hand._parser], flush=True)
        list(found)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_outlives_the_one_that_started_it(pages, sign) -> None:
    (pages / "1.html").write_bytes(page("SLEEP"))
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(pages)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert workers
        assert all(map(is_running, workers))
        parent.send_signal(sign)
        parent.wait(10)
    assert gone(workers)


def test_leaving_in_the_middle_ends_the_processes(pages) -> None:
    (pages / "1.html").write_bytes(page("SLEEP"))
    with Parsing(small(), parse=hostile_documents.harmed) as parsing:
        found = parsing.results(in_files([pages]))
        next(found)
        workers = [hand._parser._process.pid for hand in parsing._hands if hand._parser]
        found.close()
    assert workers
    assert gone(workers)


def test_articles_can_be_left_unread(pages) -> None:
    articles = read_articles(pages)
    assert next(articles).source == f"{pages.name}/0.html"
    articles.close()


ASKS = """
import sys
from ingest import read_articles
print("read", sum(1 for _ in read_articles(sys.argv[1])))
"""


@pytest.mark.parametrize("way", ["a script", "standard input", "a thread"])
def test_a_program_without_a_main_guard_is_run_once(pages, tmp_path_factory, way) -> None:
    code = ASKS
    if way == "a thread":
        lines = "".join(f"    {line}\n" for line in ASKS.strip().split("\n"))
        code = f"import threading\ndef work():\n{lines}threading.Thread(target=work).start()\n"
    script = tmp_path_factory.mktemp("script") / "asks.py"
    script.write_text(code)
    given_as = ["-"] if way == "standard input" else [str(script)]
    done = subprocess.run(
        [sys.executable, *given_as, str(pages)], input=code, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("read 9\n", "")
