"""Who speaks in each sentence, by name, pronoun, role and open quotation; and which names an article introduces."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.acting import acting_firms
from rag.names import names_of
from rag.people import introduced_in
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
        "Copper rallied. “We are buyers,” Mara Lane said. Lane is a strategist at Tern Capital.",
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


def first_role(text: str) -> str | None:
    return next(each.speaker.role for each in attribute(text) if each.speaker)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mara Lane, chief market strategist at Tern Capital, expects cuts.", "chief market strategist"),
        (
            "Mara Lane, vice president and senior economist at Tern Capital, expects cuts.",
            "vice president and senior economist",
        ),
        ("Tern Capital oil analyst Mara Lane expects cuts.", "oil analyst"),
        ("Tern Capital’s chief economist, Mara Lane, expects cuts.", "chief economist"),
        ("“Tin is dear,” said Mara Lane, director of research at Tern Capital.", "director of research"),
        ("Oakmere chairman Mara Lane said sales would rise.", "chairman"),
        ("Finance Minister Mara Lane said growth would slow.", "Finance Minister"),
        ("Mara Lane, head of U.S. equity strategy at Tern Capital, expects cuts.", "head of U.S. equity strategy"),
        ("A Tern analyst said margins would widen.", "analyst"),
        ("Mara Lane of Tern Capital expects cuts.", None),
    ],
)
def test_a_role_is_kept_in_the_words_of_the_text(text, role):
    assert first_role(text) == role


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "NEW YORK, March 4 - Mara Lane of Hale Peabody and Co said tin would fall.",
            "Mara Lane (Hale Peabody and Co)",
        ),
        (
            "Hale Barney, Moor Upham and Co analyst Mara Lane said tin would fall.",
            "Mara Lane (Hale Barney, Moor Upham and Co)",
        ),
        ("E.F. Moor food analyst June Lane said so.", "June Lane (E.F. Moor)"),
        ("Mara Lane, analyst for Tern Investment Management, said so.", "Mara Lane (Tern Investment Management)"),
        ("Hale Burnham Inc’s Aldmere-based analyst Mara Lane said so.", "Mara Lane (Hale Burnham Inc)"),
        ("Mara Lane, an analyst with broker Tern Capital, said so.", "Mara Lane (Tern Capital)"),
        ("Mara Lane, who follows the industry for Tern Capital, said so.", "Mara Lane (Tern Capital)"),
        (
            "Oil will fall, senior oil analyst for Tern Capital Markets Mara Lane said.",
            "Mara Lane (Tern Capital Markets)",
        ),
        ("“Tin is dear,” said Tern Capital economist Mara Lane.", "Mara Lane (Tern Capital)"),
        ("Moor McEntee and Hale analyst Mara Lane said so.", "Mara Lane (Moor McEntee and Hale)"),
        ("Mara Lane, economist at stockbrokers Hale and Moor, said so.", "Mara Lane (Hale and Moor)"),
        ("Mara Lane, economist with Tern Securities (Asia) Ltd, said so.", "Mara Lane (Tern Securities (Asia) Ltd)"),
        ("Chief Economist Mara Lane of Tern Capital said so.", "Mara Lane (Tern Capital)"),
        ("Mara Lane, an analyst at Tern Inc., said so.", "Mara Lane (Tern Inc.)"),
        ("According to Tern Capital analyst Mara Lane, tin is dear.", "Mara Lane (Tern Capital)"),
    ],
)
def test_the_newswires_introductions_are_read(text, label):
    assert speakers(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "Economists at Tern Securities expect cuts.",
        "Strategists at Tern Securities see two cuts.",
        "A Tern Securities analyst said tin would fall.",
        "Tern Securities analysts are telling investors to buy Oakmere.",
        "According to Tern Securities, tin will fall.",
        "“Tin will fall,” said Tern Securities.",
        "Tern Securities is bullish on Oakmere.",
        "Oakmere started at hold at Tern Securities.",
        "Oakmere rose on a favorable report from Tern Securities, traders said.",
    ],
)
def test_a_firm_without_a_name_of_a_person_speaks(text):
    assert speakers(text) == ["Tern Securities"]


def test_two_houses_of_one_sentence_are_both_kept():
    text = "Oakmere rose on recommendations from Tern Securities and Wexley Securities, traders said."
    [sentence] = attribute(text)
    assert [each.firm for each in (sentence.speaker, *sentence.also)] == ["Tern Securities", "Wexley Securities"]


def test_two_analysts_of_one_sentence_are_both_kept():
    text = (
        "Mara Lane of Tern Capital likes tin. Hugo Brandt of Wexley Bank does too. "
        "Tern’s Lane and Brandt of Wexley also recommend lead."
    )
    last = attribute(text)[-1]
    assert {each.label for each in (last.speaker, *last.also)} == {LANE, BRANDT}


def test_a_surname_before_the_introduction_belongs_to_it():
    text = "Lane said tin would fall. “It is dear,” said Mara Lane, an analyst at Tern Capital."
    assert speakers(text) == [LANE, LANE]


def test_a_short_name_of_the_house_is_written_out():
    text = "Mara Lane of Hale Peabody and Co said so. “It is dear,” said Hale’s Lane."
    assert speakers(text) == ["Mara Lane (Hale Peabody and Co)"] * 2


@pytest.mark.parametrize(
    "follow_up", ["“It is dear,” Mara said.", "“It is dear,” Ms Lane said.", "Lane’s estimate is $3."]
)
def test_first_name_honorific_and_possessive_mean_the_person(follow_up):
    assert speakers(f"Mara Lane, an analyst at Tern Capital, likes tin. {follow_up}") == [LANE, LANE]


@pytest.mark.parametrize(
    "words", ["In her view, tin is dear.", "Her estimate for Oakmere is $3.", "Traders said she cut tin."]
)
def test_speech_without_a_verb_of_its_own_is_carried_on(words):
    assert speakers(f"Mara Lane, an analyst at Tern Capital, likes lead. {words}") == [LANE, LANE]


def test_an_analyst_who_did_not_comment_is_whom_the_next_sentence_means():
    text = "Tern Capital analyst Mara Lane was not available for comment. Traders said she cut tin to sell."
    assert speakers(text)[-1] == LANE


def test_a_quotation_over_paragraphs_stays_with_its_speaker():
    text = 'Mara Lane of Tern Capital was firm. "Tin is dear.\n\n"It will fall," she said.'
    assert speakers(text)[1:] == [LANE, LANE]


def test_a_missing_closing_mark_does_not_hide_the_speaker():
    assert speakers('"I see no reason to change my mind, said Mara Lane, analyst at Tern Capital.') == [LANE]


@pytest.mark.parametrize(
    "other",
    ["Traders said tin would rise.", "One dealer said tin would rise.", "The company said it was pleased."],
)
def test_a_quotation_after_someone_unnamed_is_nobodys(other):
    text = f"Mara Lane of Tern Capital likes lead. {other} “We shall see.”"
    assert speakers(text)[-1] is None


def test_he_after_an_unnamed_man_is_not_the_analyst():
    text = "Mara Lane of Tern Capital likes lead. A spokesman for Oakmere said sales fell. He gave no figures."
    assert speakers(text)[-1] != LANE


def test_they_after_economists_are_not_the_analyst():
    text = "Mara Lane of Tern Capital likes lead. Economists said growth would slow. They gave no figures."
    assert speakers(text)[-1] is None


def test_a_person_who_spoke_before_is_nobodys_firm():
    text = "“It is dear,” Hugo Brandt said. Brandt sold. Mara Lane, an independent analyst, agreed."
    assert speakers(text)[-1] == "Mara Lane"


def test_a_manager_is_not_given_the_house_that_spoke_before():
    text = "Tern Capital cut Oakmere to hold. Chairman Mara Lane said sales would rise."
    assert speakers(text)[-1] == "Mara Lane"


def test_the_house_that_acts_leads_and_not_the_manager_it_met():
    text = "Tern Capital lifts its target for Oakmere to $40 after a meeting with chief executive Mara Lane."
    assert speakers(text) == ["Tern Capital"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Oakmere’s Westland said sales rose.", "Westland (Oakmere)"),
        ("Tern cut its rating on Oakmere, analyst Mara Lane said.", "Mara Lane (Oakmere)"),
        ("Wexley names analyst Mara Lane to its board, Tern Capital said.", "Mara Lane (Wexley)"),
        ("In June Oakmere said sales rose.", "June Oakmere"),
        ("Oakmere, analyst Mara Lane said, is dear.", "Mara Lane (Oakmere)"),
    ],
)
def test_what_stands_beside_a_name_is_not_always_its_firm(text, wrong):
    assert wrong not in speakers(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hale, Moor and Co cut tin.", ["Hale, Moor and Co"]),
        ("Mara Lane and Hugo Brandt met.", ["Mara Lane", "Hugo Brandt"]),
        (
            "The Bank of Aldmere met Tern Securities Ltd Mara Lane.",
            ["Bank of Aldmere", "Tern Securities Ltd", "Mara Lane"],
        ),
        ("First Aldmere Corp and Tern Inc merged.", ["First Aldmere Corp", "Tern Inc"]),
        ("ALDMERE, March 4 - Oakmere fell.", ["Oakmere"]),
        ("Analyst Tom van Dyke met R. K. Voss.", ["Tom van Dyke", "R. K. Voss"]),
        ("Moody's said Standard and Poor's agreed.", ["Moody's", "Standard and Poor's"]),
        ("U.S. Trade fell in New York on Monday.", []),
        ("The Bank said it would act.", []),
    ],
)
def test_names_end_where_the_next_begins(text, names):
    assert [each.text for each in names_of(text)] == names


def test_characters_of_private_use_in_a_text_do_no_harm():
    assert speakers("\ue000\ue001 Mara Lane of Tern Capital expects cuts.") == [LANE]


@pytest.mark.parametrize(
    "junk",
    [
        "Aa, analyst at ",
        "“Aa ",
        "said Aa of ",
        "Bank of ",
        "A. ",
        "upgraded to buy ",
        "Aa Bb said. He said. ",
        "vice president and ",
    ],
)
def test_junk_is_read_in_bounded_time(junk):
    began = time.process_time()
    attribute(junk * (20_000 // len(junk)))
    assert time.process_time() - began < 4


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
