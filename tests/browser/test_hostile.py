"""A hundred hostile articles in a real browser: listed, cited and opened, they stay text and reach nothing."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from hostile_articles import COUNT, METALS, payloads, question, reader, write
from visiting import WIDE, Trap, Visit, served, sync_api, visited

from ingest import ingest
from rag import Library

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]  # a busy machine takes its time

OPENED = 4  # sources of an answer
SINGLY = int(os.environ.get("HOSTILE_SINGLY", "8"))  # articles asked for by name; 100 takes some minutes


@dataclass
class Tour:
    """What was seen on a tour through every page, with all that the browser asked for."""

    stored: int
    trap: list[str]
    visit: Visit
    opened: set[str] = field(default_factory=set)
    planted: list[object] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Note what has been planted in the page, and where its links and pictures lead."""
        page = self.visit.page
        for frame in page.frames:
            with contextlib.suppress(sync_api.Error):  # the frame is being replaced
                self.planted.append(frame.evaluate("window.planted || null"))
        self.links |= set(page.eval_on_selector_all("a[href]", "found => found.map(each => each.href)"))
        self.images |= set(page.eval_on_selector_all("img[src]", "found => found.map(each => each.src)"))

    def open_sources(self, most: int = OPENED) -> None:
        """Open sources of the last answer one after the other and read what is cited in each."""
        turn = self.visit.page.locator('[class*="st-key-turn-"]').last
        marks = turn.locator('[class*="st-key-statement-"]').get_by_role("button")
        for name in list(dict.fromkeys(marks.all_inner_texts()))[:most]:
            marks.get_by_text(name, exact=True).first.click()
            self.visit.settle()
            self.visit.cited().wait_for()
            self.opened.add(self.visit.cited().inner_text())
            self.look()


@pytest.fixture(scope="module")
def tour(chromium: sync_api.Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    folder, trap = tmp_path_factory.mktemp("hostile"), Trap()
    Thread(target=trap.serve_forever, daemon=True).start()
    remote = f"http://127.0.0.1:{trap.server_port}"
    write(folder / "notes", remote)
    with Library.open(folder / "library") as library:
        report = ingest([folder / "notes"], library, extractor=reader)
    assert report.failed == ()
    with served(folder / "library", folder / "app.log") as origin, visited(chromium, origin, WIDE) as visit:
        found = Tour(report.read, trap.hits, visit)
        for metal in METALS:
            visit.ask(f"Who cut {metal} to underweight and why? {payloads(remote)[METALS.index(metal)][:40]}")
            found.look()
            found.open_sources()
        for number in (place * COUNT // SINGLY for place in range(SINGLY)):
            visit.ask(question(number))
            found.open_sources(most=1)
        for page in ("Views", "Library"):
            visit.go(page)
            visit.page.get_by_test_id("stDataFrame").first.wait_for(timeout=60_000)
            visit.settle()
            _scroll(visit, found)
        visit.page.wait_for_timeout(500)
        found.look()
        yield found
    trap.shutdown()
    trap.server_close()


def _scroll(visit: Visit, found: Tour) -> None:
    """Bring the rows of the page's first table into sight."""
    visit.page.get_by_test_id("stDataFrame").first.hover()
    for _ in range(COUNT // 10):
        visit.page.mouse.wheel(0, 400)
        visit.page.wait_for_timeout(20)
    found.look()


def test_the_tour_opens_a_good_share_of_all_hostile_articles(tour: Tour) -> None:
    assert (tour.stored, len(tour.opened) >= SINGLY) == (COUNT, True)


def test_nothing_outside_the_app_is_asked_for(tour: Tour) -> None:
    assert (tour.trap, tour.visit.elsewhere()) == ([], [])


def test_no_script_of_an_article_runs(tour: Tour) -> None:
    assert set(tour.planted) == {None}


def test_no_dialog_opens(tour: Tour) -> None:
    assert tour.visit.dialogs == []


def test_links_lead_to_the_app_or_to_an_article(tour: Tour) -> None:
    own = tour.visit.origin
    assert {link for link in tour.links if not link.startswith((f"{own}/", "http://127.0.0.1"))} == set()


def test_pictures_are_the_apps_own(tour: Tour) -> None:
    assert {
        image for image in tour.images if not image.startswith((tour.visit.origin, "data:image/", "blob:"))
    } == set()
