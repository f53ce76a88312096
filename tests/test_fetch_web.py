"""Addresses, lists and feeds on their way into a library, from a real server: what is stored, asked again and shown."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from serving import NOTE, Said, page, rss
from typer.testing import CliRunner

from ingest import IngestReport, Progress, ingest, read_articles
from ingest.fetch.address import masked
from ingest.fetch.visits import Visits
from ingest.types import Failure
from rag.config import Settings
from rag.errors import SourceError

OIL = "Northgate Advisors cut oil to underweight because supply grows faster than demand this year."
GOLD = "Pell and Marsh keep gold at overweight while central banks go on buying it month after month."


@pytest.fixture
def settings(site) -> Settings:
    return Settings(_env_file=None, fetch_allow=f"{site.host}:{site.port}", fetch_delay=0)  # type: ignore[call-arg, arg-type]


@pytest.fixture
def add(open_library):
    """Ingest some sources into one library, a new run each time."""
    library = open_library()

    def run(*sources: str | Path) -> IngestReport:
        return ingest(sources, library, extractor=None)

    run.library = library  # type: ignore[attr-defined]
    return run


def counts(report: IngestReport) -> dict[str, int]:
    names = ("added", "updated", "unchanged", "duplicates")
    found = {name: getattr(report, name) for name in names} | {"failed": len(report.failed)}
    return {name: count for name, count in found.items() if count}


def tagged(said: Said, etag: str = '"1"', **headers: str):
    """Return a page that answers 304 to whoever knows its ETag."""

    def answer(request) -> Said:
        if request.headers.get("if-none-match") == etag:
            return Said(status=304)
        return Said(said.body, headers={**said.headers, "ETag": etag, **headers})

    return answer


def item(url: str, title: str = "A headline", more: str = "") -> str:
    return f"<title>{title}</title><link>{url}</link>{more}"


# --- addresses and lists


def test_an_address_becomes_an_article_known_by_it(site, add) -> None:
    site.pages["/a?utm_source=x&id=1"] = page()
    add(site.url("/a?utm_source=x&id=1"))
    (article,) = add.library.articles()
    assert (article.url, article.source) == (site.url("/a?utm_source=x&id=1"), site.url("/a?id=1"))


def test_a_page_cannot_claim_to_be_another(site, add) -> None:
    site.pages["/true"] = page()
    site.pages["/false"] = page(OIL, head=f'<link rel="canonical" href="{site.url("/true")}">')
    add(site.url("/true"))
    assert counts(add(site.url("/false"))) == {"added": 1}


@pytest.mark.parametrize("name", ["list.urls", "list.url.txt", "desk.URLS"])
def test_a_list_is_read_line_by_line(site, add, tmp_path, name) -> None:
    site.pages.update({"/a": page(), "/b": page(OIL)})
    (tmp_path / name).write_text(f"# desk\n{site.url('/a')}\n\n{site.url('/b')}  # oil\n{site.url('/a')}\nno address\n")
    report = add(tmp_path / name)
    assert counts(report) == {"added": 2, "failed": 1}
    assert report.failed[0].source.endswith(":6")


def test_a_list_within_a_folder_is_followed(site, add, tmp_path) -> None:
    site.pages["/a"] = page()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "web.urls").write_text(site.url("/a"))
    (tmp_path / "notes" / "oil.txt").write_text(OIL)
    assert counts(add(tmp_path / "notes")) == {"added": 2}


def test_an_address_that_fails_stops_no_other(site, add) -> None:
    site.pages["/a"] = page()
    report = add(site.url("/gone"), "http://10.0.0.1/", site.url("/a"), "ftp://a.example/")
    assert counts(report) == {"added": 1, "failed": 3}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/a", Said(NOTE.encode(), headers={"Content-Type": "text/plain"})),
        ("/a.md", Said(f"# Small caps\n\n{NOTE}".encode(), headers={"Content-Type": "text/plain"})),
        ("/a.jsonl", Said(json.dumps({"text": NOTE}).encode(), headers={"Content-Type": "application/octet-stream"})),
        ("/a", Said(page().body)),
        ("/a", Said(gzip.compress(NOTE.encode()), headers={"Content-Type": "text/plain", "Content-Encoding": "gzip"})),
        ("/a", Said(page().body, headers={"Content-Type": "application/xml"})),
    ],
    ids=["text", "markdown", "jsonl", "page without a type", "packed", "page called xml"],
)
def test_a_document_is_read_as_what_it_is(site, add, path, said) -> None:
    site.pages[path] = said
    assert counts(add(site.url(path))) == {"added": 1}


def test_a_pdf_is_read_by_its_reader(site, add) -> None:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(0, text=NOTE)
    site.pages["/a"] = Said(bytes(pdf.output()), headers={"Content-Type": "application/octet-stream"})
    assert counts(add(site.url("/a"))) == {"added": 1}


def test_the_servers_word_on_the_encoding_counts(site, settings) -> None:
    text = f"Café prices: {NOTE}"
    site.pages["/a"] = Said(
        text.encode("cp1251", "ignore") + "Цены".encode("cp1251"),
        headers={"Content-Type": "text/plain; charset=windows-1251"},
    )
    (article,) = read_articles(site.url("/a"), settings=settings)
    assert article.text.endswith("Цены")


@pytest.mark.parametrize(
    "kind", ["image/png", "video/mp4", "application/x-7z-compressed", "text/css", 'a/b; charset="x']
)
def test_a_document_that_no_reader_reads_is_told(site, add, kind) -> None:
    site.pages["/a"] = Said(b"\x01\x02", headers={"Content-Type": kind})
    (failure,) = add(site.url("/a")).failed
    assert "is not read" in failure.reason


def test_an_empty_page_is_told(site, add) -> None:
    site.pages["/a"] = Said(b" \n", headers={"Content-Type": "text/html"})
    assert "empty page" in add(site.url("/a")).failed[0].reason


def test_without_a_library_everything_is_fetched(site, settings) -> None:
    site.pages["/a"] = tagged(page())
    assert [len(list(read_articles(site.url("/a"), settings=settings))) for _ in range(2)] == [1, 1]


# --- feeds


def test_a_feed_brings_the_articles_it_links(site, add) -> None:
    site.pages.update({"/a": page(), "/b": page(OIL), "/feed": rss(item("/a"), item(site.url("/b")))})
    assert counts(add(site.url("/feed"))) == {"added": 2}


def test_a_feed_may_be_a_file(site, add, tmp_path) -> None:
    site.pages.update({"/a": page()})
    (tmp_path / "feed.xml").write_bytes(rss(item(site.url("/a"))).body)
    assert counts(add(tmp_path / "feed.xml")) == {"added": 1}


def test_a_feed_called_a_page_is_still_a_feed(site, add) -> None:
    site.pages.update({"/a": page(), "/feed": Said(rss(item("/a")).body, headers={"Content-Type": "text/html"})})
    assert counts(add(site.url("/feed"))) == {"added": 1}


def test_the_entry_fills_what_the_page_leaves_open(site, add) -> None:
    said = "<pubDate>Tue, 14 Oct 2025 08:30:00 GMT</pubDate><author>a@desk.com (Ann Pell)</author>"
    site.pages.update({"/a": page(title=""), "/feed": rss(item("/a", "Caps to neutral", said))})
    add(site.url("/feed"))
    (article,) = add.library.articles()
    found = (article.title, article.authors, article.published.isoformat(), article.publisher)
    assert found == ("Caps to neutral", ("Ann Pell",), "2025-10-14T08:30:00", None)


def test_what_the_page_states_goes_before_the_entry(site, add) -> None:
    head = '<meta name="author" content="Bo Marsh"><meta property="article:published_time" content="2025-10-13">'
    said = "<pubDate>Tue, 14 Oct 2025 08:30:00 GMT</pubDate><author>a@desk.com (Ann Pell)</author>"
    site.pages.update({"/a": page(head=head), "/feed": rss(item("/a", "Another headline", said))})
    add(site.url("/feed"))
    (article,) = add.library.articles()
    assert (article.title, article.authors, article.published.day) == ("Small caps", ("Bo Marsh",), 13)


def test_a_page_that_is_gone_is_read_from_the_feed(site, add) -> None:
    content = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;{OIL}&lt;/p&gt;</content:encoded>'
    site.pages["/feed"] = rss(item("/gone", "Oil cut", content))
    assert counts(add(site.url("/feed"))) == {"added": 1}
    (ref,) = add.library.articles()
    article = add.library.article(ref.id)
    assert (article.url, article.publisher) == (site.url("/gone"), "Desk notes")
    assert OIL in article.text
    assert ("text_from", "feed") in article.metadata


def test_a_page_that_is_gone_and_not_in_the_feed_is_told(site, add) -> None:
    site.pages["/feed"] = rss(item("/gone", more="<description>In short.</description>"))
    assert add(site.url("/feed")).failed == (
        Failure(site.url("/gone"), "the server answers 404 (Not Found); check the address."),
    )


def test_a_feed_in_a_feed_is_not_followed(site, add) -> None:
    site.pages.update({"/feed": rss(item("/more")), "/more": rss(item("/feed"))})
    assert "not followed" in add(site.url("/feed")).failed[0].reason
    assert len(site.asked("/feed")) == 1


def test_an_entry_without_an_address_or_text_is_told(site, add) -> None:
    site.pages["/feed"] = rss("<title>x</title><guid>tag:1</guid>")
    assert "neither its address nor its text" in add(site.url("/feed")).failed[0].reason


# --- again


def test_what_has_not_changed_is_not_sent_again(site, add) -> None:
    site.pages["/a"] = tagged(page(), **{"Last-Modified": "Tue, 14 Oct 2025 08:30:00 GMT"})
    add(site.url("/a"))
    assert counts(add(site.url("/a"))) == {"unchanged": 1}
    asked = site.asked("/a")[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Tue, 14 Oct 2025 08:30:00 GMT")


def test_what_has_changed_is_updated(site, add) -> None:
    site.pages["/a"] = tagged(page())
    add(site.url("/a"))
    site.pages["/a"] = tagged(page(OIL), '"2"')
    assert counts(add(site.url("/a"))) == {"updated": 1}
    assert counts(add(site.url("/a"))) == {"unchanged": 1}
    assert site.asked("/a")[-1].headers["if-none-match"] == '"2"'


def test_a_page_that_cannot_say_is_compared(site, add) -> None:
    site.pages["/a"] = page()
    add(site.url("/a"))
    assert counts(add(site.url("/a"))) == {"unchanged": 1}
    assert "if-none-match" not in site.asked("/a")[-1].headers


def test_an_article_that_was_removed_is_fetched_whole(site, add) -> None:
    site.pages["/a"] = tagged(page())
    add(site.url("/a"))
    add.library.remove([ref.id for ref in add.library.articles()])
    assert counts(add(site.url("/a"))) == {"added": 1}


def test_a_copy_is_fetched_whole_since_its_text_is_anothers(site, add) -> None:
    site.pages.update({"/a": tagged(page()), "/b": tagged(page())})
    assert counts(add(site.url("/a"), site.url("/b"))) == {"added": 1, "duplicates": 1}
    site.pages["/a"] = tagged(page(OIL), '"2"')
    add(site.url("/a"), site.url("/b"))
    assert {add.library.find(site.url(path)).url for path in ("/a", "/b")} == {site.url("/a"), site.url("/b")}


def test_an_etag_is_said_only_to_the_address_that_gave_it(site, add) -> None:
    site.pages.update(
        {"/go": Said(status=302, headers={"Location": "/a"}), "/a": tagged(page()), "/b": tagged(page(OIL))}
    )
    add(site.url("/go"))
    site.pages["/go"] = Said(status=302, headers={"Location": "/b"})
    assert counts(add(site.url("/go"))) == {"updated": 1}
    assert all("if-none-match" not in request.headers for path in ("/go", "/b") for request in site.asked(path))


def test_a_server_that_says_unchanged_unasked_is_not_believed(site, add) -> None:
    site.pages["/a"] = Said(status=304)
    assert "304" in add(site.url("/a")).failed[0].reason


def test_a_feed_that_has_not_changed_counts_its_articles(site, add) -> None:
    site.pages.update({"/a": tagged(page()), "/b": tagged(page(OIL)), "/feed": tagged(rss(item("/a"), item("/b")))})
    add(site.url("/feed"))
    before = len(site.requests)
    assert counts(add(site.url("/feed"))) == {"unchanged": 2}
    assert [request.path for request in site.requests[before:]] == ["/robots.txt", "/feed"]


def test_a_feed_with_news_asks_of_the_rest_only_whether_it_changed(site, add) -> None:
    site.pages.update({"/a": tagged(page()), "/b": tagged(page(OIL)), "/feed": tagged(rss(item("/a")))})
    add(site.url("/feed"))
    site.pages["/feed"] = tagged(rss(item("/b"), item("/a")), '"2"')
    assert counts(add(site.url("/feed"))) == {"added": 1, "unchanged": 1}
    assert counts(add(site.url("/feed"))) == {"unchanged": 2}


def test_a_feed_is_asked_for_again_until_all_its_pages_were_had(site, add) -> None:
    site.pages.update({"/a": page(), "/feed": tagged(rss(item("/a"), item("/later")))})
    add(site.url("/feed"))
    site.pages["/later"] = page(GOLD)
    assert counts(add(site.url("/feed"))) == {"added": 1, "unchanged": 1}


def test_a_page_that_could_not_be_read_is_fetched_whole_again(site, add) -> None:
    site.pages["/a"] = tagged(Said(b"<html><body></body></html>", headers={"Content-Type": "text/html"}))
    add(site.url("/a"))
    add(site.url("/a"))
    assert "if-none-match" not in site.asked("/a")[-1].headers


def test_nothing_is_remembered_of_what_was_not_stored(site, open_library) -> None:
    library = open_library()
    site.pages["/a"] = tagged(page())

    def interrupt(now: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([site.url("/a")], library, extractor=None, progress=interrupt)
    assert library.sources.last_fetch(site.url("/a")) is None
    assert counts(ingest([site.url("/a")], library, extractor=None)) == {"added": 1}


def test_what_was_stored_before_a_stop_is_remembered(site, open_library, settings) -> None:
    library = open_library()
    site.pages["/a"] = tagged(page())
    ingest([site.url("/a")], library, extractor=None)
    (article,) = read_articles(site.url("/a"), settings=settings)
    from ingest.fetch.fetcher import Page
    from ingest.types import RawDocument

    with pytest.raises(KeyboardInterrupt), Visits(library) as visits:
        visits.met(Page(site.url("/a"), site.url("/a"), {"etag": '"9"'}, b""))
        visits.read(RawDocument("a", None, "a", ".html", b"", url=site.url("/a")), article)
        raise KeyboardInterrupt
    assert library.sources.last_fetch(site.url("/a")).etag == '"9"'


# --- what is shown

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://desk.example/a", "https://desk.example/a"),
        ("https://me:hunter2@desk.example/a", "https://…@desk.example/a"),
        ("https://hunter2@desk.example/a", "https://…@desk.example/a"),
        ("https://desk.example/a?token=hunter2&id=7#hunter2", "https://desk.example/a?token=…&id=7"),
        ("https://desk.example/a?hunter2", "https://desk.example/a?…"),
        ("https://desk.example/a?x=1;key=hunter2", "https://desk.example/a?x=…&key=…"),
        ("https://desk.example/a?id=hunter2&page=12345678901234567890", "https://desk.example/a?id=…&page=…"),
        ("https:/me:hunter2@desk.example", "https:/…@desk.example"),
        ("https://a.example/@me?q=a=hunter2", "https://a.example/@me?q=…"),
        ("https://a.example/\r\n\x1b[31m", "https://a.example/[31m"),
        ("notes/a?b.md", "notes/a?b.md"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address, shown) -> None:
    assert masked(address) == shown


def test_no_secret_is_in_a_report_a_log_or_the_progress(site, open_library, caplog) -> None:
    caplog.set_level("DEBUG")
    secret = f"key={SECRET}"
    site.pages.update(
        {
            f"/a?{secret}": page(),
            f"/b?{secret}": Said(status=302, headers={"Location": f"http://10.0.0.1/?{secret}"}),
            f"/c?{secret}": Said(status=302, headers={"Location": f"/gone?{secret}"}),
            f"/feed?{secret}": rss(
                item(f"/d?{secret}"), "<guid>x://" + SECRET + "@y</guid>", item(f"//me:{SECRET}@a.example/")
            ),
            f"/e?{secret}": Said(b"<html></html>", headers={"Content-Type": "text/html"}),
            f"/f?{secret}": Said(f'not json "{SECRET}'.encode(), headers={"Content-Type": "application/x-ndjson"}),
        }
    )
    given = [site.url(path) for path in site.pages] + [f"https://me:{SECRET}@a.example/", f"ftp://{SECRET}@a.example"]
    seen: list[Progress] = []
    report = ingest(given, open_library(), extractor=None, progress=seen.append)
    shown = repr(report) + repr(seen) + caplog.text
    assert (len(report.failed), report.added, SECRET in shown) == (9, 1, False)


def test_an_article_is_stored_under_its_address_as_given(site, add) -> None:
    site.pages[f"/a?key={SECRET}"] = page()
    add(site.url(f"/a?key={SECRET}"))
    assert add.library.find(site.url(f"/a?key={SECRET}")).url == site.url(f"/a?key={SECRET}")


def test_the_command_takes_addresses_lists_and_feeds_together(site, tmp_path, embedder, monkeypatch) -> None:
    from ingest.__main__ import app

    monkeypatch.setattr("rag.stores.load_embedder", lambda *_: embedder)
    monkeypatch.setenv("HOUSEVIEW_FETCH_ALLOW", f"desk.example, {site.host}:{site.port}")
    monkeypatch.setenv("HOUSEVIEW_FETCH_DELAY", "0")
    monkeypatch.setattr("ingest.display._EVERY", 3_600)  # a slow machine tells the pace in between
    site.pages.update({"/a": page(), "/b": page(OIL), "/c": page(GOLD)})
    (tmp_path / "list.urls").write_text(site.url("/b"))
    (tmp_path / "feed.xml").write_bytes(rss(item(site.url("/c"))).body)
    given = [site.url("/a"), str(tmp_path / "list.urls"), str(tmp_path / "feed.xml"), site.url(f"/gone?key={SECRET}")]
    result = CliRunner().invoke(app, ["add", *given, "--library", str(tmp_path / "desk")])
    assert (result.exit_code, result.stdout[:9]) == (1, "3 added, ")
    said = f"error: {site.url('/gone')}?key=…: the server answers 404 (Not Found); check the address."
    assert result.stderr == f"{said}\n"


def test_a_setting_that_makes_no_sense_is_one_line(open_library) -> None:
    from rag.errors import SettingsError

    bad = Settings(_env_file=None, fetch_allow="http://a.example/x")  # type: ignore[call-arg, arg-type]
    with pytest.raises(SettingsError, match="HOUSEVIEW_FETCH_ALLOW"):
        ingest(["https://a.example/"], open_library(), settings=bad, extractor=None)


def test_a_failure_of_one_address_is_an_error_for_a_script(settings) -> None:
    with pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        list(read_articles("http://10.0.0.1/", settings=settings))
