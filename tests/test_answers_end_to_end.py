"""Questions to the sample library: the real stores, the real model, the answers that a reader gets.

Today is 15 November 2026, the day after the newest sample.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ingest import ingest
from rag import Answer, InputError, Library, Scope, Settings, verify
from rag.compose import stance_facts
from rag.found import narrow
from rag.render import day

ROOT = Path(__file__).parent.parent
SAMPLE_QUESTIONS = ROOT / "tests/data/sample_questions.jsonl"
QUESTIONS = [json.loads(line) for line in SAMPLE_QUESTIONS.read_text("utf-8").splitlines()]
ANSWERABLE = [row for row in QUESTIONS if row["kind"] != "unanswerable"]
KNOWN_FAILURES = {"s11": "“A 10% fall …” stands under a heading that alone says what it is about"}
FIRST_SCREEN = 1_500
SMALL_CAPS = "Who upgraded small caps, and why?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return a library of all samples."""
    options = Settings(_env_file=None)  # type: ignore[call-arg]
    path = tmp_path_factory.mktemp("desk") / "library"
    with Library.open(path, settings=options, today=lambda: date(2026, 11, 15)) as library:
        report = ingest([ROOT / "samples"], library, settings=options)
        assert (report.added + report.duplicates, report.failed) == (29, ())
        yield library


@pytest.fixture(scope="module")
def answers(desk: Library) -> dict[str, Answer]:
    """Return the answers to all sample questions, each after its own history."""
    found = {}
    for row in QUESTIONS:
        history: list[Answer] = []
        for turn in row["history"]:
            history.append(desk.ask(turn["question"], history))
        found[row["id"]] = desk.ask(row["question"], history)
    return found


