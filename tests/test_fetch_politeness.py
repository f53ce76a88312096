"""Manners: robots.txt, rests between requests, and patience with servers that are busy."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from serving import PUBLIC, Said, make_fetcher, page

from ingest.fetch.fetcher import Limits
from ingest.fetch.pace import Pace
from ingest.fetch.web import Web
from ingest.formats import READERS
from ingest.types import RawDocument
from rag.errors import AddressRefused, FetchFailed


class Clock:
    """Time that passes only when somebody waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def polite(site, clock: Clock, delay: float = 0.0):
    return make_fetcher(site.port, limits=Limits(seconds=20, delay=delay), clock=clock, wait=clock.wait)


def test_what_robots_txt_forbids_is_not_fetched(site) -> None:
    site.pages.update({"/robots.txt": Said(b"User-agent: *\nDisallow: /private"), "/private/a": page()})
    with pytest.raises(AddressRefused, match=r"robots\.txt forbids"):
        make_fetcher(site.port).get(site.url("/private/a"))
    assert site.asked("/private/a") == []


def test_rules_for_us_go_before_rules_for_all(site) -> None:
    rules = b"User-agent: *\nDisallow:\n\nUser-agent: houseview\nDisallow: /"
    site.pages.update({"/robots.txt": Said(rules), "/": page()})
    with pytest.raises(AddressRefused):
        make_fetcher(site.port).get(site.url())


def test_robots_txt_is_fetched_once_for_a_server(site) -> None:
    site.pages.update({"/a": page(), "/b": page()})
    fetcher = make_fetcher(site.port)
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/b"))
    assert len(site.asked("/robots.txt")) == 1


def test_robots_txt_is_asked_of_every_server_that_a_redirect_leads_to(site, serve) -> None:
    other = serve(PUBLIC[1], site.port)
    other.pages.update({"/robots.txt": Said(b"User-agent: *\nDisallow: /b"), "/b": page()})
    site.pages["/a"] = Said(status=302, headers={"Location": other.url("/b")})
    with pytest.raises(AddressRefused, match=r"redirects to http://127\.0\.0\.3"):
        make_fetcher(site.port).get(site.url("/a"))
    assert other.asked("/b") == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_server_without_rules_allows_everything(site, status) -> None:
    site.pages.update({"/robots.txt": Said(status=status), "/": page()})
    assert make_fetcher(site.port).get(site.url()) is not None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_give_its_rules_allows_nothing(site, clock, status) -> None:
    site.pages.update({"/robots.txt": Said(status=status), "/": page()})
    with pytest.raises(FetchFailed, match=r"its robots\.txt"):
        polite(site, clock).get(site.url())
    assert site.asked("/") == []


def test_rules_that_redirect_without_end_count_as_none(site) -> None:
    site.pages.update({"/robots.txt": Said(status=302, headers={"Location": "/robots.txt"}), "/": page()})
    assert make_fetcher(site.port).get(site.url()) is not None


def test_rules_are_read_where_they_redirect_to(site) -> None:
    site.pages["/robots.txt"] = Said(status=301, headers={"Location": "/rules"})
    site.pages.update({"/rules": Said(b"User-agent: *\nDisallow: /"), "/": page()})
    with pytest.raises(AddressRefused):
        make_fetcher(site.port).get(site.url())


def test_of_endless_rules_the_beginning_counts(site) -> None:
    def endless():
        yield b"User-agent: *\nDisallow: /private\n"
        while True:
            yield b"# more\n" * 1_000

    site.pages.update({"/robots.txt": Said(endless), "/": page(), "/private": page()})
    fetcher = make_fetcher(site.port)
    assert fetcher.get(site.url()) is not None
    with pytest.raises(AddressRefused):
        fetcher.get(site.url("/private"))


def test_a_host_rests_between_requests(site, clock) -> None:
    site.pages.update({"/a": page(), "/b": page()})
    fetcher = polite(site, clock, delay=2.0)
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/b"))
    assert clock.waits == [2.0, 2.0]  # robots.txt came first


def test_a_longer_rest_is_taken_when_the_rules_ask_for_it(site, clock) -> None:
    site.pages.update({"/robots.txt": Said(b"User-agent: *\nCrawl-delay: 7"), "/a": page(), "/b": page()})
    fetcher = polite(site, clock, delay=1.0)
    fetcher.get(site.url("/a"))
    fetcher.get(site.url("/b"))
    assert clock.waits == [1.0, 7.0]


