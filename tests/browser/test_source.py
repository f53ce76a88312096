"""The open source in a real browser: its steps and keys, its sections, and a page of a PDF."""

from __future__ import annotations

import re

import pytest
from fpdf import FPDF
from invented_views import extractor, write_import_file
from making import make_article, make_passages, make_view
from visiting import Visit, served

from ingest import ingest
from rag import Article, Library, Record, View

pytestmark = pytest.mark.browser

PDF_NAME = "rigs.pdf"
RIGS = "Bram Oduyale of Ottermere upgraded Skarnholm from hold to buy on Tuesday."
FIRST, LAST = "Tungsten is cheap, Marit Oy of Halden says.", "Tungsten is dear, Marit Oy of Halden says."


def reader(article: Article) -> list[View]:
    """Return the views of the invented articles, and that of the PDF."""
    if article.source.endswith(PDF_NAME):
        return [make_view(article, RIGS, analyst="Bram Oduyale", firm="Ottermere", subject="Skarnholm")]
    return extractor(article)


def long_record(library: Library) -> Record:
    """Return an article of a million characters with a view at each end; only its first line is searched for."""
    filler = "\n\n".join(f"Paragraph {n} is about metals, and about little else than metals." for n in range(15_000))
    article = make_article("long", f"{FIRST}\n\n{filler}\n\n{LAST}", title="Metals at length")
    views = [
        make_view(article, words, analyst="Marit Oy", firm="Halden", subject="tungsten") for words in (FIRST, LAST)
    ]
    return Record(
        article=article,
        version="1",
        text_hash="1",
        passages=make_passages(article)[:1],
        vectors=library.embedder.encode([FIRST]),
        views=tuple(views),
    )