def bug(reason: str, *values: object) -> object:
    """Mark the parameters that show a bug."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=f"bug: {reason}"))


def rows(chosen: list[dict]) -> list[object]:
    marks = {key: pytest.mark.xfail(strict=False, reason=reason) for key, reason in KNOWN_FAILURES.items()}
    return [pytest.param(row, id=row["id"], marks=marks.get(row["id"], ())) for row in chosen]


def publishers(answer: Answer) -> set[str | None]:
    return {citation.article.publisher for citation in answer.citations}


def texts(answer: Answer) -> str:
    return " ".join(statement.text for statement in answer.statements)


# --- the sample questions


@pytest.mark.parametrize("row", rows(ANSWERABLE))
def test_the_first_screen_holds_every_fact(answers, row):
    head = answers[row["id"]].text[:FIRST_SCREEN].replace("\\", "").lower()
    assert [either for either in row["facts"] if not any(fact.lower() in head for fact in either)] == []


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in QUESTIONS if row["must_not"]])
def test_what_the_question_rules_out_is_not_said(answers, row):
    text = answers[row["id"]].text.replace("\\", "")
    assert [wrong for wrong in row["must_not"] if wrong in text] == []


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in QUESTIONS])
def test_only_what_cannot_be_answered_is_refused(answers, row):
    assert answers[row["id"]].abstained is (row["kind"] == "unanswerable")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in QUESTIONS])
def test_every_statement_is_cited_by_a_marker_that_exists(answers, row):
    answer = answers[row["id"]]
    markers = {citation.marker for citation in answer.citations}
    assert all(each.markers and set(each.markers) <= markers for each in answer.statements)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in QUESTIONS])
def test_every_citation_is_verbatim_and_short(desk, answers, row):
    cited = [(c, desk.article(c.article.id).text[c.start : c.end]) for c in answers[row["id"]].citations]
    assert all(c.quote == text and text.strip() and len(text) <= 600 for c, text in cited)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in QUESTIONS])
def test_the_guard_passes_every_statement(answers, row):
    answer = answers[row["id"]]
    cited = {citation.marker: citation for citation in answer.citations}
    problems = []
    for each in answer.statements:
        sources = [cited[marker] for marker in each.markers]
        known = [
            part
            for c in sources
            for part in (c.article.title, c.article.publisher, day(c.article.published), *c.article.authors)
            if part
        ]
        # What only the ledger knows: how many views there are, and which way each leans.
        known += [answer.coverage, *(fact for view in answer.views for fact in stance_facts([view]))]
        problems += verify(each.text, [c.quote for c in sources], known).problems
    assert problems == []


def test_an_answer_says_how_long_each_stage_took(answers):
    timings = answers["s01"].timings_ms
    assert timings["total"] == pytest.approx(sum(ms for stage, ms in timings.items() if stage != "total"))


# --- newest first, once each, both sides


def test_the_newest_view_of_a_house_leads_and_the_one_before_is_marked(desk):
    answer = desk.ask("How has Gantlow's view on small caps changed since September?")
    first, *others = [each.text for each in answer.statements]
    assert "9 November 2026" in first or "10 November 2026" in first
    assert any(each.startswith("Earlier view: ") and "21 September 2026" in each for each in others)


def test_the_newest_upgrade_is_in_the_answer_and_leads(desk):
    first = desk.ask(SMALL_CAPS).statements[0].text
    assert "overweight from neutral" in first


@pytest.mark.parametrize(
    "question",
    [
        "What is Penrallow's rating on Tessermill?",
        "What is Strickmere's price target on Tessermill?",
    ],
)
def test_a_superseded_view_is_marked_whichever_way_the_house_is_named(desk, question):
    older = [each.text for each in desk.ask(question).statements if "8 October 2026" in each.text]
    assert older and all(text.startswith("Earlier view: ") for text in older)


def test_a_forecast_that_was_dropped_does_not_lead(desk):
    assert "30 October 2026" in desk.ask("What is Holroyd's view on the Fed?").statements[0].text


def test_the_sides_that_disagree_are_the_houses(desk):
    answer = desk.ask("Who disagrees about Tessermill?")
    cited = {citation.marker: citation.quote for citation in answer.citations}
    claim = next(each for each in answer.statements if each.text == "The sources disagree.")
    assert not any("of revenue this quarter" in cited[marker] for marker in claim.markers)


@pytest.mark.parametrize("question", ["Who upgraded uranium?", "What is the target on platinum?"])
def test_a_subject_that_no_article_mentions_is_not_answered_with_another(desk, question):
    assert desk.ask(question).abstained


def test_the_syndicated_copy_is_not_shown_beside_its_original(desk):
    for question in (SMALL_CAPS, "What did Gantlow do about small caps in November?"):
        assert not {"Lanternwick Wire", "Vellingport Courier"} <= publishers(desk.ask(question))


def test_both_sides_of_a_disagreement_are_shown(desk):
    text = texts(desk.ask("Who disagrees about Tessermill?"))
    assert ("Ottermere & Quill" in text, "Penrallow" in text, "buy" in text, "sell" in text) == (True,) * 4


def test_the_bulls_and_the_bears_on_small_caps_are_shown(desk):
    text = texts(desk.ask("Who disagrees about small caps?"))
    assert ("Gantlow" in text, "Penrallow" in text) == (True, True)


def test_a_note_written_as_we_is_told_as_its_authors(desk):
    assert "Isolde Marchmant (Penrallow Capital Markets), 1 October 2026" in texts(
        desk.ask("What does Penrallow say about small caps?", scope=Scope(until=date(2026, 10, 2)))
    )


def test_an_answer_about_one_company_quotes_nothing_about_another(desk):
    quotes = [c.quote for c in desk.ask("What is Ottermere's price target on Tessermill?").citations]
    assert not any("below 2%" in quote for quote in quotes)  # that is Pellowmark's section of the same note


@pytest.mark.parametrize(
    "question",
    [
        "What is Holroyd's view on the Fed?",
        "Which analysts rate Pellowmark?",
        "What would change Marchmant's mind?",
    ],
)
def test_a_word_before_a_role_is_not_told_as_a_house(desk, question):
    text = texts(desk.ask(question))
    assert ("(US)" in text, "(Lead)" in text) == (False, False)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who is still cautious on small caps?", ("Marchmant", "Foss-Decker")),
        bug("the negation is not read", "Who does not share Dunnickvale's gloom on oil?", ("Duquesnoy",)),
        ("Who likes gold?", ("Achterloo",)),
        ("What would change Marchmant's mind?", ("3.75%",)),
        bug("the reason is missing", "How has Dunnickvale's view on oil changed?", ("$61", "34 million")),
    ],
)
def test_the_questions_that_the_samples_suggest_get_their_answers(desk, question, names):
    text = texts(desk.ask(question))
    assert [name for name in names if name not in text] == []


# --- scope


SCOPES = [
    Scope(since=date(2026, 11, 1)),
    Scope(until=date(2026, 10, 1)),
    Scope(as_of=date(2026, 10, 15)),
    Scope(publishers=("Brasslamp Markets",)),
    Scope(kinds=("note",)),
    Scope(since=date(2026, 10, 1), until=date(2026, 10, 31), publishers=("Lanternwick Wire",)),
]


@pytest.mark.parametrize(
    "question", [SMALL_CAPS, "What is the target on Tessermill?", "What do analysts expect of oil?"]
)
@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_everything_cited_or_offered_lies_within_the_scope(desk, question, scope):
    inside = {article.id for article in desk.articles(scope)}
    answer = desk.ask(question, scope=scope)
    assert {c.article.id for c in answer.citations} | {p.article.id for p in answer.nearest} <= inside


@pytest.mark.parametrize("firm", ["Penrallow Capital Markets", "Gantlow Securities"])
def test_a_firm_in_the_scope_is_in_every_article_cited(desk, firm):
    answer = desk.ask("What do analysts say about small caps?", scope=Scope(firms=(firm,)))
    articles = [desk.article(c.article.id) for c in answer.citations]
    assert articles and all(firm.split()[0] in f"{each.publisher} {each.text}" for each in articles)


def test_as_of_answers_as_the_library_stood(desk):
    answer = desk.ask("What is Strickmere's target on Tessermill?", scope=Scope(as_of=date(2026, 10, 15)))
    assert ("$27" in texts(answer), "$29" in texts(answer)) == (True, False)


def test_a_period_in_the_question_holds_for_every_citation(desk):
    answer = desk.ask("What did Penrallow say last week about Tessermill?")
    days = {c.article.published.date() for c in answer.citations if c.article.published}
    assert days and all(date(2026, 11, 2) <= each <= date(2026, 11, 8) for each in days)


def test_a_period_without_articles_is_dropped_and_the_answer_says_so(desk):
    answer = desk.ask("What happened to Tessermill in March 2019?")
    assert (answer.scope, any("March 2019" in note for note in answer.notes)) == (Scope(), True)


DATES = st.one_of(st.none(), st.dates(date(2026, 9, 15), date(2026, 11, 20)))
NAMES = st.sampled_from([(), ("Lanternwick Wire",), ("Gantlow Securities", "Wharrowby Bank")])
ANY_SCOPE = st.builds(
    Scope, since=DATES, until=DATES, as_of=DATES, publishers=NAMES, kinds=st.sampled_from([(), ("note",)])
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_SCOPE, ANY_SCOPE)
def test_a_narrowed_scope_holds_no_article_from_outside(desk, scope, inferred):
    narrowed = {article.id for article in desk.articles(narrow(scope, inferred))}
    assert narrowed <= {article.id for article in desk.articles(scope)}


# --- follow-ups


@pytest.mark.xfail(strict=True, reason="bug: the reason (34 million barrels) is missing")
def test_and_why_gives_the_reason_from_the_articles_cited_before(desk):
    first = desk.ask("What does Dunnickvale expect for Brent in 2027?")
    why = desk.ask("and why?", [first])
    assert "34 million" in texts(why) and {c.article.id for c in why.citations} <= {
        c.article.id for c in first.citations
    }


def test_what_about_another_house_is_about_that_house(desk):
    first = desk.ask("What does Gantlow say about small caps?")
    answer = desk.ask("what about Penrallow?", [first])
    assert "Penrallow" in answer.statements[0].text


def test_what_about_another_house_after_who_leads_with_that_house(desk):
    answer = desk.ask("what about Penrallow?", [desk.ask(SMALL_CAPS)])
    assert answer.abstained or "Penrallow" in answer.statements[0].text


def test_when_was_that_gives_the_date(desk):
    first = desk.ask("Who upgraded Tessermill?")
    assert "6 October 2026" in texts(desk.ask("when was that?", [first]))


def test_the_answer_tells_how_the_follow_up_was_read(desk):
    first = desk.ask("What does Gantlow say about small caps?")
    answer = desk.ask("what about Penrallow?", [first])
    assert (answer.question, answer.standalone) == (
        "what about Penrallow?",
        "What does Penrallow say about small caps?",
    )


def test_a_why_that_needs_a_newer_article_leads_with_the_newest(desk):
    first = desk.ask("What does Dunnickvale expect for Brent in 2027?")
    assert "3 November 2026" in desk.ask("Why did it change its mind?", [first]).statements[0].text


# --- questions that are no questions


@pytest.mark.parametrize("question", ["", "  \n ", "?!…", "word " * 4_000])
def test_an_empty_or_endless_question_is_an_input_error(desk, question):
    with pytest.raises(InputError):
        desk.ask(question)


MARKUP = [
    "<script>alert(1)</script> Who covers [Zorblax](http://e.test)?",
    "![x](http://e.test/x.png) Who covers **Zorblax** & <img src=x onerror=alert(1)>?",
    "Who covers `Zorblax_Corp` | # Title ~~gone~~ $x^2$?",
    "Who covers <Zorblax Holdings>?",
]


@pytest.mark.parametrize("question", MARKUP)
def test_markup_in_a_question_never_acts_in_the_answer(desk, question):
    answer = desk.ask(question)
    inline = [
        child for block in MarkdownIt().enable("strikethrough").parse(answer.text) for child in block.children or ()
    ]
    assert {child.type for child in inline} <= {"text", "text_special", "softbreak"}


@pytest.mark.parametrize(
    "question",
    [
        "August",
        "Who cut oil in the LAST TWO WEEKS?",
        "Who cut oil in the last 99999999 days?",
        "\x00gold\x00",
        "𝔤𝔬𝔩𝔡 🪙?",
        "'; DROP TABLE articles; --",
        "gold* OR NEAR(oil, 2) AND NOT title:x",
    ],
)
def test_an_odd_question_is_answered_refused_or_an_input_error(desk, question):
    try:
        answer = desk.ask(question)
    except InputError:
        return
    assert answer.abstained is (not answer.statements)
