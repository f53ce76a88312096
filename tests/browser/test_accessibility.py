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


@pytest.fixture(params=THEMES)
def opened(request, chromium, viewport):
    """Open an address in one of the themes."""
    context = chromium.new_context(viewport=viewport, color_scheme=request.param)

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


def grave(visit: Visit) -> list[str]:
    """Return what is wrong with the page as it stands and with the frames in it, a line for each element."""
    visit.settle()
    visit.page.wait_for_timeout(500)  # until what fades in has its colours
    return [
        f"{rule['impact']} {rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for frame in visit.page.frames
        for rule in axe.Axe().run(frame).response["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def test_the_first_page(seen):
    assert grave(seen) == []


def test_the_page_that_asks(seen):
    seen.go("Ask")
    assert grave(seen) == []


def test_an_answer(seen):
    seen.ask(QUESTION)
    assert grave(seen) == []


def test_an_answer_with_everything_unfolded(seen):
    seen.ask(QUESTION)
    for drawer in seen.page.locator(".stMain summary").all():
        drawer.click()
    assert grave(seen) == []


def test_an_open_source(seen):
    seen.ask(QUESTION)
    seen.mark(1).click()
    seen.cited().wait_for()
    assert grave(seen) == []


def test_the_views(seen):
    seen.go("Views")
    seen.page.get_by_test_id("stDataFrame").first.wait_for()
    assert grave(seen) == []


def test_the_views_on_a_subject(seen):
    seen.page.goto(f"{seen.origin}/views?subject=Tessermill")
    seen.page.get_by_test_id("stVegaLiteChart").first.wait_for(timeout=60_000)
    assert grave(seen) == []


def test_the_library(seen):
    seen.go("Library")
    seen.page.get_by_test_id("stDataFrame").first.wait_for()
    assert grave(seen) == []


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
    assert grave(visit) == []


def test_the_page_of_who_may_not_read(opened, closed):
    visit = opened(closed)
    visit.page.get_by_role("button", name="Sign in").click(timeout=60_000)
    visit.page.get_by_role("link", name="ann").click()
    visit.page.get_by_text("may not read here").wait_for(timeout=60_000)
    assert grave(visit) == []
