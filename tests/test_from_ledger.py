"""Telling a view: its fields in words that the guard finds in the quotes, and who and what the quote does not name."""

from __future__ import annotations

import pytest
from making import day, make_article, make_view

from rag import Article, Sourced, View, verify
from rag.compose import is_supported
from rag.from_ledger import Told, tell, together

MOVED = "Mara Lane of Tern Capital raised Oakmere to overweight from neutral."


def note(*sentences: str, **fields: object) -> Article:
    return make_article("n.md", " ".join(sentences), published=day("2026-03-20"), **fields)


def told(article: Article, view: View, *, reasons: bool = False, replaced: bool = False) -> Told:
    span = (view.quote.start, view.quote.end)
    found = tell([view], article, span, reasons=view.reasons if reasons else (), replaced=replaced)
    assert found is not None
    return found


def moved(**fields: object) -> tuple[Article, View]:
    article = note(MOVED)
    given = {
        "analyst": "Mara Lane",
        "firm": "Tern Capital",
        "subject": "Oakmere",
        "action": "upgrade",
        "from_rating": "neutral",
        "to_rating": "overweight",
        "stance": "bullish",
    }
    return article, make_view(article, MOVED, **(given | fields))


def test_a_move_is_told_with_its_holder_both_ratings_and_date():
    brief = told(*moved()).brief
    assert brief and brief.text == "Mara Lane (Tern Capital) moved Oakmere from neutral to overweight, 20 March 2026."


def test_in_full_the_quote_follows_word_for_word():
    article, view = moved()
    assert told(article, view).full.text.endswith(f"20 March 2026: “{MOVED}”")


@pytest.mark.parametrize(
    ("sentence", "fields", "said"),
    [
        (
            "Wexley Bank lifted its price target on Oakmere to $47 from $40.",
            {"action": "raise_target", "target_from": "$40", "target_to": "$47", "stance": "bullish"},
            "raised the target on Oakmere to $47 from $40",
        ),
        (
            "Wexley Bank trimmed its target on Oakmere to $31.",
            {"action": "cut_target", "target_to": "$31", "stance": "bearish"},
            "cut the target on Oakmere to $31",
        ),
        (
            "Oakmere was started at hold by Wexley Bank, with a target of $30.",
            {"action": "initiate", "to_rating": "hold", "target_to": "$30"},
            "started Oakmere at hold, target $30",
        ),
        (
            "Wexley Bank reiterated its buy rating on Oakmere.",
            {"action": "reiterate", "to_rating": "buy", "stance": "bullish"},
            "reiterated buy on Oakmere",
        ),
        (
            "Wexley Bank removed Oakmere from its focus list.",
            {"action": "downgrade", "from_rating": "focus list", "stance": "bearish"},
            "removed Oakmere from the focus list",
        ),
        (
            "Wexley Bank recommended Oakmere to its clients.",
            {"action": "none", "to_rating": "recommended", "stance": "bullish"},
            "recommended Oakmere",
        ),
        (
            "Wexley Bank increased its estimate for Oakmere to 2.10 dlrs a share.",
            {"action": "raise_estimate", "stance": "bullish"},
            "raised the estimate for Oakmere",
        ),
        ("Wexley Bank thinks Oakmere will do well.", {"stance": "bullish"}, "is bullish on Oakmere"),
    ],
)
def test_each_action_is_told_in_its_own_words(sentence, fields, said):
    article = note(sentence)
    view = make_view(article, sentence, firm="Wexley Bank", subject="Oakmere", **fields)
    assert told(article, view).full.text == f"Wexley Bank {said}, 20 March 2026: “{sentence}”"


def test_a_rating_that_no_quote_holds_is_not_told():
    article, view = moved(from_rating="sell")
    assert "sell" not in told(article, view).full.text


def test_two_people_are_bullish_together():
    sentence = "Mara Lane and Hugo Brandt at Tern Capital favour tin."
    article = note(sentence)
    view = make_view(article, sentence, analyst="Mara Lane and Hugo Brandt", firm="Tern Capital", stance="bullish")
    assert told(article, view).full.text.startswith("Mara Lane and Hugo Brandt (Tern Capital) are bullish on tin")


