"""Who speaks in each sentence, by name, pronoun, role and open quotation; and which names an article introduces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.introductions import acting_firms, introduced_in
from rag.sentences import sentence_spans
from rag.speakers import attribute, names_in

LANE = "Mara Lane (Tern Capital)"
BRANDT = "Hugo Brandt (Wexley Bank)"


def speakers(text: str) -> list[str | None]:
    return [each.speaker.label if each.speaker else None for each in attribute(text)]


@pytest.mark.parametrize(
    "introduction",
    [
        "Mara Lane, chief strategist at Tern Capital, upgraded copper.",
        "Mara Lane, a strategist with Tern Capital, expects cuts.",
        "Mara Lane, who covers miners at Tern Capital, downgraded Oakmere.",
        "Mara Lane of Tern Capital expects higher rates.",
        "Mara Lane at Tern Capital raised her target.",
        "Tern Capital analyst Mara Lane cut Oakmere to sell.",
        "Tern Capital’s Mara Lane likes Oakmere.",
        "“It is dear,” said Mara Lane of Tern Capital.",
        "According to Mara Lane, a strategist at Tern Capital, copper is cheap.",
        "“This is no bargain,” said Mara Lane, head of research at Tern Capital.",
        "Tern Capital's chief economist, Mara Lane, expects cuts.",
        "Mara Lane is chief strategist at Tern Capital.",
        "Mara Lane (Tern Capital) upgraded copper.",
    ],
)
def test_an_introduction_gives_person_and_firm(introduction):
    assert speakers(introduction) == [LANE]


@pytest.mark.parametrize(
    ("person", "firm", "text"),
    [
        ("Jean-Luc O’Hara", "Tern Capital", "Jean-Luc O’Hara of Tern Capital thinks copper is cheap."),
        ("Tom van Dyke", "Aldmere Brothers", "Aldmere Brothers analyst Tom van Dyke initiated Oakmere at buy."),
        ("Ines Duarte", "Bank of Aldmere", "Ines Duarte, chief economist of the Bank of Aldmere, expects cuts."),
        ("R. K. Voss", "Hale & Moor", "R. K. Voss, an analyst at Hale & Moor, sees cuts."),
    ],
)
def test_names_with_particles_hyphens_and_initials_are_kept_whole(person, firm, text):
    assert speakers(text) == [f"{person} ({firm})"]


@pytest.mark.parametrize(
    "follow_up",
    [
        "She sees a deficit next year.",
        "The strategist said so twice.",
        "“Stocks are thin,” she said.",
        "“Stocks are thin.”",
        "But she would wait.",
        "Lane did not say when.",
        "Demand is strong, she says.",
    ],
)
def test_a_pronoun_role_surname_or_quotation_carries_the_speaker_on(follow_up):
    assert speakers(f"Mara Lane, chief strategist at Tern Capital, upgraded copper. {follow_up}") == [LANE, LANE]


def test_what_the_article_says_itself_belongs_to_nobody():
    text = "Mara Lane of Tern Capital expects cuts. Copper rose 2% on the day."
    assert speakers(text) == [LANE, None]


def test_a_new_name_takes_the_pronoun_with_it():
    text = "Mara Lane of Tern Capital expects hikes. Hugo Brandt, an economist at Wexley Bank, disagrees. He sees cuts."
    assert speakers(text) == [LANE, BRANDT, BRANDT]


def test_a_surname_goes_back_to_the_person_it_belongs_to():
    text = "Mara Lane of Tern Capital expects hikes. Hugo Brandt of Wexley Bank thinks not. Lane expects two."
    assert speakers(text) == [LANE, BRANDT, LANE]


def test_two_people_introduced_together_speak_together():
    text = "Mara Lane and Hugo Brandt, strategists at Tern Capital, prefer bonds. They expect cuts."
    assert speakers(text) == ["Mara Lane and Hugo Brandt (Tern Capital)"] * 2


def test_a_firm_speaks_for_itself():
    text = "Tern Capital raised its target on Oakmere to $40. The firm sees better margins."
    assert speakers(text) == ["Tern Capital", "Tern Capital"]


def test_a_downgrade_at_a_firm_is_the_firms():
    assert speakers("Oakmere was downgraded to hold from buy at Tern Capital, on weaker margins.") == ["Tern Capital"]


def test_a_quotation_that_opens_before_its_attribution_is_the_speakers():
    text = "“Rates must fall. They have to,” Mara Lane, a strategist at Tern Capital, said."
    assert speakers(text) == [LANE, LANE]


def test_a_pronoun_far_from_the_last_speaker_reaches_nobody():
    text = "Mara Lane of Tern Capital expects cuts. " + "Tin fell again. " * 8 + "She was right."
    assert speakers(text)[-1] is None


def test_the_only_analyst_named_for_a_firm_speaks_where_the_firm_does():
    text = "Tern Capital upgraded Oakmere to buy. Its analyst Mara Lane said margins would widen."
    assert speakers(text) == [LANE, LANE]


def test_an_analyst_named_at_the_head_of_the_next_sentence_belongs_to_the_firm():
    assert speakers("Tern Capital cut Oakmere to hold. Analyst Mara Lane fears for margins.") == [LANE, LANE]


@pytest.mark.xfail(strict=True, reason="bug: “she” is given to a man whom the sentence before called “he”")
def test_she_is_not_the_one_who_was_he():
    text = "Mara Lane of Tern Capital likes tin. Hugo Brandt of Wexley Bank does not. “It is dear,” he said. She stays."
    assert speakers(text)[-1] != BRANDT


@pytest.mark.parametrize("possessive", ["Her target is $40.", "Her case rests on debt."])
def test_a_possessive_carries_the_speaker_on(possessive):
    assert speakers(f"Tern Capital’s Mara Lane likes Oakmere. {possessive}") == [LANE, LANE]


@pytest.mark.parametrize("word", ["Nobody", "Everybody", "Neither"])
def test_an_indefinite_pronoun_is_no_firm(word):
    assert names_in(f"Oakmere fell 3%. {word} said why.", None) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Tern Capital no longer expects cuts, its chief US economist said. US economist Mara Lane sees one.", "US"),
        ("Mara Lane, head of US equity strategy, expects cuts.", "US"),
        ("Lead analyst Mara Lane said leverage should fall.", "Lead"),
        ("Finance director Mara Lane said costs would fall.", "Finance"),
    ],
)
def test_a_country_or_an_adjective_before_a_role_is_no_firm(text, wrong):
    assert ("firm", wrong) not in names_in(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Analyst Mara Lane kept a hold rating on Oakmere.",
        pytest.param(
            "Copper rallied. “We are buyers,” Mara Lane said. Lane is a strategist at Tern Capital.",
            marks=pytest.mark.xfail(
                strict=True, reason="bug: a person without a recognised introduction is stored as a firm"
            ),
        ),
    ],
)
def test_a_person_is_never_recorded_as_a_firm(text):
    assert ("firm", "Mara Lane") not in names_in(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "Oakmere Industries (OKMR) rose 3% after Tern Capital upgraded it.",
        "Tern Capital raised its price target on Oakmere Industries (OKMR) to $29.",
    ],
)
def test_a_company_with_its_ticker_is_no_person_of_a_firm(text):
    assert not {("person", "Oakmere Industries"), ("firm", "OKMR")} & set(names_in(text, None))


def test_someone_told_of_in_the_articles_own_voice_is_not_spoken_for():
    text = (
        "Mara Lane of Tern Capital expects hikes. Hugo Brandt of Wexley Bank expects cuts.\n\n"
        "If prices rise, Lane may have her hike by May. If they don’t, Brandt will say that he told everyone so."
    )
    assert speakers(text)[-1] != LANE


def test_names_come_with_their_kinds_once_each():
    text = "Mara Lane, strategist at Tern Capital, likes tin. Lane wants more. Wexley Bank cut tin to sell."
    found = [(kind, name) for kind, name in names_in(text, None) if kind in ("person", "firm")]
    assert found == [("person", "Mara Lane"), ("firm", "Tern Capital"), ("firm", "Wexley Bank")]


def test_a_title_introduces_names_too():
    assert ("firm", "Wexley Bank") in names_in("Tin fell.", "Tin cut to sell at Wexley Bank")


@pytest.mark.parametrize("asset", ["Gold", "Copper", "Oil", "Treasuries"])
def test_an_asset_that_moves_is_no_speaker(asset):
    assert speakers(f"{asset} looks cheap. It rose today.") == [None, None]


def test_an_introduction_by_surname_remembers_the_sentence_that_names_both():
    text = "Tin fell. Mara Lane, strategist at Tern Capital, likes it."
    spans = sentence_spans(text)
    assert introduced_in(text, spans)["Lane"].introduced == (spans[1],)


def test_the_likeliest_acting_firm_comes_first():
    words = "Oakmere was upgraded to buy at Tern Capital, a day after Wexley Bank cut it."
    assert next(acting_firms(words)) == "Tern Capital"


PIECES = (
    "Mara Lane, strategist at Tern Capital, likes tin. ",
    "“It is cheap,” she said. ",
    "“Open quotation. ",
    'He said "so. ',
    "Wexley Bank raised its target to $40. ",
    "The firm sees more.\n\n",
    "Why now\n",
    "Lane agreed. ",
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=10))).map("".join)))
def test_attribution_keeps_every_sentence_and_its_offsets(text):
    found = attribute(text)
    assert [(each.start, each.end, each.text) for each in found] == [(a, b, text[a:b]) for a, b in sentence_spans(text)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1).map("".join))
def test_a_speakers_introduction_names_the_speaker_within_the_article(text):
    labels = [(each.speaker, each.speaker.introduced) for each in attribute(text) if each.speaker]
    missing = [
        speaker.label
        for speaker, spans in labels
        if spans and (speaker.person or speaker.firm or "").split()[-1] not in "".join(text[a:b] for a, b in spans)
    ]
    assert missing == []
