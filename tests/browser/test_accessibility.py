"""What axe-core finds on the app's pages, in both themes: nothing serious, nothing critical."""

from __future__ import annotations

import pytest
from signing_in import providing
from visiting import Visit, served

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="See requirements-dev.txt.")
pytestmark = pytest.mark.browser

THEMES = ("light", "dark")
GRAVE = ("serious", "critical")
QUESTION = "who upgraded small caps and why"


@pytest.fixture
def opened(chromium, viewport):
    """Open an address in a window of its own."""
    context = chromium.new_context(viewport=viewport)

    def open_page(origin: str) -> Visit:
        visit = Visit(context.new_page(), origin)
        visit.page.goto(origin)
        return visit

    yield open_page
    context.close()


@pytest.fixture
def seen(opened, origin) -> Visit:
    """The app as it opens."""
    visit = opened(origin)
    visit.page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)
    return visit


def grave(visit: Visit, state: str) -> list[str]:
    """Return what is wrong with the page as it stands and with the frames in it, a line for each element and theme."""
    visit.settle()
    found = []
    for theme in THEMES:
        visit.page.emulate_media(color_scheme=theme)
        visit.page.wait_for_timeout(500)  # until what fades in, or over into the theme, has its colours
        found += [
            f"{state}, {theme}: {rule['impact']} {rule['id']}: {node['target']} {node['html'][:200]} "
            f"{node['failureSummary']}"
            for frame in visit.page.frames
            for rule in axe.Axe().run(frame).response["violations"]
            if rule["impact"] in GRAVE
            for node in rule["nodes"]
        ]
    return found


def test_every_part_of_a_page_follows_the_theme_of_the_system(seen):
    seen.ask(QUESTION)
    open_source(seen)
    papers = []
    for theme in THEMES:
        seen.page.emulate_media(color_scheme=theme)
        seen.page.wait_for_timeout(500)
        frame = seen.cited().evaluate("it => getComputedStyle(it.ownerDocument.body).backgroundColor")
        mark = seen.mark(2).evaluate("it => getComputedStyle(it).color")
        papers.append((frame, mark))
    assert all(light != dark for light, dark in zip(*papers, strict=True))


def in_popover(visit: Visit, place: str) -> list[str]:
    """Open the menu behind the button in some place and return what is wrong, the menu closed again."""
    visit.page.locator(place).get_by_role("button").last.click()
    visit.page.get_by_test_id("stPopoverBody").wait_for()
    found = grave(visit, f"menu at {place}")
    visit.page.keyboard.press("Escape")
    visit.page.get_by_test_id("stPopoverBody").wait_for(state="detached")
    return found


def open_source(visit: Visit) -> None:
    visit.mark(1).click()
    visit.cited().wait_for()


def test_the_first_page_and_a_source_on_it(seen):
    wrong = grave(seen, "as it opens")
    seen.page.locator('[class*="st-key-home-change-"]').get_by_role("button").first.click()
    seen.cited().wait_for()
    assert wrong + grave(seen, "a source beside the news") == []


def test_the_page_that_asks_before_a_question(seen):
    seen.go("Ask")
    seen.page.locator(".st-key-welcome").wait_for()
    wrong = grave(seen, "as it opens")
    for place in (".st-key-scope-editor", ".st-key-sidebar-foot"):
        wrong += in_popover(seen, place)
    seen.page.get_by_role("button", name="Model").click()
    seen.page.get_by_role("radio", name="Another").click()
    seen.page.get_by_role("textbox", name="Name or address").wait_for()
    assert wrong + grave(seen, "another model") == []


