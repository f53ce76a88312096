"""Signing in for real: the app, a browser, and a provider of OpenID Connect on loopback."""

from __future__ import annotations

import shutil

import pytest
from signing_in import providing
from visiting import Visit, served

pytestmark = pytest.mark.browser

ANN, BEN, EVE = "ann@desk.example", "ben@house.example", "eve@elsewhere.example"
ACCOUNTS = {
    ANN: {"sub": "1", "email": ANN, "email_verified": True, "name": "Ann Reader"},
    BEN: {"sub": "2", "email": BEN, "email_verified": True},
    EVE: {"sub": "3", "email": EVE, "email_verified": True},
    "somebody who says to be ann": {"sub": "4", "email": ANN, "email_verified": False},
}
SETTINGS = {
    "HOUSEVIEW_READERS": f"{ANN},@house.example",
    "HOUSEVIEW_MAY_INGEST": ANN,
    "HOUSEVIEW_MAY_DELETE": ANN,
}


@pytest.fixture(scope="module")
def origin(chromium, sample_library, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(sample_library, folder / "library")
    with providing(ACCOUNTS) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(provider.secrets_toml("http://127.0.0.1:{port}"))
        options = ("--secrets.files", str(secrets))
        with served(folder / "library", folder / "app.log", *options, **SETTINGS) as address:
            yield address


@pytest.fixture
def visits(chromium, origin, viewport):
    """Open the app in a browser of one's own, as often as wanted."""
    contexts = []

    def open_app(path: str = "") -> Visit:
        contexts.append(chromium.new_context(viewport=viewport))
        visit = Visit(contexts[-1].new_page(), origin)
        visit.page.goto(origin + path)
        return visit

    yield open_app
    for context in contexts:
        context.close()


def sign_in(visit: Visit, account: str) -> Visit:
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.get_by_role("link", name=account).click()
    visit.page.wait_for_url(f"{visit.origin}/**")
    return visit


def enter(visit: Visit, account: str) -> Visit:
    sign_in(visit, account).page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)
    return visit


@pytest.mark.parametrize("path", ["", "/library", "/views", "/ask"])
def test_whoever_has_not_signed_in_sees_nothing_but_the_page_to_do_so(visits, path):
    visit = visits(path)
    visit.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    visit.settle()
    words = set(visit.page.locator(".stApp").inner_text().split("\n"))
    assert words - {"", "login", "Skip to main content"} == {"Houseview", "Sign in to read.", "Sign in"}


def test_a_listed_reader_signs_in_and_is_answered(visits):
    visit = enter(visits(), ANN)
    visit.ask("who upgraded small caps and why")
    assert visit.page.locator('[class*="st-key-statement-"]').count() > 0
    assert visit.page.get_by_text("Signed in as Ann Reader").is_visible()


def test_a_reader_of_a_listed_domain_signs_in(visits):
    enter(visits(), BEN).page.get_by_text(f"Signed in as {BEN}").wait_for(timeout=60_000)


@pytest.mark.parametrize("account", [EVE, "somebody who says to be ann"])
def test_who_is_not_listed_or_whose_address_nobody_verified_is_told_so_and_sees_nothing(visits, account):
    visit = sign_in(visits(), account)
    visit.page.get_by_text("may not read here").wait_for(timeout=60_000)
    assert visit.page.get_by_test_id("stChatInputTextArea").count() == 0
    links = visit.page.get_by_role("link").all_inner_texts()
    assert [link for link in links if link != "Skip to main content"] == []


def test_signing_out_ends_it(visits):
    visit = enter(visits(), ANN)
    visit.page.get_by_role("button", name="Sign out").click()
    visit.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    visit.page.goto(visit.origin + "/library")
    visit.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)


def test_a_forged_cookie_is_nobody(visits):
    visit = visits()
    forged = {"name": "_streamlit_user", "value": "2|1:0|10:1|15:_streamlit_user|4:e30=|00", "url": visit.origin}
    visit.page.context.add_cookies([forged])
    visit.page.reload()
    visit.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert visit.page.get_by_test_id("stChatInputTextArea").count() == 0


def kept(visit: Visit) -> list[str]:
    """Return the names of the conversations that a reader is offered."""
    visit.go("Ask")
    visit.page.get_by_role("button", name="New conversation").wait_for()
    visit.settle()
    return visit.page.locator(".st-key-conversations [class*=st-key-open-]").all_inner_texts()


def test_two_readers_see_only_their_own_conversations_also_when_they_come_again(visits):
    ann, ben = enter(visits(), ANN), enter(visits(), BEN)
    ann.ask("Who cut their oil forecast?")
    ben.ask("Who disagrees about Tessermill?")
    assert "oil forecast" not in ben.page.locator(".stApp").inner_text()
    assert "disagrees" not in ann.page.locator(".stApp").inner_text()
    names = {"ann": kept(enter(visits(), ANN)), "ben": kept(enter(visits(), BEN))}
    assert ["oil forecast" in " ".join(each) for each in names.values()] == [True, False]
    assert ["disagrees" in " ".join(each) for each in names.values()] == [False, True]


def test_only_who_may_add_and_remove_is_offered_to(visits):
    ann, ben = enter(visits(), ANN), enter(visits(), BEN)
    for visit in (ann, ben):
        visit.go("Library")
        visit.page.get_by_test_id("stDataFrame").first.wait_for()
        visit.settle()
    offered = [
        (
            visit.page.get_by_test_id("stFileUploader").count() > 0,
            visit.page.get_by_role("button", name="Remove").count() > 0,
        )
        for visit in (ann, ben)
    ]
    assert offered == [(True, True), (False, False)]
