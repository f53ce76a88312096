"""Web pages: the body without what surrounds or hides in it, and what the page states."""

from __future__ import annotations

import re
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


def box(kind: str, *marks: str) -> str:
    """Return a box of two paragraphs for each mark."""
    return "".join(
        f"<div class='{kind}'>{''.join(f'<p>{mark}{n}: {WHY * 2}</p>' for n in '12')}</div>" for mark in marks
    )


def cut(*boxes: str) -> str:
    """Return a page whose body is cut into boxes, with an advertisement after each."""
    grids = "".join(f"<div class='grid'>{each}<aside class='ad'>Buy now</aside></div>" for each in boxes)
    return f"<html><head>{HEAD}</head><body><main>{grids}</main></body></html>"


def marks_in(text: str) -> list[str]:
    return re.findall(r"\b[A-Z]\d(?=: )", text)


def test_a_body_cut_into_boxes_is_put_together_in_order() -> None:
    text = read(cut(*(box("article__body", mark) for mark in "ABCD"))).text
    assert marks_in(text) == ["A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2"]


def test_boxes_of_another_kind_are_no_part_of_the_body() -> None:
    page_of_two = page(box("article__body", "A") + PARAGRAPHS) + f"<section>{box('story', 'X', 'Y')}</section>"
    assert not {"X1", "Y1"} & set(marks_in(read(page_of_two).text))


def test_a_hidden_box_of_the_bodys_kind_stays_out() -> None:
    hidden = box("article__body", "X").replace("<div", "<div hidden")
    assert "X1" not in read(cut(box("article__body", "A"), hidden, box("article__body", "B"))).text


def test_a_paragraph_that_only_links_on_is_dropped() -> None:
    links = "<p><a href='/x'>Gold is not done yet, says Tern</a> <a href='/y'>Five funds that like tin</a></p>"
    text = read(page(PARAGRAPHS + links + PARAGRAPHS)).text
    assert "Gold" not in text


def test_a_link_in_a_sentence_stays() -> None:
    text = read(page(PARAGRAPHS + f"<p>{WHY} See <a href='/x'>what we wrote on gold last week</a> too.</p>")).text
    assert "what we wrote on gold last week" in text


def test_a_page_of_links_keeps_them() -> None:
    links = "".join(f"<p><a href='/{n}'>{n}. {WHY}</a></p>" for n in range(9))
    assert "7. Harbor Street" in read(page(links)).text


def test_an_editors_tags_are_no_text() -> None:
    tags = "<p>Tags: <a rel='tag' href='/t'>small caps outlook</a>, <a rel='tag' href='/u'>rates</a></p>"
    assert "outlook" not in read(page(f"<p>{WHY * 5}</p>" + tags)).text


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(SourceError, match="more than 100,000 elements"):
        read(page("<b>x</b>" * 100_001))


def test_entities_of_a_page_s_own_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE html [<!ENTITY e0 "words words">{declared}]>' + page(f"<p>{WHY * 5} &e9;</p>")
    assert len(read(bomb).text) < 2 * len(WHY * 5) + 1_000


@pytest.mark.parametrize("mark", ["div", "span", "b", "blockquote", "table><tr><td"])
def test_deep_nesting_is_read_or_refused(mark: str) -> None:
    try:
        assert read(page(f"<{mark}>" * 20_000 + WHY * 5)).text
    except SourceError as error:
        assert "\n" not in str(error)
