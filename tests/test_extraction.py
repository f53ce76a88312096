"""Reading many articles: in a worker process or here, in full, and whatever an extractor does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import extractors
import pytest
from making import make_article

from ingest import ingest
from ingest.extract import extract
from ingest.extraction import Extraction
from ingest.reading import Reading, read
from rag.types import Article, View

TESTS = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"}
MANY = 40
FEW = 5


def articles(number: int, poisoned: tuple[int, ...] = ()) -> list[Article]:
    words = [extractors.POISON if n in poisoned else "Tin" for n in range(number)]
    return [
        make_article(f"urn:{n}", f"{word} slipped on day {n}, said Ada Okoro of Quillmark Research.")
        for n, word in enumerate(words)
    ]


def readings(found: list[Article], extractor, **options) -> list[Reading]:
    """Return what a run yields, in the order of the articles."""
    with Extraction(extractor, **options) as extraction:
        for article in found:
            extraction.submit(article)
        by_id = extraction.collect()
    return [by_id[article.id] for article in found]


def readers(found: list[Reading]) -> set[str | None]:
    """Return the processes that read."""
    return {view.firm for reading in found for view in reading.views}


def unread(found: list[Reading]) -> list[tuple[int, str]]:
    return [(place, reading.failure) for place, reading in enumerate(found) if reading.failure]


def test_many_articles_are_read_by_another_process() -> None:
    found = readers(readings(articles(MANY), extractors.process_id))
    assert len(found) == 1
    assert str(os.getpid()) not in found


def test_few_articles_are_read_here() -> None:
    assert readers(readings(articles(FEW), extractors.process_id)) == {str(os.getpid())}


def test_one_long_article_is_read_by_another_process() -> None:
    long = make_article("urn:long", "Tin slipped. " * 5_000)
    assert str(os.getpid()) not in readers(readings([long], extractors.process_id))


def test_two_workers_share_the_articles() -> None:
    assert len(readers(readings(articles(400), extractors.process_id, workers=2))) == 2


def test_what_is_read_there_is_what_is_read_here() -> None:
    some = articles(MANY)
    assert readings(some, extractors.first_word) == [
        reading for article in some for reading in readings([article], extractors.first_word)
    ]


def test_names_are_found_without_an_extractor() -> None:
    found = readings(articles(MANY), None)
    assert all(("person", "Ada Okoro") in reading.names and not reading.views for reading in found)


def test_a_second_batch_is_read_by_the_same_process() -> None:
    with Extraction(extractors.process_id) as extraction:
        batches = []
        for _ in range(2):
            for article in articles(MANY):
                extraction.submit(article)
            batches.append(readers(list(extraction.collect().values())))
    assert batches[0] == batches[1]


@pytest.mark.parametrize("number", [FEW, MANY])
def test_an_extractor_that_raises_costs_the_views_of_that_article(number) -> None:
    assert unread(readings(articles(number, (3,)), extractors.raising)) == [(3, "ZeroDivisionError: no division")]


def test_an_extractor_that_ends_its_process_costs_the_views_of_that_article() -> None:
    found = readings(articles(MANY, (3, 20)), extractors.exiting)
    assert unread(found) == [(n, "its process ended with code 7") for n in (3, 20)]
    assert ("person", "Ada Okoro") in found[3].names


@pytest.mark.parametrize("extractor", [extractors.sleeping, extractors.backtracking])
def test_an_extractor_that_hangs_costs_the_views_of_that_article(extractor) -> None:
    found = readings(articles(MANY, (3, 20)), extractor, seconds=2)
    assert unread(found) == [(n, "took longer than 2 s") for n in (3, 20)]


def test_an_extractor_that_hangs_here_is_left_behind() -> None:
    found = readings(articles(FEW, (3,)), extractors.sleeping, seconds=0.2)
    assert unread(found) == [(3, "took longer than 0.2 s")]


def test_an_extractor_that_ends_every_process_is_given_up() -> None:
    failures = [reason for _, reason in unread(readings(articles(MANY), extractors.always_exiting))]
    assert failures[:3] == ["its process ended with code 7"] * 3
    assert failures[3:] == ["not tried, since 3 articles in a row could not be read"] * (MANY - 3)


def test_an_extractor_that_no_other_process_can_have_reads_here() -> None:
    def local(article: Article) -> list[View]:
        return extractors.process_id(article)

    found = readings(articles(MANY), local)
    assert readers(found) == {str(os.getpid())}


def test_articles_that_no_one_is_left_to_read_are_read_here(monkeypatch) -> None:
    monkeypatch.setattr("ingest.extraction.Attendant.run", lambda attendant: None)
    assert readers(readings(articles(MANY), extractors.process_id)) == {str(os.getpid())}


def test_what_an_extractor_prints_does_no_harm() -> None:
    assert unread(readings(articles(MANY), extractors.printing)) == []


def test_a_view_that_misquotes_is_dropped_and_the_others_kept() -> None:
    (reading,) = readings(articles(1), extractors.misquoting)
    assert (len(reading.views), reading.dropped) == (1, ("it quotes what the article does not say",))


def test_closing_early_ends_the_process() -> None:
    with Extraction(extractors.sleeping) as extraction:
        for article in articles(MANY, (0,)):
            extraction.submit(article)
        while not extraction._attendants[0]._worker:
            time.sleep(0.01)
    assert not extraction._attendants[0].is_alive()


SCRIPT = """
    import signal, sys
    from ingest.extraction import Extraction
    import extractors
    from test_extraction import articles
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    with Extraction(extractors.{extractor}) as extraction:
        for article in articles(40, (39,)):
            extraction.submit(article)
        while not (worker := extraction._attendants[0]._worker):
            pass
        print(worker.process.pid, flush=True)
        extraction.collect()