def test_the_sentence_that_introduces_the_holder_is_cited_beside_the_quote():
    opening, quote = "Mara Lane of Tern Capital looked at tin.", "She raised it to neutral from underweight."
    article = note(opening, quote)
    view = make_view(article, quote, analyst="Mara Lane", firm="Tern Capital", action="upgrade", to_rating="neutral")
    assert [citation.quote for citation in told(article, view).full.citations] == [quote, opening]


def test_a_holder_whom_the_article_never_names_is_not_told():
    article = note("She raised tin to neutral.")
    view = make_view(article, article.text, analyst="Ines Calloway", action="upgrade", to_rating="neutral")
    assert tell([view], article, (0, len(article.text)), reasons=(), replaced=False) is None


def test_a_house_may_go_by_another_of_its_names():
    sentence = "BofA raised Oakmere to buy."
    article = note(sentence)
    fields = {"firm": "Bank of America", "subject": "Oakmere", "action": "upgrade", "to_rating": "buy"}
    assert told(article, make_view(article, sentence, **fields)).full.text.startswith("Bank of America ")


def test_an_unsigned_article_speaks_as_its_author():
    article = note("Forget tin.")
    view = make_view(article, article.text, stance="bearish")
    assert told(article, view).full.text.startswith("The author is bearish on tin")


def test_reasons_that_the_quote_does_not_hold_follow_it_word_for_word():
    reason = "Orders have fallen for three quarters."
    article = note("Wexley Bank cut tin to sell.", reason)
    view = make_view(
        article,
        "Wexley Bank cut tin to sell.",
        firm="Wexley Bank",
        action="downgrade",
        to_rating="sell",
        reasons=[reason],
    )
    full = told(article, view, reasons=True).full
    assert (full.text.endswith(f"Reason given: “{reason}”"), full.citations[-1].quote) == (True, reason)
    known = [Sourced(each.quote, article.ref, ("Wexley Bank",), (view,)) for each in full.citations]
    assert verify(full.text, known).problems == ()


def test_a_reason_within_the_quote_is_not_said_twice():
    sentence = "Wexley Bank cut tin to sell because orders fell."
    article = note(sentence)
    view = make_view(
        article, sentence, firm="Wexley Bank", action="downgrade", to_rating="sell", reasons=["because orders fell"]
    )
    assert told(article, view, reasons=True).full.text.count("orders fell") == 1


def test_a_negated_quote_still_has_a_brief_telling_of_the_stance():
    sentence = "Wexley Bank does not see tin rising."
    article = note(sentence)
    view = make_view(article, sentence, firm="Wexley Bank", stance="bearish")
    brief = told(article, view).brief
    assert brief and brief.text == "Wexley Bank is bearish on tin, 20 March 2026."


def test_what_one_sentence_says_of_several_is_told_once():
    sentence = "Wexley Bank recommended Oakmere, Pellow and Strand."
    article = note(sentence)
    fields = {"firm": "Wexley Bank", "to_rating": "recommended", "stance": "bullish"}
    views = [make_view(article, sentence, subject=subject, **fields) for subject in ("Oakmere", "Pellow", "Strand")]
    (group,) = together(views)
    found = tell(group, article, (0, len(sentence)), reasons=(), replaced=False)
    assert found and found.full.text.startswith("Wexley Bank recommended Oakmere, Pellow and Strand,")


def test_different_views_of_one_holder_are_told_apart():
    article = note("Wexley Bank likes Oakmere. Wexley Bank shuns Pellow.")
    views = [
        make_view(article, "Wexley Bank likes Oakmere.", firm="Wexley Bank", subject="Oakmere", stance="bullish"),
        make_view(article, "Wexley Bank shuns Pellow.", firm="Wexley Bank", subject="Pellow", stance="bearish"),
    ]
    assert len(together(views)) == 2


def test_every_telling_is_supported_by_what_it_cites():
    article, view = moved()
    both = told(article, view)
    assert both.brief and is_supported(both.brief) and is_supported(both.full)


def test_the_guard_itself_passes_a_telling_without_the_ledgers_word():
    article, view = moved()
    full = told(article, view).full
    assert verify(full.text, [citation.quote for citation in full.citations], ["20 March 2026"]).supported