def test_an_answer_and_what_can_be_done_with_it(seen):
    seen.ask(QUESTION)
    wrong = grave(seen, "an answer")
    for drawer in seen.page.locator(".stMain summary").all():
        drawer.click()
    seen.page.get_by_role("radio", name="Thumbs down").click()
    seen.page.get_by_role("button", name="Send", exact=True).click()
    seen.page.get_by_text("Thank you").wait_for()
    wrong += grave(seen, "unfolded, and judged")
    for place in (".st-key-share-0", ".st-key-this-one"):
        wrong += in_popover(seen, place)
    seen.page.get_by_role("button", name="Edit").click()
    seen.page.get_by_label("Your question").wait_for()
    assert wrong + grave(seen, "an edited question") == []


def test_an_open_source_and_its_sections(seen):
    seen.ask(QUESTION)
    open_source(seen)
    wrong = grave(seen, "the article")
    sections = seen.page.locator(".st-key-source-sections").get_by_role("radio")
    for name in sections.all_inner_texts()[1:]:
        sections.filter(has_text=name).click()
        seen.page.locator(".st-key-source-body").wait_for()
        wrong += grave(seen, name)
    assert wrong == []


def test_an_abstention(seen):
    seen.ask("How many yaks live in Mongolia?")
    seen.page.get_by_test_id("stAlert").wait_for()
    assert grave(seen, "an abstention") == []


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}], ids=["phone"])
def test_a_phone(seen):
    wrong = grave(seen, "the first page")
    seen.ask(QUESTION)
    open_source(seen)
    wrong += grave(seen, "a source over the answer")
    seen.page.get_by_role("button", name="Close", exact=True).click()
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_role("button", name="New conversation").wait_for()
    assert wrong + grave(seen, "the sidebar") == []


def test_the_views(seen):
    seen.go("Views")
    seen.page.get_by_test_id("stDataFrame").first.wait_for()
    wrong = grave(seen, "all of them")
    seen.page.get_by_role("button", name="More filters").click()
    seen.page.get_by_label("Stance").wait_for()
    wrong += grave(seen, "more filters")
    seen.page.goto(f"{seen.origin}/views?subject=Tessermill")
    seen.page.get_by_test_id("stVegaLiteChart").first.wait_for(timeout=60_000)
    wrong += grave(seen, "those on a subject")
    seen.page.goto(f"{seen.origin}/views?subject=none+such")
    seen.page.get_by_test_id("stAlert").wait_for(timeout=60_000)
    assert wrong + grave(seen, "none") == []


def test_the_library(seen):
    seen.go("Library")
    seen.page.get_by_test_id("stDataFrame").first.wait_for()
    wrong = grave(seen, "the list")
    for tab, add in (
        ("Paste text", "Add the text"),
        ("From the web", "Add from the web"),
        ("From a folder", "Add the"),
    ):
        seen.page.get_by_role("tab", name=tab).click()
        seen.page.get_by_role("tabpanel").get_by_role("button", name=add).click()
        seen.page.get_by_role("tabpanel").get_by_test_id("stAlert").wait_for()
        wrong += grave(seen, tab)
    for drawer in seen.page.locator(".stMain summary").all():
        drawer.click()
    seen.page.get_by_role("button", name="Check the library").click()
    seen.page.get_by_text("The library was checked").wait_for(timeout=60_000)
    assert wrong + grave(seen, "unfolded, and checked") == []


@pytest.fixture(scope="module")
def closed(chromium, tmp_path_factory):
    """Run an app that readers have to sign in to, which lets in nobody who does."""
    folder = tmp_path_factory.mktemp("closed")
    with providing({"ann": {"sub": "1"}}) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(provider.secrets_toml("http://127.0.0.1:{port}"))
        with served(folder / "library", folder / "app.log", "--secrets.files", str(secrets)) as address:
            yield address


def test_the_page_to_sign_in(opened, closed):
    visit = opened(closed)
    visit.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert grave(visit, "as it is") == []


def test_the_page_of_who_may_not_read(opened, closed):
    visit = opened(closed)
    visit.page.get_by_role("button", name="Sign in").click(timeout=60_000)
    visit.page.get_by_role("link", name="ann").click()
    visit.page.get_by_text("may not read here").wait_for(timeout=60_000)
    assert grave(visit, "as it is") == []