"""


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(sign) -> None:
    script = textwrap.dedent(SCRIPT.format(extractor="sleeping"))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", script], env=ENVIRONMENT, **pipes) as parent:
        worker = int(parent.stdout.readline())
        assert is_running(worker)
        parent.send_signal(sign)
        parent.wait(10)
    deadline = time.monotonic() + 5
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(worker)


def test_the_worker_loads_neither_torch_nor_chroma() -> None:
    (reading,) = readings([make_article("urn:long", "Tin slipped. " * 5_000)], extractors.loaded)
    assert not {"torch", "chromadb", "sentence_transformers", "sqlalchemy"} & {view.firm for view in reading.views}


PLANTS = ("Gantlow", "Tarn Mills", "Velmont", "Ostrey Foods", "Pellam Steel")
CALLS = (
    "{firm} analyst {person} upgraded {plant} to buy from hold, because margins at its {n} plants widen.",
    "{person} of {firm} cut the target on {plant} to ${n} from ${more}, citing slower orders.",
    "{firm} expects {plant} to fall over the next {n} months, though demand holds.",
)


def calls(number: int, joint: str, ending: str = "") -> str:
    """Return calls on companies, each with names and figures of its own."""
    drawn = random.Random(7)
    made = []
    for n in range(2, number + 2):
        names = {"firm": f"Quillmark{n % 9} Research", "person": "Ada Okoro", "plant": drawn.choice(PLANTS)}
        made.append(drawn.choice(CALLS).format(n=n, more=n + 9, **names).removesuffix("." * bool(ending)))
    return joint.join(made) + ending


def table(number: int) -> str:
    return "\n".join(f"{PLANTS[n % 5]} {n} | Quillmark Research | Upgrade | Hold | Buy | ${n}" for n in range(number))


LONG = {
    "a document of many pages": (lambda share: calls(4_000 // share, "\n\n")),
    "a table of ratings": (lambda share: table(2_000 // share)),
    "a sentence of thousands of characters": (lambda share: calls(60 // share, ", and ", ".")),
    "one word without end": (lambda share: "buy" * (17_000 // share)),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_time_that_the_rules_take_grows_no_faster_than_a_text(text) -> None:
    read(make_article("urn:warm", calls(3, " ")), extract)

    def seconds(share: int) -> float:
        article = make_article("urn:long", text(share))
        began = time.process_time()
        assert read(article, extract).failure is None
        return time.process_time() - began

    assert seconds(2) < 5 * seconds(8) + 0.5


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_goes_through_an_ingest_whole(library, tmp_path, text) -> None:
    (tmp_path / "long.txt").write_text(text(4))
    report = ingest(tmp_path / "long.txt", library)
    (stored,) = library.articles()
    assert (report.added, report.notes) == (1, ())
    for view in library.views():
        assert library.article(stored.id).text[view.quote.start : view.quote.end] == view.quote.text


def test_a_script_without_a_main_guard_is_run_once(tmp_path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import extractors\n"
        "from test_extraction import articles, readings\n"
        "print('ran', len(readings(articles(40), extractors.first_word)))\n"
    )
    said = subprocess.check_output([sys.executable, script], env=ENVIRONMENT, cwd=tmp_path, text=True)
    assert said == "ran 40\n"
