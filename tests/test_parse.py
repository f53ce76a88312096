"""From files to articles: formats, identity, metadata, and one clear line for whatever cannot be read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import read_articles
from ingest.identity import normalised_url, text_hash, version
from ingest.metadata import authors_from, published_from
from rag.config import Settings
from rag.errors import SourceError

NOTE = "Small caps move up\n\nWe move small caps from underweight to neutral. Rates are about to fall.\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def reason(path: Path, **limits: float) -> str:
    with pytest.raises(SourceError) as caught:
        list(read_articles(path, settings=Settings(_env_file=None, **limits)))
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.markdown", "a.txt.gz", "a.md.gz"])
def test_each_text_format_is_read_also_packed(write, name) -> None:
    path = write(name, gzip.compress(NOTE.encode()) if name.endswith(".gz") else NOTE)
    (article,) = read_articles(path)
    assert (article.title, article.text) == ("Small caps move up", NOTE.strip())


def test_a_file_is_known_by_the_same_key_alone_or_with_its_folder(write) -> None:
    path = write("notes/a.md", NOTE)
    (alone,), (within,) = read_articles(path), read_articles(path.parent)
    assert alone.source == within.source == "notes/a.md"
    assert alone.id == within.id


def test_a_folder_is_read_to_its_leaves_in_order_without_hidden_files(write) -> None:
    for name in ("n/b.md", "n/a/z.txt", "n/.hidden.md", "n/.git/c.md"):
        path = write(name, NOTE + name)
    assert [a.source for a in read_articles(path.parents[1])] == ["n/b.md", "n/a/z.txt"]


def test_an_article_with_an_address_is_known_by_it(write) -> None:
    (article,) = read_articles(
        write("a.md", f"---\nurl: HTTPS://Desk.Example:443/a?utm_source=x&id=7#top\n---\n{NOTE}")
    )
    assert article.source == "https://desk.example/a?id=7"
    assert article.url == "HTTPS://Desk.Example:443/a?utm_source=x&id=7#top"


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("http://A.example:80", "http://a.example/"),
        ("https://a.example:8443/x#y", "https://a.example:8443/x"),
        ("https://a.example/x?b=1&a=2", "https://a.example/x?b=1&a=2"),
        ("https://a.example/x?UTM_Source=n", "https://a.example/x"),
        ("urn:desk:1", "urn:desk:1"),
        ("https://a.example:port/", "https://a.example:port/"),
    ],
)
def test_addresses_are_normalised(given_url, expected) -> None:
    assert normalised_url(given_url) == expected


@given(st.text())
def test_normalising_an_address_twice_changes_nothing(text) -> None:
    assert normalised_url(normalised_url(text)) == normalised_url(text)


def test_the_text_hash_folds_white_space_and_case_and_nothing_else() -> None:
    assert text_hash("Buy\n small  caps") == text_hash("buy small caps")
    assert text_hash("buy small caps") != text_hash("buy small cap")


def test_the_version_covers_metadata_but_not_where_the_file_lies(write) -> None:
    (a,), (b,) = read_articles(write("x/a.md", NOTE)), read_articles(write("y/a.md", NOTE))
    (c,) = read_articles(write("z/a.md", f"---\npublisher: Desk\n---\n{NOTE}"))
    assert version(a) == version(b) != version(c)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-10-14", datetime(2026, 10, 14)),
        ("2026-10-14T09:30:00Z", datetime(2026, 10, 14, 9, 30)),
        ("14 October 2026", datetime(2026, 10, 14)),
        ("Wednesday, October 14th, 2026 at 4:05 pm", datetime(2026, 10, 14, 16, 5)),
        ("Oct. 14, 2026", datetime(2026, 10, 14)),
        (date(2026, 10, 14), datetime(2026, 10, 14)),
        ("October 14", None),
        ("04/10/2026", None),
        ("31 February 2026", None),
        ("yesterday", None),
        (20261014, None),
        (None, None),
    ],
)
def test_a_date_is_read_only_where_it_is_whole(said, expected) -> None:
    assert published_from(said) == expected


@given(st.text())
def test_any_text_is_a_date_or_none(text) -> None:
    assert published_from(text) is None or isinstance(published_from(text), datetime)


def test_bylines_are_split_into_names() -> None:
    assert authors_from("By Jane Doe, CFA and John Roe") == ("Jane Doe", "John Roe")
    assert authors_from(["Jane Doe", 7, "Jane Doe"]) == ("Jane Doe",)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", "", "empty"),
        ("a.txt", "\u200b\u200b \n\n", "no text is left"),
        ("a.txt", b"\x00\x01\x02" * 99, "binary"),
        ("a.xlsx", "x", "unknown format .xlsx"),
        ("noext", "x", "unknown format (no extension)"),
        ("a.md.gz", gzip.compress(NOTE.encode() * 99)[:-20], "damaged or cut short"),
        ("a.md.gz", "not gzip", "damaged or cut short"),
        ("a.pdf", b"%PDF-1.7 broken", "not a readable PDF"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.html", "<html><body></body></html>", "no article text"),
    ],
)
def test_each_bad_file_gets_one_clear_line(write, name, content, said) -> None:
    assert said in reason(write(name, content))


def test_a_missing_path_is_named(tmp_path) -> None:
    assert "no such file" in reason(tmp_path / "gone.md")


def test_an_empty_folder_says_so(tmp_path) -> None:
    assert "holds no files" in reason(tmp_path)


def test_a_file_over_the_limit_is_refused_unread(write) -> None:
    assert "HOUSEVIEW_MAX_FILE_MB" in reason(write("a.txt", "x" * 2000), max_file_mb=0.001)


def test_a_small_archive_of_a_large_file_is_refused_while_unpacking(write) -> None:
    path = write("a.txt.gz", gzip.compress(b"x" * 3_000_000))
    assert "1 MiB unpacked" in reason(path, max_file_mb=1)


def test_an_article_over_the_limit_is_refused(write) -> None:
    assert "HOUSEVIEW_MAX_ARTICLE_CHARS" in reason(write("a.txt", NOTE * 9), max_article_chars=99)


def test_a_link_out_of_the_folder_is_refused(write) -> None:
    secret = write("secret.txt", NOTE)
    folder = write("notes/a.md", NOTE + "More.").parent
    (folder / "b.txt").symlink_to(secret)
    (folder / "c").symlink_to(secret.parent, target_is_directory=True)
    with pytest.raises(SourceError, match=r"b\.txt: a link out of the folder.*and 1 more"):
        list(read_articles(folder))


def test_an_address_that_is_not_of_the_web_is_refused() -> None:
    with pytest.raises(SourceError, match="only http and https"):
        list(read_articles("ftp://desk.example/a"))


def test_what_can_be_read_comes_before_the_complaint(write) -> None:
    path = write("n/a.md", NOTE)
    write("n/b.md", "")
    articles = read_articles(path.parent)
    assert next(articles).source == "n/a.md"
    with pytest.raises(SourceError, match=r"b\.md"):
        next(articles)


UNSEEN = "\u202e\u200b\U000e0041\u2066\ufeff\x07"


def is_seen(text: str) -> bool:
    return not any(character in text for character in UNSEEN)


def test_no_field_of_a_row_holds_what_nobody_can_see(write) -> None:
    names = ("title", "publisher", "kind", "language", "url", "desk", f"no{UNSEEN}te")
    row = {name: f"{name}{UNSEEN} of it" for name in names} | {"text": f"We like{UNSEEN} tin."}
    row |= {"authors": [f"Ann{UNSEEN} Pell"], "tickers": f"TI{UNSEEN}N, ZIN{UNSEEN}C", "published": "2026-10-14"}
    (article,) = read_articles(write("rows.jsonl", json.dumps(row)))
    fields = (article.title, article.url, article.publisher, *article.authors, article.kind, *article.tickers)
    noted = (name + value for name, value in article.metadata if name != "path")
    assert [each for each in (*fields, article.text, *noted) if not is_seen(each)] == []


def test_an_address_with_unseen_characters_leads_where_it_led(write) -> None:
    head = '<title>Tin</title><link rel="canonical" href="https://desk.example/a\u202eb">'
    page = f"<html><head>{head}</head><body><article><p>{NOTE * 9}</p></article></body></html>"
    (article,) = read_articles(write("tin.html", page))
    assert article.url == article.source == "https://desk.example/a%E2%80%AEb"


def test_a_file_is_known_by_a_name_that_can_be_seen(write) -> None:
    (article,) = read_articles(write("notes/tin\u202efdp.txt", NOTE))
    assert article.source == "notes/tin\\u202efdp.txt"


def test_files_whose_names_look_alike_are_two_articles(write) -> None:
    for number, name in enumerate(("n/tin.txt", "n/ti\u200bn.txt")):
        path = write(name, f"{NOTE} Part {number}.")
    assert len({article.id for article in read_articles(path.parent)}) == 2
