"""Web pages: the body without what surrounds or hides in it, and what the page states."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ingest.readers import html
from ingest.types import Draft, RawDocument
from rag.errors import SourceError

WHY = "Harbor Street Research moved small caps from underweight to neutral on Monday because rates are about to fall. "
HEAD = """<title>Small caps move up - Desk Daily</title>
<link rel="canonical" href="https://desk.example/2026/small-caps">
<meta property="og:title" content="Small caps move up"><meta property="og:site_name" content="Desk Daily">
<meta property="og:type" content="article">
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2026-10-14T09:30:00Z">"""


def page(body: str, head: str = HEAD) -> str:
    return f"""<html lang="en-GB"><head>{head}</head><body><nav><a href="/">Home</a></nav>
    <article><h1>Small caps move up</h1>{body}</article>
    <footer>© {datetime.now().year} Desk Daily</footer></body></html>"""


def read(content: str | bytes) -> Draft:
    data = content if isinstance(content, bytes) else content.encode()
    (draft,) = html.read(RawDocument("a", Path("a"), "a", ".html", data))
    return draft


PARAGRAPHS = f"<p>{WHY * 3}</p><h2>The outlook</h2><p>{WHY * 4}</p>"


def test_a_page_states_its_metadata() -> None:
    draft = read(page(PARAGRAPHS))
    assert (draft.title, draft.publisher, draft.authors) == ("Small caps move up", "Desk Daily", ("Jane Doe",))
    assert draft.published is not None
    assert draft.published.date() == datetime(2026, 10, 14).date()
    assert (draft.url, draft.language, draft.kind) == ("https://desk.example/2026/small-caps", "en", "article")


def test_the_body_is_kept_with_its_headings_and_without_headline_or_footer() -> None:
    lines = read(page(PARAGRAPHS)).text.split("\n")
    assert [line[:11] for line in lines if line] == ["Harbor Stre", "The outlook", "Harbor Stre"]


def test_a_page_without_a_date_has_none() -> None:
    assert read(page(PARAGRAPHS, head="<title>Small caps move up</title>")).published is None


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='DISPLAY: none'>SECRET words that nobody sees on this page at all, ever.</p>",
        "<p hidden>SECRET words that nobody sees on this page at all, ever.</p>",
        "<div style='visibility:hidden'><p>SECRET words that nobody sees on this page.</p></div>",
        "<p style='font-size:0px'>SECRET words that nobody sees on this page at all.</p>",
        "<script>var a = 'SECRET words that nobody sees on this page';</script>",
        "<!-- SECRET words that nobody sees on this page -->",
        "<template><p>SECRET words that nobody sees on this page at all.</p></template>",
    ],
)
def test_what_a_page_hides_does_not_enter(hidden) -> None:
    assert "SECRET" not in read(page(PARAGRAPHS + hidden + PARAGRAPHS)).text


def test_pointers_and_pitches_are_dropped() -> None:
    tail = f"<p>Read more: Gold is not done</p><p>{WHY * 2}</p><p>Sign up for our newsletter.</p>"
    text = read(page(PARAGRAPHS + tail)).text
    assert "Gold" not in text
    assert "newsletter" not in text


def test_the_declared_encoding_is_used() -> None:
    head = '<meta charset="windows-1252"><title>A page</title>'
    body = page(f"<p>{WHY}The café’s price is £20. {WHY}</p>", head=head)
    assert "café’s price is £20" in read(body.encode("cp1252")).text


def test_a_bare_site_is_no_address() -> None:
    head = '<title>Small caps</title><link rel="canonical" href="https://desk.example/">'
    assert read(page(PARAGRAPHS, head=head)).url is None


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(SourceError, match="no article text"):
        read("<html><body><script>1</script></body></html>")
