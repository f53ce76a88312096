"""Passages: whole sentences, exact offsets, nothing lost, nothing twice."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.split import split
from rag.types import Article

SENTENCE = "Small caps are cheap against their own history and against large caps too. "


def article(text: str, title: str | None = None) -> Article:
    return Article("a", None, title, None, (), None, None, (), text)


words = st.text("abcdeABCDE0123.,;:!?|-“”’ \t\n—é", min_size=1, max_size=1500)
prose = st.lists(
    st.sampled_from([SENTENCE, "The Outlook\n", "\n\n", "a | b | 3\n", "x" * 1200 + " ", "Inc. ", "word, " * 300]),
    max_size=30,
).map("".join)


@given(st.one_of(words, prose))
def test_every_visible_character_is_in_exactly_one_passage(text: str) -> None:
    passages = split(article(text))
    covered = [i for p in passages for i in range(p.start, p.end) if not text[i].isspace()]
    assert covered == [i for i, c in enumerate(text) if not c.isspace()]


@given(st.one_of(words, prose))
def test_a_passage_is_its_articles_own_words(text: str) -> None:
    for passage in split(article(text)):
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert passage.id == f"a:{passage.start}"


@given(st.one_of(words, prose))
def test_no_passage_is_longer_than_a_long_sentence_and_a_tail(text: str) -> None:
    assert all(len(p.text) <= 1000 + 120 + 500 for p in split(article(text)))


def test_passages_end_where_sentences_end_and_stay_near_the_target() -> None:
    passages = split(article(SENTENCE * 40))
    assert all(p.text.endswith("too.") for p in passages)
    assert all(400 <= len(p.text) <= 500 for p in passages[:-1])


def test_a_heading_opens_its_section_and_no_passage_crosses_it() -> None:
    text = f"Calls of the week\n\n{SENTENCE}\nThe Outlook\n{SENTENCE * 8}"
    passages = split(article(text, title="Calls of the week"))
    assert [p.section for p in passages] == [None, "The Outlook", "The Outlook"]
    assert passages[1].text.startswith("The Outlook\n")


def test_a_tiny_tail_joins_the_passage_before() -> None:
    passages = split(article(SENTENCE * 6 + "So buy."))
    assert len(passages) == 1


def test_a_very_long_sentence_is_cut_at_a_clause() -> None:
    passages = split(article("we keep buying small caps while they are cheap, " * 60))
    assert len(passages) > 1
    assert all(re.search(r"cheap,$", p.text) for p in passages)


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert [len(p.text) for p in split(article("x" * 2500))] == [1000, 1000, 500]


def test_an_empty_text_has_no_passages() -> None:
    assert split(article("")) == []