def test_one_host_does_not_wait_for_another() -> None:
    clock = Clock()
    pace = Pace(5.0, clock, clock.wait)
    with pace.turn("a"), pace.turn("b"):
        pass
    assert clock.waits == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_after_a_while(site, clock, status) -> None:
    answers = iter([Said(status=status), Said(status=status), page()])
    site.pages["/"] = lambda _: next(answers)
    assert polite(site, clock).get(site.url()) is not None
    assert clock.waits == [2.0, 4.0]


def test_a_server_that_stays_busy_is_left_alone(site, clock) -> None:
    site.pages["/"] = Said(status=503)
    with pytest.raises(FetchFailed, match="503"):
        polite(site, clock).get(site.url())
    assert len(site.asked("/")) == 3


def test_retry_after_is_obeyed(site, clock) -> None:
    answers = iter([Said(status=429, headers={"Retry-After": "17"}), page()])
    site.pages["/"] = lambda _: next(answers)
    polite(site, clock).get(site.url())
    assert clock.waits == [17.0]


def test_retry_after_may_be_a_date(site, clock) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    answers = iter([Said(status=503, headers={"Retry-After": when}), page()])
    site.pages["/"] = lambda _: next(answers)
    polite(site, clock).get(site.url())
    assert 20 < clock.waits[0] <= 30


@pytest.mark.parametrize("later", ["86400", "Fri, 01 Jan 2100 00:00:00 GMT", "9" * 400])
def test_a_server_that_asks_for_too_long_is_left_for_another_day(site, clock, later) -> None:
    site.pages["/"] = Said(status=503, headers={"Retry-After": later})
    with pytest.raises(FetchFailed, match="asks to come back in"):
        polite(site, clock).get(site.url())
    assert (len(site.asked("/")), clock.waits) == (1, [])


@pytest.mark.parametrize("nonsense", ["soon", "-5", "", "1e9", "Fri, 99 Foo 2100"])
def test_a_retry_after_that_means_nothing_is_passed_over(site, clock, nonsense) -> None:
    answers = iter([Said(status=503, headers={"Retry-After": nonsense}), page()])
    site.pages["/"] = lambda _: next(answers)
    assert polite(site, clock).get(site.url()) is not None


@pytest.mark.parametrize(("status", "remedy"), [(401, "login"), (403, "subscribers"), (404, "check"), (410, "gone")])
def test_a_refusal_says_what_to_do(site, status, remedy) -> None:
    site.pages["/"] = Said(status=status)
    with pytest.raises(FetchFailed, match=remedy):
        make_fetcher(site.port).get(site.url())
    assert len(site.asked("/")) == 1


class Crowd:
    """Counts how many requests are under way at the same time."""

    def __init__(self, wanted: int) -> None:
        self.now = self.most = 0
        self._changed = threading.Condition()
        self._wanted = wanted

    def __call__(self, _request: object) -> Said:
        with self._changed:
            self.now += 1
            self.most = max(self.most, self.now)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.most > self._wanted, timeout=0.05)
            self.now -= 1
        return page()


def test_one_host_is_asked_one_thing_at_a_time(site) -> None:
    crowd = Crowd(1)
    site.pages.update({f"/{n}": crowd for n in range(6)})
    with Web(make_fetcher(site.port), READERS, 4) as web:
        found = list(web.documents(site.url(f"/{n}") for n in range(6)))
    assert (len(found), crowd.most) == (6, 1)


def test_no_more_hosts_are_asked_at_once_than_allowed(serve) -> None:
    crowd = Crowd(2)
    first = serve("127.0.0.2")
    sites = [first, *(serve(f"127.0.0.{n}", first.port) for n in (3, 4, 5, 6))]
    for site in sites:
        site.pages["/"] = crowd
    allow = tuple(f"{site.host}:{site.port}" for site in sites)
    with Web(make_fetcher(first.port, allow=allow), READERS, 2) as web:
        found = list(web.documents(site.url() for site in sites))
    assert ([type(each) for each in found], crowd.most) == ([RawDocument] * 5, 2)
