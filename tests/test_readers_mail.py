"""E-mail: whose words are whose, what is attached, and a hostile letter that costs neither time nor its neighbours."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.whole_files import made
from ingest.history import letters_in
from ingest.parse import parse
from ingest.shown_html import shown_text
from ingest.types import Failure, RawDocument
from rag.types import Article

WHY = "We move small caps from underweight to neutral because rates are about to fall."


def letter(text: str | None = WHY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given_headers = {
        "From": "Jane Doe <jane@harborstreet.example>",
        "Subject": "Small caps",
        "Date": "Wed, 14 Oct 2026 09:30:00 -0400",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given_headers.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> list[Article | Failure]:
    return list(parse(RawDocument("d/a.eml", None, "d/a.eml", ".eml", bytes(message)), 1_000_000))


def only(message: EmailMessage | bytes) -> Article:
    (article,) = read(message)
    assert isinstance(article, Article)
    return article


def test_headers_give_title_author_and_the_senders_own_time() -> None:
    article = only(letter(Message_ID="<1@harborstreet.example>"))
    assert (article.title, article.authors, article.published) == (
        "Small caps",
        ("Jane Doe",),
        datetime(2026, 10, 14, 9, 30),
    )
    assert (article.text, article.source) == (WHY, "d/a.eml")
    assert article.metadata == (("message_id", "<1@harborstreet.example>"),)


@pytest.mark.parametrize("prefix", ["Re: ", "FW: ", "Fwd: RE: ", "[EXTERNAL] ", "AW: [EXT] ", "Re[2]: "])
def test_what_programs_put_before_a_subject_is_no_part_of_the_title(prefix) -> None:
    assert only(letter(Subject=f"{prefix}Small caps")).title == "Small caps"


@pytest.mark.parametrize(
    ("sender", "authors", "publisher"),
    [
        ("Jane Doe <jane@x.example>", ("Jane Doe",), None),
        ('"Doe, Jane" <jane@x.example>', ("Jane Doe",), None),
        ('"Jane Doe (Harbor Street Research)" <jane@x.example>', ("Jane Doe",), "Harbor Street Research"),
        ("Jane Doe via Desk Notes <list@x.example>", ("Jane Doe",), "Desk Notes"),
        ("Morning Briefing <newsletter@x.example>", (), "Morning Briefing"),
        ("Harbor Street Research <jane@x.example>", (), "Harbor Street Research"),
        ("=?utf-8?q?Ren=C3=A9e_Doe?= <r@x.example>", ("Renée Doe",), None),
        ("jane@x.example", (), None),
    ],
)
def test_a_sender_is_a_person_or_a_house(sender, authors, publisher) -> None:
    data = bytes(letter(From="x")).replace(b"From: x", f"From: {sender}".encode())
    assert (only(data).authors, only(data).publisher) == (authors, publisher)


def test_an_organization_is_the_publisher() -> None:
    assert only(letter(Organization="Quillmark")).publisher == "Quillmark"


def test_a_byline_comes_before_the_sender() -> None:
    assert only(letter(f"Small caps\nBy Rob Roe\n\n{WHY} {WHY}")).authors == ("Rob Roe",)


def test_html_is_read_whole_where_it_alone_says_something() -> None:
    message = letter(None)
    message.set_content(
        "<html><head><style>p {}</style></head><body><div style='display:none'>Preview</div><p>I agree.</p>"
        "<table><tr><th>Stock</th><th>To</th></tr><tr><td>Tessermill</td><td>Hold</td></tr></table>"
        "<table><tr><td><ul><li>Buy tin</li><li>Sell zinc</li></ul></td></tr></table>"
        "Line<br>break<script>x()</script></body></html>",
        subtype="html",
    )
    assert only(message).text == (
        "I agree.\n\n| Stock | To |\n| Tessermill | Hold |\n\n- Buy tin\n- Sell zinc\n\nLine\nbreak"
    )


def test_a_plain_part_that_only_points_to_the_html_gives_way() -> None:
    message = letter("Your program shows no HTML.")
    message.add_alternative(f"<p>{WHY}</p><p>{WHY}</p>", subtype="html")
    assert only(message).text == f"{WHY}\n\n{WHY}"


def test_a_plain_part_is_preferred() -> None:
    message = letter(WHY * 5)
    message.add_alternative(f"<p>{WHY * 9}</p>", subtype="html")
    assert only(message).text == WHY * 5


def test_lines_broken_to_fit_a_width_are_joined() -> None:
    message = letter(None)
    message.set_content("We like \nsmall caps.\nWe sell oil.\n")
    message.set_param("format", "flowed")
    assert only(message).text == "We like small caps.\nWe sell oil."


def test_a_signature_is_no_part_of_the_text() -> None:
    assert only(letter(f"{WHY}\n\n-- \nJane Doe\nHarbor Street\n+44 20 0000\n")).text == WHY


def test_a_quoted_letter_is_an_article_of_its_own_sender() -> None:
    own, quoted = read(
        letter(
            "I disagree, oil rises.\n\nOn Tue, Oct 13, 2026 at 4:05 PM Rob Roe <rob@x.example> wrote:\n"
            "> We cut oil to underweight because\n> supply grows.\n"
        )
    )
    assert (own.text, own.authors, own.source) == ("I disagree, oil rises.", ("Jane Doe",), "d/a.eml")
    assert (quoted.text, quoted.authors) == ("We cut oil to underweight because\nsupply grows.", ("Rob Roe",))
    assert quoted.published == datetime(2026, 10, 13, 16, 5)
    assert quoted.source.startswith("content:")


@pytest.mark.parametrize("divider", ["-----Original Message-----\n", "---------- Forwarded message ---------\n", ""])
def test_a_letter_passed_on_is_its_own_senders(divider) -> None:
    header = "From: Rob Roe <rob@x.example>\nSent: Tuesday, October 13, 2026 4:05 PM\nTo: Desk\nSubject: RE: Oil\n"
    own, passed_on = read(letter(f"See below.\n\n{divider}{header}\n{WHY}", Subject="FW: Oil"))
    assert (own.text, own.title) == ("See below.", "Oil")
    assert (passed_on.text, passed_on.authors, passed_on.title) == (WHY, ("Rob Roe",), "Oil")
    assert passed_on.published == datetime(2026, 10, 13, 16, 5)


def test_a_letter_passed_on_without_a_word_is_known_by_the_file() -> None:
    header = "-----Original Message-----\nFrom: Rob Roe <rob@x.example>\nSubject: Oil\n"
    article = only(letter(f"{header}\n{WHY}"))
    assert (article.source, article.authors, article.text) == ("d/a.eml", ("Rob Roe",), WHY)


def test_answers_between_quoted_lines_are_kept_and_the_lines_counted() -> None:
    article = only(letter("On Tuesday Rob wrote:\n> Is oil cheap?\nNo.\n> Is tin?\nYes, tin is.\n"))
    assert article.text == "No.\nYes, tin is."
    assert ("left_out", "23 characters quoted of other letters") in article.metadata


@pytest.mark.parametrize(
    "text",
    [
        f"{WHY}\n\n________________________________\n\nThis is a disclosure of ours.",
        "On Monday the Fed wrote:\n\nWe keep rates where they are.",
        "> We keep rates.\n> We sell oil.\n> We buy tin.\n\nSo they said.",
        "From: strength to strength.\nOil rises.",
    ],
)
def test_what_only_looks_like_history_stays(text) -> None:
    assert only(letter(text)).text.split() == text.split()


def test_attachments_are_documents_of_their_own() -> None:
    message = letter()
    message.add_attachment("Tin is cheap.", filename="note.txt")
    for ending in (".pdf", ".docx", ".pptx"):
        message.add_attachment(made(ending, 7), maintype="application", subtype="octet-stream", filename=f"a{ending}")
    assert [article.source for article in read(message)] == [
        "d/a.eml",
        "d/a.eml/note.txt",
        "d/a.eml/a.pdf",
        "d/a.eml/a.docx",
        "d/a.eml/a.pptx",
    ]


def test_attachments_of_one_name_are_both_read() -> None:
    message = letter()
    for text in ("Tin is cheap.", "Zinc is dear."):
        message.add_attachment(text, filename="note.txt")
    assert len({article.source for article in read(message)}) == 3


@pytest.mark.parametrize("name", ["../../etc/note.txt", "/etc/note.txt", "C:\\x\\note.txt"])
def test_the_name_of_an_attachment_stays_below_its_letter(name) -> None:
    message = letter()
    message.add_attachment("Tin is cheap.", filename=name)
    assert read(message)[1].source == "d/a.eml/note.txt"


def test_an_attachment_without_a_name_is_known_by_its_kind() -> None:
    message = letter()
    message.add_attachment(made(".pdf", 7), maintype="application", subtype="pdf")
    assert read(message)[1].source == "d/a.eml/attachment 2.pdf"


def test_an_attachment_that_cannot_be_read_is_told_alone() -> None:
    message = letter()
    message.add_attachment(b"x", maintype="application", subtype="vnd.ms-excel", filename="a.xls")
    message.add_attachment("Tin is cheap.", filename="note.txt")
    first, failure, last = read(message)
    assert (failure.source, failure.reason.split(";")[0]) == ("d/a.eml/a.xls", "unknown format .xls")
    assert (first.text, last.text) == (WHY, "Tin is cheap.")


def test_pictures_that_a_letter_shows_are_no_documents() -> None:
    message = letter()
    message.add_alternative("<p>x<img src='cid:1'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<1>", filename="logo.png")
    assert [article.source for article in read(message)] == ["d/a.eml"]


def test_an_archive_attached_is_opened() -> None:
    message = letter()
    message.add_attachment(made(".zip", 7), maintype="application", subtype="zip", filename="n.zip")
    assert "d/a.eml/n.zip/notes/a.txt" in [article.source for article in read(message)]


def test_letters_in_letters_are_opened_to_a_depth() -> None:
    message = letter("Number 0 says buy.")
    for number in range(1, 7):
        outer = letter(f"Number {number} says buy.")
        outer.add_attachment(message)
        message = outer
    *articles, failure = read(message)
    assert [article.text for article in articles] == [f"Number {number} says buy." for number in (6, 5, 4, 3)]
    assert "too deep inside" in failure.reason


def test_very_many_attachments_are_read_in_part_and_the_rest_told() -> None:
    message = letter()
    for number in range(250):
        message.add_attachment(f"Tin note {number}.", filename=f"{number}.txt")
    *found, failure = read(message)
    assert len(found) == 201
    assert "more than 200 attachments" in failure.reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no letter at all", "no e-mail"),
        (b"Subject: Tin\n\n", "neither text nor attachments"),
        (b"%PDF-1.7\n\x00\x01", "no e-mail"),
    ],
)
def test_what_is_no_letter_says_so(data, said) -> None:
    (failure,) = read(data)
    assert said in failure.reason


@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"(" * 500_000 + b"\n\nTin fell.",
        b"From: " + b'"a" <b@c>, ' * 100_000 + b"\n\nTin fell.",
        b"From: x\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nTin fell.",
        b"From: x\nDate: " + b"9" * 500_000 + b"\n\nTin fell.",
        b"From: x\nContent-Type: text/plain; " + b"a*0=b; " * 100_000 + b"\n\nTin fell.",
        b"From: x\n\nOn " + b"On wrote: " * 100_000 + b"\n\nTin fell.",
        b"From: x\n\n" + b"From: a\n" * 100_000 + b"\n\nTin fell.",
        b"From: x\n\n" + b">" * 500_000 + b"\n\nTin fell.",
        b"From: x\nContent-Type: text/html\n\n" + b"<div>" * 100_000 + b"\n\nTin fell.",
        b"From: x\nContent-Type: text/html\n\n" + b"<table><tr><td>" * 30_000 + b"\n\nTin fell.",
        b"From: x\nContent-Type: text/html\n\n" + b"<blockquote type=cite>" * 9_000 + b"\n\nTin fell.",
    ],
    ids=range(11),
)
@pytest.mark.timeout(60)
def test_a_hostile_letter_ends(data) -> None:
    assert read(data)


def nested(depth: int) -> bytes:
    """Return a letter of parts in parts."""
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return b"From: x\n" + "".join(heads).encode() + b"Content-Type: text/plain\n\nTin fell.\n"


@pytest.mark.parametrize("depth", [10, 300, 3_000])
def test_parts_in_parts_without_end_are_read_or_refused(depth) -> None:
    assert len(read(nested(depth))) == 1


@given(st.text(), st.text())
def test_any_subject_and_text_is_an_article_or_a_failure(subject, text) -> None:
    data = f"Subject: {subject}\n\n{text}".encode("utf-8", "ignore")
    assert all(isinstance(each, Article | Failure) for each in read(data))


@given(st.lists(st.sampled_from([">", "> a", "On 1 Oct 2026, 1:00, Rob wrote:", "From: Rob Roe", "Sent: x", "", "b"])))
def test_no_line_of_a_letter_is_invented(lines) -> None:
    text = "\n".join(lines)
    said = {line for each in letters_in(text) for line in each.text.split("\n")}
    assert {line.strip("> ") for line in said} <= {line.strip("> ") for line in [*lines, ""]}


@given(st.lists(st.sampled_from(["<p>", "</p>", "<td>", "<tr>", "<table>", "</table>", "<br>", "tin", "<!--", "-->"])))
def test_any_html_is_shown_as_text(pieces) -> None:
    assert "<p>" not in shown_text("".join(pieces))
