"""RSS and Atom as they come: well made, careless and hostile."""

from __future__ import annotations

from datetime import datetime

import pytest
from serving import rss

from ingest import feeds
from rag.errors import SourceError

BASE = "https://desk.example/feed"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>
<entry><title type="html">Gold &amp;amp; silver</title>
<link rel="alternate" href="/gold"/><id>tag:desk.example,2025:1</id><updated>2025-10-14T08:30:00Z</updated>
<author><name>Ann Pell</name></author><content type="html">&lt;p&gt;Gold shines.&lt;/p&gt;</content></entry></feed>"""
LAUGHS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><item><title>&c;</title></item></channel></rss>"""


def listed(feed: str | bytes) -> list[feeds.Entry]:
    return feeds.entries(feed.encode() if isinstance(feed, str) else feed, BASE)


def item(inner: str) -> feeds.Entry:
    (entry,) = listed(rss(inner).body)
    return entry


def test_an_atom_entry_is_read_whole() -> None:
    (entry,) = listed(ATOM)
    said = (entry.url, entry.hints.title, entry.hints.authors, entry.hints.published, entry.content)
    assert said == (
        "https://desk.example/gold",
        "Gold & silver",
        ("Ann Pell",),
        datetime(2025, 10, 14, 8, 30),
        "<p>Gold shines.</p>",
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 14 Oct 2025 08:30:00 GMT", datetime(2025, 10, 14, 8, 30)),
        ("Tue, 14 Oct 2025 08:30:00 -0400", datetime(2025, 10, 14, 8, 30)),
        ("2025-10-14", datetime(2025, 10, 14)),
        ("yesterday", None),
    ],
)
def test_the_date_is_the_feeds_own(written, read) -> None:
    assert item(f"<title>x</title><pubDate>{written}</pubDate>").hints.published == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<author>ann@desk.example (Ann Pell)</author>", ("Ann Pell",)),
        ("<author>ann@desk.com (Ann Pell)</author>", ("Ann Pell",)),
        ("<author>desk@desk.example</author>", ()),
        (
            '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ann Pell and Bo Marsh</dc:creator>',
            ("Ann Pell", "Bo Marsh"),
        ),
    ],
)
def test_authors_are_names(written, read) -> None:
    assert item(f"<title>x</title>{written}").hints.authors == read


def test_the_link_may_stand_in_the_guid() -> None:
    assert item("<title>x</title><guid>https://desk.example/1</guid>").url == "https://desk.example/1"


def test_a_summary_is_not_the_article() -> None:
    assert item("<title>x</title><description>Gold shines, says the desk.</description>").content is None


def test_a_description_of_an_articles_length_is_the_article() -> None:
    text = "Gold shines, says the desk. " * 50
    assert item(f"<title>x</title><description>{text}</description>").content == text.strip()


def test_plain_text_content_is_no_markup() -> None:
    feed = ATOM.replace('type="html">&lt;p', 'type="text">&lt;p')
    assert listed(feed)[0].content == "&lt;p&gt;Gold shines.&lt;/p&gt;"


@pytest.mark.parametrize(
    "careless",
    [
        "<title>Gold&nbsp;&amp; silver &copy; desk</title>",
        "<title>Gold & silver</title>",
        "<title>Gold</title><media:thumbnail url='x'/>",
        "<title>Gold</title><br><link>https://desk.example/1</link>",
        "<title>Gold \x0b silver</title>",
    ],
)
def test_a_careless_feed_is_read(careless) -> None:
    assert item(careless).hints.title.startswith("Gold")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_a_feed_is_read_in_the_encoding_it_declares(encoding) -> None:
    feed = f'<?xml version="1.0" encoding="{encoding}"?>' + rss("<title>Café</title>").body.decode().partition("?>")[2]
    assert listed(feed.encode(encoding))[0].hints.title == "Café"


@pytest.mark.parametrize(
    "hostile",
    [
        LAUGHS,
        LAUGHS.encode("utf-16"),
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss version="2.0"><channel><item/></channel></rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><title>&x;</title></rss>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><rss version="2.0"/>',
        LAUGHS.replace("</rss>", "&broken"),
    ],
)
def test_a_document_type_is_refused(hostile) -> None:
    with pytest.raises(SourceError, match="document type"):
        listed(hostile)


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ("<html><body>no feed</body></html>", "not an RSS or Atom feed"),
        ("", "beyond repair"),
        ("\x00\x01\x02", "beyond repair"),
        ("just words", "beyond repair"),
        ('<rss version="2.0"><channel><title>x</title></channel></rss>', "lists no articles"),
        (b"<rss>" + b" " * 11_000_000 + b"</rss>", "larger than 10 MiB"),
        (rss(*["<title>x</title>"] * 1_001).body, "more than 1,000"),
    ],
)
def test_what_is_no_feed_is_told(feed, reason) -> None:
    with pytest.raises(SourceError, match=reason):
        listed(feed)


def test_deep_nesting_and_bad_html_cost_no_more_than_their_size() -> None:
    nested = "<a>" * 20_000 + "</a>" * 20_000
    unclosed = "&lt;!--" * 100_000  # took minutes while feedparser looked into the HTML
    assert item(f"<title>x</title>{nested}<description>{unclosed}</description>").hints.title == "x"


def test_one_malformed_link_spoils_no_other_entry() -> None:
    found = listed(rss("<title>a</title><link>http://[::1</link>", "<title>b</title><link>/b</link>").body)
    assert [entry.url for entry in found] == ["http://[::1", "https://desk.example/b"]
