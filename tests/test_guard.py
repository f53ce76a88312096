"""The guard: each rule lets through what the quotes say and stops what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import ArticleRef, Quote, Sourced, verify

RAISED = "Hale & Moor raised its price target on Wexley to $48 from $42 on Monday."
NO_CUT = "Brackley does not expect the central bank to cut rates in December."
CUT = "Brackley expects the central bank to cut rates in December."


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        # numbers and units
        ("The target on Wexley is $48.", RAISED),
        ("Margins widened by 60 bps.", "Margins widened by 60 basis points."),
        ("Margins widened by 0.6 percentage points.", "Margins widened by 60 basis points."),
        ("Revenue was $3,000 million.", "Revenue was $3 billion."),
        ("Revenue rose 4 percent.", "Revenue rose 4.0%."),
        ("Output was 3m barrels.", "Output was 3 million barrels."),
        ("3 members dissented.", "Three members dissented."),
        ("The rate is 5-1/4%.", "The rate is 5-1/4%."),
        # names
        ("Mara Lane likes Wexley.", "“We like Wexley,” said Mara Lane."),
        # ratings
        ("Wexley was raised to overweight.", "Tern raised Wexley to overweight from neutral."),
        # direction
        ("Hale & Moor lifted its target on Wexley.", RAISED),
        ("Tern turned negative on tin.", "Tern turned bearish on tin, negative on copper."),
        # negation
        (NO_CUT, NO_CUT),
        (CUT, CUT),
        # certainty
        ("The index could reach 2,900.", "The index could reach 2,900."),
        ("The index may reach 2,900.", "The index will reach 2,900."),
        ("The index will reach 2,900.", "The index will reach 2,900."),
        # verbatim quotation
        ("Lane called it “a mirage”.", "“Margins are a mirage,” Lane said of it. She called it so."),
        ("Lane said “Margins are a mirage”.", "“Margins  are\na mirage,” Lane said."),
    ],
)
def test_what_the_quote_says_is_supported(statement, quote):
    assert verify(statement, [quote]).problems == ()


@pytest.mark.parametrize(
    ("statement", "quote", "problem"),
    [
        ("The target on Wexley is $84.", RAISED, "number"),
        ("Margins widened by 60 percentage points.", "Margins widened by 60 basis points.", "number"),
        ("Margins widened by 60%.", "Margins widened by 60 basis points.", "number"),
        ("Revenue was 3 million.", "Revenue was 3 billion.", "number"),
        ("Revenue rose 40%.", "Revenue rose 4.0%.", "number"),
        ("Wexley earned 4 cents a share.", "Wexley earned $4 a share.", "number"),
        ("The margin was -3%.", "The margin was 3%.", "number"),
        ("Three members dissented.", "Two members dissented.", "number"),
        ("The house sees $61 in 2027.", "The house sees $61 in 2026.", "date"),
        ("Wexley trades at 12 times earnings.", "Wexley trades at 21 times earnings.", "number"),
        ("Mara Lane upgraded Wexley.", "Ines Duarte upgraded Wexley.", "name"),
        ("Wexley was upgraded by Tern.", "Wexley was upgraded.", "name"),
        ("Wexley was upgraded to buy.", "Wexley was upgraded to hold.", "rating"),
        ("Wexley is rated underweight.", "Wexley is rated overweight.", "rating"),
        ("Hale & Moor cut its target on Wexley.", RAISED, "direction"),
        ("Wexley was downgraded.", "Wexley was upgraded.", "direction"),
        ("Tern turned bearish on tin.", "Tern turned bullish on tin.", "direction"),
        ("Revenue fell to $3 billion.", "Revenue rose to $3 billion.", "direction"),
        (CUT, NO_CUT, "negation"),
        (NO_CUT, CUT, "negation"),
        ("The fund fails to beat its index.", "The fund beats its index.", "negation"),
        ("The index will reach 2,900.", "The index could reach 2,900.", "certain"),
        ("Tin will certainly outperform in spring.", "Tin may outperform in spring.", "certain"),
        ("Lane called it “a miracle”.", "“Margins are a mirage,” Lane said of it. She called it so.", "verbatim"),
        ("The moon is made of green cheese.", "Wexley was upgraded.", "most words"),
        ("Revenue was €3 billion.", "Revenue was $3 billion.", "number"),
        ("The target is £48.", "The target is $48.", "number"),
        ("The rate is 5-1/2%.", "The rate is 5-1/4%.", "number"),
        ("Rates rose 4 percentage points.", "Rates rose 4%.", "number"),
        ("Wexley is not cheap.", "Wexley is cheap.", "negation"),
        (RAISED.replace("$48 from $42", "$42 from $48"), RAISED, ""),
        ("Wexley was raised to sell from buy.", "Wexley was raised to buy from sell.", ""),
    ],
)
def test_what_the_quote_does_not_say_is_a_problem_that_names_its_rule(statement, quote, problem):
    assert any(problem in each for each in verify(statement, [quote]).problems)


def test_a_curly_apostrophe_negates_as_a_straight_one_does():
    assert not verify("Brackley doesn’t expect the central bank to cut rates in December.", [CUT]).supported


def test_a_negation_with_a_curly_apostrophe_cannot_be_dropped():
    assert not verify(CUT, ["Brackley doesn’t expect the central bank to cut rates in December."]).supported


def test_a_contraction_may_be_written_out():
    assert verify(NO_CUT, ["Brackley doesn’t expect the central bank to cut rates in December."]).supported


@pytest.mark.parametrize(
    "statement",
    [
        "Brackley never expects rates to fall: “Brackley expects rates to fall.”",
        "Brackley does not expect rates to fall: “Brackley expects rates to fall.”",
    ],
)
def test_a_whole_quotation_does_not_excuse_the_words_around_it(statement):
    assert not verify(statement, ["Brackley expects rates to fall."]).supported


@pytest.mark.parametrize("quotes", [[], [""], ["  \n"]])
def test_nothing_is_supported_without_a_quote(quotes):
    assert verify("Wexley was upgraded.", quotes).problems == ("no quote is cited",)


def test_quotes_may_be_given_as_quotes():
    assert verify("Wexley was upgraded.", [Quote("a", 5, 25, "Wexley was upgraded.")]).supported


def test_several_quotes_support_together():
    assert verify("Mara Lane upgraded Wexley to buy.", ["Mara Lane likes it.", "She upgraded Wexley to buy."]).supported


def test_metadata_support_the_holder_and_the_date():
    metadata = ("Tern Capital", "3 March 2026")
    assert verify("Tern Capital, 3 March 2026: “Tin is cheap.”", ["Tin is cheap."], metadata).supported


@pytest.mark.parametrize(
    "metadata",
    [(), ("Tern Capital", "4 March 2026"), ("Wexley Bank", "3 March 2026")],
)
def test_a_holder_or_date_from_nowhere_is_a_problem(metadata):
    assert not verify("Tern Capital, 3 March 2026: “Tin is cheap.”", ["Tin is cheap."], metadata).supported


def test_metadata_support_no_rating_or_direction():
    assert not verify("Tern upgraded tin to buy.", ["Tern follows tin."], ("Tern upgrades tin to a buy",)).supported


def test_each_problem_is_one_line():
    verdict = verify("Zorn cut Wexley to sell\nand $9.", [RAISED])
    assert verdict.problems and all("\n" not in each for each in verdict.problems)


WORDS = st.sampled_from(
    "Hale Moor raised cut $48 4.5% not will could Wexley’s buy underweight (TSML): 60 bp, 1,300 n't — don’t".split()
)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=20), st.data())
def test_any_verbatim_quotation_of_a_source_is_supported(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    assert verify(f"“{' '.join(source[start:end])}”", ["Other words.", " ".join(source)]).supported


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_a_whole_source_in_quotation_marks_is_supported_whatever_it_holds(source):
    assert verify(f"“{source}”", [source]).supported


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3))
def test_supported_means_no_problems(statement, quotes):
    verdict = verify(statement, quotes)
    assert verdict.supported is (not verdict.problems)


def test_a_house_may_be_named_by_another_of_its_names():
    assert verify("Bank of America raised Oakmere.", ["BofA raised Oakmere."]).supported


def test_two_letters_name_a_house_in_capitals_only():
    assert not verify("Morgan Stanley raised Oakmere.", ["Ms Lane raised Oakmere."]).supported


def test_what_is_known_of_a_name_beside_a_negated_quote_is_not_negated():
    quote = "Tern Capital does not see tin rising."
    assert verify("Tern Capital is bearish on tin.", [quote], ["bearish on tin"]).supported


def test_a_claim_beside_a_negated_quote_is_still_judged():
    assert not verify("Tern Capital sees tin rising.", ["Tern Capital does not see tin rising."]).supported


@pytest.mark.parametrize(
    "added",
    ["because a war broke out", "since its auditors quit", "while the founder was arrested", "; voters rejected it"],
)
def test_a_part_that_no_quote_says_is_not_paid_for_by_a_long_true_one(added) -> None:
    quote = "Gantlow raised its rating on small caps to overweight from neutral on Monday, citing profit forecasts."
    assert verify(quote, [quote]).supported
    assert not verify(f"{quote.rstrip('.')} {added}.", [quote]).supported


@pytest.mark.parametrize(
    "invented",
    [
        "Most other houses agree with Ann Pell (Gantlow).",
        "The regulator has opened an inquiry into the matter, Ann Pell (Gantlow) said.",
        "Ann Pell (Gantlow) told clients to sell everything they own.",
    ],
)
def test_a_holder_s_name_does_not_pay_for_words_of_no_quote(invented) -> None:
    article = ArticleRef("a", None, None, None, (), None, None, (), None)
    quote = "We raised small caps to overweight from neutral on Monday, citing profit forecasts."
    assert not verify(invented, [Sourced(quote, article, ("Ann Pell", "Gantlow"))]).supported


def sourced(text: str, *said_by: str) -> Sourced:
    return Sourced(text, ArticleRef("a", None, None, None, (), None, None, (), None), said_by)


UBER = sourced("Uber stock price target raised to $48 from $46 at HSBC Global.", "HSBC Global")
LIFT = sourced("Lyft stock price target cut to $31 and rated hold at Susquehanna.", "Susquehanna")
NEWS = sourced("That same day the Russell 2000 jumped 1.2% in heavy trading.")


@pytest.mark.parametrize(
    "false",
    [
        "HSBC Global, undated: Uber stock price target raised to $48 from $31 at HSBC Global.",
        "Uber stock price target raised to $31 from $46 at HSBC Global.",
        "HSBC Global rated hold, Uber stock price target raised to $48 from $46 at HSBC Global.",
        "Susquehanna, undated: Uber stock price target raised to $48 from $46.",
        "Susquehanna, undated: That same day the Russell 2000 jumped 1.2% in heavy trading.",
    ],
)
def test_one_source_s_words_take_nothing_from_another(false) -> None:
    assert not verify(false, [UBER, LIFT, NEWS]).supported


@pytest.mark.parametrize(
    "true",
    [
        "HSBC Global, undated: Uber stock price target raised to $48 from $46 at HSBC Global.",
        "HSBC Global raised its target on Uber to $48 from $46, while Susquehanna cut its target on Lyft to $31.",
        "That same day the Russell 2000 jumped 1.2% in heavy trading.",
    ],
)
def test_what_each_source_says_itself_passes_beside_others(true) -> None:
    assert verify(true, [UBER, LIFT, NEWS]).supported
