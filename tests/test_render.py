"""Answers as text: what an article says can never act as markup, and the terminal gets plain lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_article
from markdown_it import MarkdownIt

from rag import Answer, Citation, Passage, Scope, Statement
from rag.render import as_terminal_text, day, escape_markdown, listing, markdown, marks, nearest_lines, source_line
from rag.types import GUESSED_DATE

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = ("*", "_", "`", "[x](http://e.test)", "![x](y)", "<img src=x>", "&lt;", "&#35;", "\\", "~~", "$", "|", "# ")
PUBLISHED = datetime(2026, 3, 20, 12, tzinfo=UTC)
ARTICLE = make_article("a.md", "Tin is cheap.", title="On tin", publisher="Harbour Wire", published=PUBLISHED).ref


def shown(source: str) -> str | None:
    """Return the text that a Markdown renderer shows, or None if it finds anything but one paragraph of text."""
    blocks = MARKDOWN.parse(source)
    if [block.type for block in blocks] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    children = blocks[1].children or []
    if any(child.type not in ("text", "text_special") for child in children):
        return None
    return "".join(child.content for child in children)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6))).map("".join)))
def test_escaped_text_is_shown_as_it_is(text):
    # U+0000 is not part of Markdown and surrogates are no text; an answer's lines begin with a name.
    plain = " ".join("".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff").split())
    assert shown("Tern: " + escape_markdown(plain)) == ("Tern: " + plain).rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "# Title",
        "> quoted",
        "<b>bold</b>",
        "[link](javascript:alert(1))",
        "![image](http://e.test/x.png)",
        "| a | b |",
        "```",
        "~~~",
        "***",
        "[1]: http://e.test",
        "- item",
        "+ item",
        "1. item",
        "2) item",
        "---",
    ],
)
def test_no_block_begins_with_escaped_text(text):
    assert shown(escape_markdown(text)) == text


@pytest.mark.parametrize("text", ["a\nb", "a\n\n# b", "a\r\n\tb", "a\u2028b"])
def test_escaped_text_is_one_line(text):
    assert len(escape_markdown(text).splitlines()) == 1


@pytest.mark.parametrize(("published", "expected"), [(PUBLISHED, "20 March 2026"), (None, "undated")])
def test_a_day_is_written_out(published, expected):
    assert day(published) == expected


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (ARTICLE, "On tin, Harbour Wire, 20 March 2026"),
        (make_article("http://e.test/a", "x").ref, "http://e.test/a, undated"),
        (make_article("notes/a.md", "x").ref, "notes/a.md, undated"),
    ],
)
def test_a_source_is_named_by_the_best_that_is_known(article, expected):
    assert source_line(article) == expected


def test_each_statement_is_a_paragraph_with_its_marks():
    text = markdown([Statement("Tern: “x”", (1, 2)), Statement("Wexley: “$9”", (3,))])
    assert text == "Tern: “x” [1][2]\n\nWexley: “\\$9” [3]"


def test_marks_are_the_markers_in_brackets():
    assert marks(Statement("x", (1, 12))) == "[1][12]"


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "question": "Who likes tin?",
        "text": "",
        "statements": (Statement("Tern, 20 March 2026: “Tin is cheap.”", (1,)),),
        "citations": (Citation(1, ARTICLE, 0, 13, "Tin is cheap."),),
        "views": (),
        "abstained": False,
        "coverage": "1 article in scope.",
        "scope": Scope(),
        "model": None,
        "timings_ms": {},
        "notes": ("Read “last week” as: from 1 March 2026.",),
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


PAGED = Citation(1, ARTICLE, 0, 13, "Tin is cheap.", page=3)


def test_a_mark_says_the_page_in_markdown_and_stays_plain_text():
    text = markdown((Statement("Tin is cheap.", (1, 2)),), citations=(PAGED, Citation(2, ARTICLE, 0, 3, "Tin")))
    assert text == "Tin is cheap. [1] (p. 3)[2]"
    assert shown(text) == text


def test_the_terminal_says_the_page_of_a_source():
    assert "[1] On tin, Harbour Wire, 20 March 2026, p. 3" in as_terminal_text(answer(citations=(PAGED,)))


def test_a_guessed_date_is_written_as_one():
    guessed = make_article("a.md", "Tin", title="On tin", published=PUBLISHED, metadata=(GUESSED_DATE,)).ref
    assert source_line(guessed) == "On tin, about 20 March 2026"


def test_the_terminal_shows_notes_statements_sources_and_coverage():
    assert as_terminal_text(answer()).split("\n") == [
        "Read “last week” as: from 1 March 2026.",
        "Tern, 20 March 2026: “Tin is cheap.” [1]",
        "",
        "Sources:",
        "[1] On tin, Harbour Wire, 20 March 2026",
        "    “Tin is cheap.”",
        "",
        "1 article in scope.",
    ]


def test_the_terminal_shows_a_refusal_with_the_nearest_as_such():
    near = Passage("a:0", ARTICLE, 0, 13, "Tin is cheap.")
    text = as_terminal_text(answer(abstained=True, statements=(), citations=(), nearest=(near,)))
    assert ("Nothing in the library answers" in text, "do not answer the question" in text, "Tin is cheap" in text) == (
        True,
        True,
        True,
    )


def test_nearest_passages_are_shortened_at_a_word():
    (line,) = nearest_lines([Passage("a:0", ARTICLE, 0, 900, "tungsten " * 100)])
    assert line.endswith("tungsten …”") and len(line) < 320


def test_markdown_ends_with_how_many_views_are_left():
    assert markdown([Statement("Tin is cheap.", (1,))], 3).endswith("\n\n… and 3 more views.")


def test_one_view_left_is_one():
    assert markdown([], 1) == "… and 1 more view."


@pytest.mark.parametrize(
    ("names", "said"),
    [(["tin"], "tin"), (["tin", "zinc"], "tin and zinc"), (["tin", "zinc", "tin", "lead"], "tin, zinc and lead")],
)
def test_names_are_listed_in_words_each_once(names, said):
    assert listing(names) == said


def test_the_terminal_says_a_lists_coverage_once_and_what_is_left():
    coverage = "9 articles in scope; 4 state a view on tin; 4 bullish."
    statements = (Statement(coverage, (1,)), Statement("Tern is bullish on tin.", (1,)))
    answer = Answer(
        question="Who likes tin?",
        text=markdown(statements, 3),
        statements=statements,
        citations=(Citation(1, ARTICLE, 0, 13, "Tin is cheap."),),
        views=(),
        abstained=False,
        coverage=coverage,
        scope=Scope(),
        model=None,
        timings_ms={},
    )
    shown_text = as_terminal_text(answer)
    assert (shown_text.count(coverage), shown_text.splitlines()[-1]) == (1, "… and 3 more views.")
