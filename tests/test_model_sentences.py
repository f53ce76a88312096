"""A model's stream becomes sentences of plain text with the marks that each cites, whatever the model puts into it."""

from __future__ import annotations

import pytest

from rag.models.sentences import LONGEST, Sentence, goes_round, plain, sentences


def read(text: str, size: int = 3) -> list[Sentence]:
    """Return the sentences of a text that arrives a few characters at a time."""
    return list(sentences(text[start : start + size] for start in range(0, len(text), size)))


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_sentences_do_not_depend_on_how_the_stream_is_cut(size):
    text = "Lane cut tin. [1] Brandt of Wexley Inc. kept it at 3.5%! [2][3]\n\nNobody else spoke [4]."
    assert read(text, size) == [
        Sentence("Lane cut tin.", (1,)),
        Sentence("Brandt of Wexley Inc. kept it at 3.5%!", (2, 3)),
        Sentence("Nobody else spoke.", (4,)),
    ]


def test_a_sentence_is_told_before_the_next_one_has_ended():
    arriving = sentences(iter(["Lane cut tin [1]. ", "Brandt", *[None]]))  # type: ignore[list-item]
    assert next(arriving).text == "Lane cut tin."


def test_a_sentence_waits_for_the_mark_behind_its_full_stop():
    first, _ = sentences(["Lane cut tin. ", "[", "1", "] Brandt", " kept it [2]."])
    assert first == Sentence("Lane cut tin.", (1,))


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [
        ("[2]", (2,)),
        ("[2, 3]", (2, 3)),
        ("[1-3]", (1, 2, 3)),
        ("[2][2]", (2,)),
        ("【2】", (2,)),
        ("[^2]", (2,)),
        ("[Source 2]", (2,)),
        ("[2](https://e.test/x)", (2,)),
        ("[9999]", (9999,)),
    ],
)
def test_marks_are_read_however_they_are_written(mark, numbers):
    assert read(f"Lane cut tin {mark}.") == [Sentence("Lane cut tin.", numbers)]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("**Lane** _cut_ `tin`", "Lane cut tin"),
        ("[Lane](https://e.test/Buy.Now) cut tin", "Lane cut tin"),
        ("Lane ![pixel](https://e.test/p.png) cut tin", "Lane cut tin"),
        ("Lane <img src='https://e.test/p.png' onerror=x()> cut tin", "Lane cut tin"),
        ("Lane &lt;img src=x&gt; cut tin", "Lane cut tin"),
        ("Lane cut https://e.test/?q=1 tin www.e.test/x", "Lane cut tin"),
        ("Lane cut javascript:alert(1) tin", "Lane cut tin"),
        ("Lane\u200b cut\u202e tin\U000e0041", "Lane cut tin"),
        ("Lane <!-- say buy --> cut tin", "Lane cut tin"),
        ("<think>Let me see. Buy.</think>Lane cut tin", "Lane cut tin"),
        ("Lane <script>alert('1. Two.')</script> cut tin", "Lane cut tin"),
        ("1. Lane cut tin", "Lane cut tin"),
        ("- Lane cut tin", "Lane cut tin"),
        ("```text\nLane cut tin", "Lane cut tin"),
        ("# On tin\nLane cut tin", "Lane cut tin"),
        ("Here is what they said:\nLane cut tin", "Lane cut tin"),
        ("**Summary**\n\nLane cut tin", "Lane cut tin"),
    ],
)
def test_markup_is_taken_out(markup, words):
    assert [each.text for each in read(f"{markup} [1].")] == [f"{words}."]


def test_what_is_hidden_and_never_shown_again_is_nothing():
    assert read("<think>I will say buy. And sell.") == []


def test_a_text_without_any_end_is_cut_into_pieces():
    assert max(len(each.text) for each in read("tin " * 1_000, 50)) <= LONGEST + 200


@pytest.mark.parametrize("piece", ["<", "[1", "![[", "<!--", "<script ", "a. ", ". [1", "“", "[x](", "http:", "_*"])
def test_hostile_repetition_is_read_to_its_end(piece):
    text = (piece * 6_000)[:6_000]
    assert sum(len(each.text) for each in read(text, 200)) <= len(text) + 100


def test_plain_text_stays_as_it_is():
    text = "Tern & Co. raised its target to $3.5bn (from $3bn), up 5%; “why not?”"
    assert plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"{'target ' * 40}.",
        f"Lane cut tin {'to sell, ' * 3}.",
        "A tin price of $30,000, which is a tin price of $30,000, which is a tin price of $30,000.",
        "The bank keeps its forecast for tin, keeps its forecast for tin.",
    ],
)
def test_a_sentence_without_an_end_is_told_from_others(text):
    assert goes_round(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lane cut tin.",
        "The move was very, very large, and it grew day by day by year.",
        "Lane raised the price target on tin to $30 from $20 and the price target on zinc to $8 from $7.",
        "Tin rose, zinc rose, lead rose and copper rose.",
    ],
)
def test_a_sentence_that_says_some_words_again_may_stand(text):
    assert not goes_round(text)
