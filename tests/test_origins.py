"""How fields were found is noted, guesses are marked, sidecars are believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from ingest import read_articles
from ingest.guesses import with_guesses
from ingest.identity import version
from ingest.types import Draft, RawDocument
from rag.errors import SourceError
from rag.types import Article

BODY = "We move small caps from underweight to neutral, since rates are about to fall and orders have turned at last."
HEAD = "<title>Small caps move up</title>"
LINKED = {"@type": "NewsArticle", "headline": "Small caps move up", "datePublished": "2026-10-14T09:30:00Z"}


@pytest.fixture
def article(tmp_path: Path) -> Callable[..., Article]:
    def made(content: str, name: str = "a.txt", **beside: str) -> Article:
        (tmp_path / name).write_text(content)
        for suffix, said in beside.items():
            (tmp_path / f"{name}.{suffix}").write_text(said)
        (found,) = read_articles(tmp_path)
        return found

    return made


def origin(article: Article, field: str) -> str | None:
    return dict(article.metadata).get(f"{field} from")


def page(head: str = "", top: str = "") -> str:
    body = f"<article><h1>Small caps move up</h1>{top}<p>{BODY * 4}</p></article>"
    return f"<html><head>{HEAD}{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("top", "field", "found"),
    [
        ("Small caps move up\nBy Jane Doe | 14 October 2026", "published", "byline"),
        ("Small caps move up\nBy Jane Doe | 14 October 2026", "authors", "byline"),
        ("Small caps move up\nBy Jane Doe | 14 October 2026", "title", "first line"),
        ("Title: Small caps\nDate: 14 October 2026\nSource: Tern", "published", "label"),
        ("Title: Small caps\nDate: 14 October 2026\nSource: Tern", "publisher", "label"),
    ],
)
def test_first_lines_are_named_as_what_they_are(article, top, field, found) -> None:
    assert origin(article(f"{top}\n\n{BODY}"), field) == found


def test_a_dateline_is_named(article) -> None:
    found = article(f"Small caps move up\n\nNEW YORK, October 14, 2026 (Tern) - {BODY}")
    assert (origin(found, "published"), origin(found, "publisher")) == ("dateline", "dateline")


def test_front_matter_is_named_and_so_is_a_heading(article) -> None:
    found = article(f"---\ndate: 2026-10-14\n---\n# Small caps move up\n\n{BODY}", "a.md")
    assert (origin(found, "published"), origin(found, "title")) == ("front matter", "heading")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (f'<script type="application/ld+json">{json.dumps(LINKED)}</script>', "linked data"),
        ('<meta property="article:published_time" content="2026-10-14T09:30:00Z">', "OpenGraph"),
        ('<meta name="date" content="2026-10-14">', "meta element"),
        ('<link rel="canonical" href="https://desk.example/2026/10/14/small-caps">', "address"),
    ],
)
def test_a_page_s_date_is_found_where_the_page_states_it(article, head, found) -> None:
    made = article(page(head), "a.html")
    assert (made.published, origin(made, "published"), made.date_is_guess) == (datetime(2026, 10, 14), found, False)


@pytest.mark.parametrize("said", ["14 October 2026", "October 14, 2026", "Oct 14, 2026", "2026-10-14"])
def test_an_element_for_the_time_states_the_date_however_it_is_written(article, said) -> None:
    made = article(page(top=f'<time datetime="2026-10-14">{said}</time>'), "a.html")
    assert (origin(made, "published"), made.date_is_guess) == ("time element", False)


def test_an_article_is_the_same_however_its_fields_were_found(article) -> None:
    found = article(f"Small caps move up\nBy Jane Doe | 14 October 2026\n\n{BODY}")
    other = replace(found, metadata=tuple(pair for pair in found.metadata if not pair[0].endswith(" from")))
    assert version(found) == version(other)
    assert found.metadata != other.metadata


def guessed(name: str, text: str = BODY, metadata: Sequence[tuple[str, str]] = ()) -> Draft:
    document = RawDocument(name, Path(name), f"notes/{name}", ".txt", b"")
    return with_guesses(Draft(text=text, title="A title", metadata=tuple(metadata)), document)


@pytest.mark.parametrize(
    "name",
    [
        "2026-10-14 small caps.txt",
        "small_caps_20261014.txt",
        "small caps 2026_10_14.txt",
        "small-caps-14Oct2026.txt",
        "Small caps 14 October 2026.txt",
        "october-14-2026-small-caps.txt",
    ],
)
def test_a_date_in_a_file_name_is_a_guess(name) -> None:
    draft = guessed(name)
    assert (draft.published, ("published is", "a guess") in draft.metadata) == (datetime(2026, 10, 14), True)


@pytest.mark.parametrize(
    "name",
    [
        "04-10-2026.txt",  # April to some
        "20261314.txt",
        "2026-10-14 to 2026-10-21.txt",
        "920261014.txt",
        "small caps 2026.txt",
        "28 Smarch 2026.txt",
        "30 February 2026.txt",
    ],
)
def test_a_file_name_of_no_certain_date_gives_none(name) -> None:
    assert guessed(name).published is None


def test_a_date_that_prices_are_as_of_is_guessed_before_that_of_the_file() -> None:
    draft = guessed("20261101.txt", f"{BODY} Prices as of 14 October 2026.", [("created", "2026-10-20")])
    assert (draft.published, dict(draft.metadata)["published from"]) == (datetime(2026, 10, 14), "a date in the text")


def test_any_other_date_in_the_text_is_none_of_the_article() -> None:
    assert guessed("a.txt", f"{BODY} Results are due on 14 October 2026.").published is None


def test_a_stated_date_is_no_guess_whatever_the_file_is_called(article) -> None:
    found = article(f"Small caps move up\nBy Jane Doe | 14 October 2026\n\n{BODY}", "2020-01-01.txt")
    assert (found.published, found.date_is_guess) == (datetime(2026, 10, 14), False)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("small_caps_are_cheap_2026-10-14.txt", "small caps are cheap"),
        ("note 7.txt", None),
        ("IMG20261014_a83be12 and more words.txt", None),
        ("scan0001.txt", None),
    ],
)
def test_a_file_name_of_words_is_the_title_of_last_resort(name, title) -> None:
    draft = with_guesses(Draft(text=BODY), RawDocument(name, Path(name), name, ".txt", b""))
    assert draft.title == title


SAID = {"title": "Up", "publisher": "Tern", "authors": ["Jane Doe"], "published": "2026-10-14", "desk": "equities"}


@pytest.mark.parametrize("suffix", ["yaml", "yml", "json"])
def test_a_sidecar_overrides_what_the_document_says_and_is_no_article(article, suffix) -> None:
    found = article(f"---\ntitle: Down\ndate: 2020-01-01\n---\n{BODY}", "a.md", **{suffix: json.dumps(SAID)})
    assert (found.title, found.publisher, found.authors) == ("Up", "Tern", ("Jane Doe",))
    assert (found.published, origin(found, "published")) == (datetime(2026, 10, 14), f"sidecar a.md.{suffix}")
    assert ("desk", "equities") in found.metadata
    assert found.text == BODY


def test_what_a_sidecar_leaves_open_stays_as_the_document_says(article) -> None:
    found = article(f"---\ntitle: Down\n---\n{BODY}", "a.md", yaml="publisher: Tern")
    assert (found.title, origin(found, "title"), found.publisher) == ("Down", "front matter", "Tern")


def test_a_sidecar_s_date_is_no_guess_beside_a_file_name(article) -> None:
    found = article(BODY, "2020-01-01.txt", yaml="published: 2026-10-14")
    assert (found.published, found.date_is_guess) == (datetime(2026, 10, 14), False)


def test_an_edited_sidecar_makes_a_new_version(article) -> None:
    first, second = (version(article(BODY, yaml=f"publisher: {name}")) for name in ("Tern", "Wexley"))
    assert first != second


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("- a list", "holds no fields"),
        ("a: [", "cannot be read"),
        ("published: 04/10/2026", r"no certain date \(04/10/2026\); write it as"),
        ("x: " + "y" * 70_000, "larger than 64 KiB"),
        ("a: &a [x]\n" + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
         + "published: *i", r"no certain date \(no text\)"),
    ],
)  # fmt: skip
def test_a_sidecar_that_cannot_be_believed_is_told_in_one_line(article, said, why) -> None:
    with pytest.raises(SourceError, match=rf"a\.txt: its sidecar a\.txt\.yaml .*{why}"):
        article(BODY, yaml=said)


def test_a_document_cannot_pass_off_its_own_notes(article) -> None:
    found = article(f"---\npages: 0,1\npublished from: the pope\npublished is: a guess\npath: /x\n---\n{BODY}", "a.md")
    assert [key for key, _ in found.metadata] == ["path"]
    assert dict(found.metadata)["path"].endswith("a.md")