@pytest.fixture(scope="module")
def origin(chromium, tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    write_import_file(folder / "notes.jsonl")
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for text in ("Rigs are busy this autumn, and day rates have turned.", RIGS):
        pdf.add_page()
        pdf.multi_cell(0, 6, text)
    pdf.output(str(folder / PDF_NAME))
    with Library.open(folder / "library") as library:
        ingest([folder / "notes.jsonl", folder / PDF_NAME], library, extractor=reader)
        library.put([long_record(library)])
    with served(folder / "library", folder / "app.log") as address:
        yield address


@pytest.fixture
def opens() -> bool:
    """Each test opens the page that it is about."""
    return False


def look(visit: Visit, subject: str) -> None:
    """Open the first view on a subject at its words."""
    visit.page.goto(f"{visit.origin}/views?subject={subject}")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for(timeout=60_000)
    visit.settle()
    table.scroll_into_view_if_needed()
    table.click(position={"x": 30, "y": 54})
    visit.cited().wait_for()


def ask(visit: Visit, question: str = "Who has a view on small caps?") -> None:
    """Ask, by default what several articles answer, and open the first source."""
    visit.open_chat()
    visit.ask(question)
    visit.mark(1).click()
    visit.cited().wait_for()


def current(visit: Visit, words: str) -> None:
    """Wait until some words are the current ones."""
    visit.page.frame_locator(".st-key-source-panel iframe").last.locator("#cited", has_text=words).wait_for()


def steps(visit: Visit, said: str) -> None:
    """Wait until the steps say where one is, and all else is drawn."""
    visit.page.locator(".st-key-source-steps").get_by_text(said).wait_for()
    visit.settle()


def is_in_frame(visit: Visit) -> bool:
    """Return whether the current words lie within the frame that they are read in."""
    visit.page.wait_for_timeout(700)  # a smooth scroll
    mark, frame = visit.cited().bounding_box(), visit.page.locator(".st-key-source-panel iframe").bounding_box()
    return mark["y"] >= frame["y"] and mark["y"] + mark["height"] <= frame["y"] + frame["height"]


def test_the_keys_step_through_the_citations_while_a_question_is_typed(visit):
    ask(visit)
    visit.page.get_by_test_id("stChatInputTextArea").focus()
    visit.page.keyboard.press("Alt+ArrowDown")
    steps(visit, re.compile("^2 of"))
    visit.page.keyboard.press("Alt+ArrowUp")
    steps(visit, re.compile("^1 of"))


def test_the_source_of_a_later_answer_is_beside_it(visit):
    ask(visit)
    visit.ask("What does Marit Oy say about tungsten?")
    visit.page.locator(".st-key-turn-1").get_by_role("button", name="[1]", exact=True).first.click()
    current(visit, FIRST)
    assert any(0 <= visit.cited().bounding_box()["y"] < 900 for _ in range(10) if is_in_frame(visit))


def test_what_the_panel_shows_stays_chosen_on_another_page(visit):
    ask(visit)
    chosen = visit.page.locator(".st-key-source-sections").get_by_role("radio", checked=True)
    for page in ("Views", "Ask"):
        visit.go(page)
        chosen.filter(has_text="Article").wait_for()
    visit.page.locator(".st-key-source-sections").get_by_text("More").click()
    chosen.filter(has_text="More").wait_for()
    visit.go("Library")
    chosen.filter(has_text="More").wait_for()


def test_a_mark_pressed_by_key_keeps_the_focus(visit):
    visit.open_chat()
    visit.ask("Who has a view on small caps?")
    visit.mark(2).press("Enter")
    steps(visit, re.compile("^2 of"))
    visit.page.wait_for_function("document.activeElement?.innerText === '[2]'")


def test_the_keys_work_within_the_article_and_closing_it_returns_to_its_mark(visit):
    ask(visit)
    visit.cited().click()
    visit.page.keyboard.press("Alt+ArrowDown")
    steps(visit, re.compile("^2 of"))
    visit.cited().click()
    visit.page.keyboard.press("Escape")
    visit.page.locator(".st-key-source-panel").wait_for(state="detached")
    visit.page.wait_for_function("document.activeElement?.innerText === '[2]'")


def test_pressing_the_mark_of_an_open_source_again_brings_its_words_back(visit):
    ask(visit, "What does Marit Oy say about tungsten?")
    current(visit, FIRST)
    visit.cited().click()
    visit.page.keyboard.press("End")
    before = is_in_frame(visit)
    visit.mark(1).click()
    visit.settle()
    assert (before, any(is_in_frame(visit) for _ in range(10))) == (False, True)


def test_what_is_opened_from_the_list_of_views_is_shown_in_the_article(visit):
    look(visit, "tungsten")
    visit.page.locator(".st-key-source-panel").get_by_text("2 views").click()
    visit.page.locator(".st-key-source-body").get_by_role("button", name="tungsten").last.click()
    current(visit, LAST)
    assert is_in_frame(visit)


def test_a_long_article_opens_at_its_words_and_goes_on_to_those_at_its_other_end(visit):
    look(visit, "tungsten")
    current(visit, FIRST)
    assert is_in_frame(visit)
    visit.page.get_by_role("button", name="Next").click()
    current(visit, LAST)
    assert is_in_frame(visit)


def test_the_page_of_a_pdf_is_shown_and_the_text_again(visit):
    look(visit, "Skarnholm")
    panel = visit.page.locator(".st-key-source-panel")
    panel.get_by_text("PDF page").click()
    panel.get_by_text("Page 2 of 2").wait_for()
    image = panel.get_by_role("img", name="Page 2 of the PDF")
    image.wait_for()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1_000
    panel.get_by_text("Article").click()
    visit.cited().wait_for()
    assert visit.elsewhere() == []


def test_an_earlier_view_leads_to_the_later_one_and_more_by_the_analyst_opens(visit):
    visit.page.goto(f"{visit.origin}/views?subject=small+caps&firm=Gantlow+Securities")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for(timeout=60_000)
    visit.settle()
    table.scroll_into_view_if_needed()
    table.click(position={"x": 30, "y": 54 + 36})
    current(visit, "cut small caps from overweight to neutral")
    panel = visit.page.locator(".st-key-source-panel")
    panel.get_by_role("button", name="Later view by the same house").click()
    current(visit, "lifted small caps back to overweight")
    panel.get_by_text("More", exact=True).click()
    panel.get_by_text("More by Mara Ilves").wait_for()


@pytest.mark.parametrize(
    "viewport", [{"width": 390, "height": 800}, {"width": 820, "height": 900}], ids=["phone", "tablet"]
)
def test_where_there_is_no_room_beside_the_answer_the_source_lies_over_it_and_is_wide_enough(visit, viewport):
    ask(visit)
    visit.page.wait_for_timeout(500)
    panel = visit.page.locator(".st-key-source-panel")
    box = panel.bounding_box()
    assert panel.locator("iframe").bounding_box()["width"] > 330
    assert box["x"] >= 0 and box["x"] + box["width"] <= viewport["width"]
    assert is_in_frame(visit)
