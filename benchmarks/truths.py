# ruff: noqa: E501 - a table of patterns is read by its lines
"""True sentences about what sources say, made by rule: quotes, pieces of them, and light paraphrases.

Each comes with the quotes that support it, as an answer would cite them. Whoever says a quote is taken from the labels,
and in the samples from `rag.speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import devset
from benchmarks.options import CHECKOUT
from rag.render import day
from rag.speakers import attribute
from rag.types import ArticleRef, Quote, Sourced, View

_LABELS = (
    (devset.COMMENTARY, Path("eval/commentary_views_dev.jsonl"), devset.COMMENTARY_QUESTIONS),
    (devset.REUTERS, Path("eval/reuters_views_dev.jsonl"), devset.REUTERS_QUESTIONS),
)
_SHORTEST, _LONGEST = 30, 420
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class Item:
    """A quote with its article, who says it, and the labelled view, if any."""

    quote: str
    article: ArticleRef
    analyst: str | None
    firm: str | None
    view: View | None = None

    @property
    def sourced(self) -> Sourced:
        """The quote as an answer cites it."""
        said_by = tuple(name for name in (self.analyst, self.firm) if name)
        return Sourced(self.quote, self.article, said_by, (self.view,) if self.view else ())

    @property
    def label(self) -> str:
        """The holder as an answer names it, "" for none."""
        return f"{self.analyst} ({self.firm})" if self.analyst and self.firm else self.analyst or self.firm or ""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with what it cites, whether it is true, and how it was made."""

    kind: str
    text: str
    cited: tuple[Sourced, ...]
    true: bool
    item: Item


def items(data: Path) -> list[Item]:
    """Return the quotes of the labels and of the samples, each once."""
    found = [*_of_samples()]
    for articles, views, questions in _LABELS:
        if (data / articles).is_file() and (data / views).is_file():
            found += _of_labels(
                {row["url"]: row for row in devset.rows(data / articles)}, data / views, data / questions
            )
    distinct = {(item.quote, item.label, item.view is None): item for item in found}
    return [item for item in distinct.values() if _SHORTEST <= len(item.quote) <= _LONGEST]


def truths(item: Item) -> Iterator[Case]:
    """Yield true sentences about one quote."""
    quote, label = item.quote, item.label
    plain = replace(item, view=None)
    yield _case("quote", quote, plain)
    if label:
        yield _case("quoted", f"{label}, {day(item.article.published)}: “{quote}”", plain)
    for text in _trimmed(quote):
        yield _case("trimmed", text, plain)
        if label and not _FIRST_PERSON.search(text) and not _HAS_SPEAKER.search(text):
            yield _case("attributed", f"{label} said {_lowered(text)}", plain)
    for kind, rule in _REWRITINGS.items():
        for text in rule(item):
            if text != quote:
                yield _case(kind, text, plain)
    if item.view:
        for text in _from_ledger(item.view):
            yield _case("ledger", text, item)


def _case(kind: str, text: str, item: Item) -> Case:
    return Case(kind, text, (item.sourced,), True, item)


# --- where quotes come from


def _of_samples() -> Iterator[Item]:
    from ingest import read_articles

    for article in read_articles(CHECKOUT / "samples"):
        for sentence in attribute(article.text):
            speaker = sentence.speaker
            if speaker and sentence.text.endswith((".", "”", '"')):
                yield Item(sentence.text, article.ref, speaker.person, speaker.firm)


def _of_labels(articles: Mapping[str, dict[str, Any]], views: Path, questions: Path) -> Iterator[Item]:
    for row in devset.rows(views):
        article = _ref(articles[row["article_id"]])
        for each in row["views"]:
            view = _view(each, article)
            yield Item(each["quote"], article, each["analyst"], each["firm"], view)
            for reason in each["reasons"]:
                yield Item(reason, article, each["analyst"], each["firm"])
    for row in devset.rows(questions):
        for text in dict.fromkeys(row.get("evidence") or ()):
            url = next((url for url in row["articles"] if text in articles[url]["text"]), None)
            if url:
                yield Item(text, _ref(articles[url]), None, None)


def _ref(row: Mapping[str, Any]) -> ArticleRef:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    return ArticleRef(
        row["url"], row["url"], row.get("title"), row.get("publisher"), tuple(row.get("authors") or ()), published,
        row.get("kind"), tuple(row.get("tickers") or ()), "en",
    )  # fmt: skip


def _view(each: Mapping[str, Any], article: ArticleRef) -> View:
    return View(
        article, each["analyst"], each["firm"], each["subject"], each["action"], each["from_rating"], each["to_rating"],
        each.get("target_from"), each.get("target_to"), None, each["stance"],
        Quote(article.id, 0, len(each["quote"]), each["quote"]),
    )  # fmt: skip


# --- rewriting

_HAS_SPEAKER = re.compile(r"\b(?:said|says|according to|told|added|wrote|he|she|they|his|her)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my|us)\b|[“”\"]")
_CUT = re.compile(
    r"(?:,|;| —| –)\s(?=(?:which|who|citing|while|with|saying|adding|and said|a|an|the)\b)|,\s(?=and\s)|;\s"
)
_CONDITION = re.compile(r"\b(?:if|unless|although|though|not|either|neither|between|both)\b", re.IGNORECASE)


_CLAIM = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|sees?|expects?|sa(?:id|ys)|cut|rose|fell|\w{3,}ed)\b"
)


def _lowered(text: str) -> str:
    """Return the sentence without a capital that it has only from standing first."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first.lower() in _SMALL else text


_SMALL = frozenset(
    """the a an it its this that these those there in on at for with by from to shares stocks investors analysts he she
    they we small large most some many if when while although as after since but and so prices earnings profit demand
    lower higher rising falling our""".split()
)


def _trimmed(quote: str) -> Iterator[str]:
    """Yield the quote's first clauses, where the rest neither limits them nor belongs to a quotation in them."""
    for match in _CUT.finditer(quote):
        head = quote[: match.start()]
        balanced = (
            head.count("“") == head.count("”") and head.count('"') % 2 == 0 and head.count("(") == head.count(")")
        )
        if len(head) >= 40 and _CLAIM.search(head) and balanced and not _CONDITION.search(quote):
            yield f"{head}."
            return


_SYNONYMS = (
    (r"\braised\b", "lifted"), (r"\braises\b", "lifts"), (r"\blifted\b", "raised"), (r"\blifts\b", "raises"),
    (r"\bcut\b(?= (?:its|his|her|the|their|to|from|small|oil))", "lowered"), (r"\bcuts\b(?= (?:its|target|to|rating))", "lowers"),
    (r"\blowered\b", "cut"), (r"\blowers\b", "cuts"), (r"\bboosted\b", "raised"), (r"\btrimmed\b", "reduced"),
    (r"\breiterated\b", "repeated"), (r"\breiterates\b", "repeats"), (r"\bmaintained\b", "kept"),
    (r"\bmaintains\b", "keeps"), (r"\binitiated coverage\b", "started coverage"), (r"\bstarted coverage\b", "initiated coverage"),
    (r"\brose\b", "climbed"), (r"\bfell\b", "dropped"), (r"\bjumped\b", "surged"), (r"\bdeclined\b", "fell"),
    (r"\bprice target\b", "target price"), (r"\bsaid\b", "stated"), (r"\bsays\b", "notes"), (r"\bexpects\b", "sees"),
    (r"\bsees\b", "expects"), (r"\bbecause of\b", "due to"), (r"\bclimb\b", "rise"), (r"\bincrease\b", "rise"),
)  # fmt: skip


def _synonyms(item: Item) -> Iterator[str]:
    for pattern, other in _SYNONYMS:
        text, done = re.subn(pattern, other, item.quote, count=1)
        if done and not re.search(r"[“”\"]", item.quote):
            yield text


_REWRITTEN_NUMBERS = (
    (r"(\d) ?%", r"\1 percent"), (r"(\d) pct\b", r"\1%"), (r"(\d) percent\b", r"\1%"),
    (r"\b([\d.,]*\d) mln dlrs\b", r"$\1 million"), (r"\b([\d.,]*\d) billion dlrs\b", r"$\1bn"),
    (r"\$([\d.,]*\d) dlrs\b", r"$\1"), (r"\b([\d.,]*\d) dlrs\b", r"$\1"), (r"(\d) cts\b", r"\1 cents"),
    (r"\$(\d+)\.(\d) billion\b", r"$\1,\g<2>00 million"), (r"\$(\d+) billion\b", r"$\1,000 million"),
    (r"\$(\d+) million\b", r"$\1m"), (r"(?<![\d.,])(\d) million\b", r"\1,000,000"), (r"(\d) bps\b", r"\1 basis points"),
    (r"(\d) basis points\b", r"\1bp"), (r"\btwo\b", "2"), (r"\bthree\b", "3"), (r"\bfive\b", "5"), (r"\b12\b(?=-month| months)", "twelve"),
    (r"-1/2\b", ".5"), (r"-1/4\b", ".25"), (r"-3/4\b", ".75"), (r"-1/8\b", ".125"),
)  # fmt: skip


def _numbers(item: Item) -> Iterator[str]:
    for pattern, other in _REWRITTEN_NUMBERS:
        text, done = re.subn(pattern, other, item.quote, count=1)
        if done and not re.search(r"[“”\"]", item.quote):
            yield text
    for match in re.finditer(r"\b(\d{2,3}) basis points\b", item.quote):
        yield item.quote.replace(match.group(), f"{int(match[1]) / 100:g} percentage points")


def _dates(item: Item) -> Iterator[str]:
    written = item.article.published
    if written is None or re.search(r"[“”\"]", item.quote):
        return
    weekday = "|".join(_WEEKDAYS)
    for match in re.finditer(rf"\b(?:on )?({weekday})\b(?! night|'s|’s)", item.quote):
        back = (written.weekday() - _WEEKDAYS.index(match[1])) % 7
        on = written - timedelta(days=back)
        yield item.quote.replace(match.group(), f"on {on.day} {on:%B %Y}")
    for word, step in (("yesterday", -1), ("today", 0), ("tomorrow", 1)):
        on = written + timedelta(days=step)
        if re.search(rf"\b{word}\b(?!['’])", item.quote):
            yield re.sub(rf"\b{word}\b(?!['’])", f"on {on:%B} {on.day}, {on.year}", item.quote, count=1)
    for phrase, year in (("this year", written.year), ("next year", written.year + 1), ("last year", written.year - 1)):
        if re.search(rf"\b{phrase}\b", item.quote):
            yield re.sub(rf"\b{phrase}\b(?!['’])", f"in {year}", item.quote, count=1)
    for phrase in ("earlier this month", "this month"):
        if phrase in item.quote:
            yield item.quote.replace(phrase, f"in {written:%B %Y}")
            break
    for nth, short in (
        ("first quarter", "Q1"),
        ("second quarter", "Q2"),
        ("third quarter", "Q3"),
        ("fourth quarter", "Q4"),
    ):
        if nth in item.quote:
            yield re.sub(rf"(?:the )?{nth}", short, item.quote, count=1)


_DIRECT = re.compile(
    r'^["“](?P<words>[^"“”]{30,}?)[,.]?["”],? (?P<who>(?:[A-Z][\w.’\'-]+ ?){1,3}?) ?(?:said|says|wrote|added)\b'
)
_AFTER = re.compile(r"^(?P<words>[^\"“”]{30,}?), (?P<who>(?:[A-Z][\w.’'-]+ ?){1,3}?) ?(?:said|says|added)\.$")


def _reported(item: Item) -> Iterator[str]:
    for pattern in (_DIRECT, _AFTER):
        match = pattern.match(item.quote)
        if match and not _FIRST_PERSON.search(match["words"]):
            words = _lowered(match["words"])
            yield f"{match['who'].strip()} said that {words}."
            yield f"According to {match['who'].strip()}, {words}."
            if item.label:
                yield f"{item.label} said {words}."
    match = re.match(r"^(?P<who>[^\"“”,]{3,60}) said (?:that )?(?P<words>[^\"“”]{30,})\.$", item.quote)
    if match and not re.match(r"(?:he|she|it|they)$", match["who"], re.IGNORECASE):
        yield f"{match['words'][0].upper()}{match['words'][1:]}, {match['who']} said."
        yield f"According to {match['who']}, {match['words']}."


_JOINED = re.compile(
    r"^(?P<main>[A-Z][^,;\"“”]{25,}?),? (?P<why>(?:because|after|as|following|while|although|despite|on) [^;\"“”]{15,})\.$"
)


def _reordered(item: Item) -> Iterator[str]:
    match = _JOINED.match(item.quote)
    if match:
        yield f"{match['why'][0].upper()}{match['why'][1:]}, {_lowered(match['main'])}."
    match = re.match(r"^(?P<first>[^,;\"“”]{25,}); (?P<then>[^;\"“”]{20,})\.$", item.quote)
    if match:
        yield f"{match['then'][0].upper()}{match['then'][1:]}; {_lowered(match['first'])}."


_ACTIVE = re.compile(
    r"^(?P<who>[A-Z][\w.&’' -]{2,40}?)(?: said it| also)? (?P<verb>upgraded?s?|downgraded?s?|raised|raises|cut|cuts|lowered|lowers|lifts|lifted|"
    r"initiated|initiates|reiterated|reiterates|boosted|trimmed|maintains|maintained) (?P<what>(?:its |the |his )?[^,;\"“”]{3,70}?) "
    r"(?P<rest>(?:to|from|at|with|on|by) [^;\"“”]+?)\.?$"
)
_PAST = {"raises": "raised", "cuts": "cut", "lowers": "lowered", "lifts": "lifted", "initiates": "initiated"}
_PAST |= {"reiterates": "reiterated", "maintains": "maintained", "upgrades": "upgraded", "downgrades": "downgraded"}
_PASSIVE = re.compile(
    r"^(?P<what>[A-Z][^,;\"“”]{3,60}?) (?P<verb>upgraded|downgraded|initiated|reiterated|maintained|raised|cut) "
    r"(?P<rest>[^;\"“”]+?) (?:at|by) (?P<who>[A-Z][\w.&’' -]{2,40})\.?$"
)


def _voices(item: Item) -> Iterator[str]:
    match = _ACTIVE.match(item.quote)
    if match:
        verb = _PAST.get(match["verb"], match["verb"])
        what = match["what"]
        yield f"{what[0].upper()}{what[1:]} was {verb} {match['rest']} by {match['who']}."
    match = _PASSIVE.match(item.quote)
    if match:
        yield f"{match['who']} {match['verb']} {match['what']} {match['rest']}."
        yield f"{match['what']} was {match['verb']} {match['rest']} by {match['who']}."


_REWRITINGS = {
    "synonyms": _synonyms, "numbers": _numbers, "dates": _dates, "reported": _reported, "reordered": _reordered,
    "voices": _voices,
}  # fmt: skip

_DONE = {
    "upgrade": ("upgraded {s}", "raised its rating on {s}"),
    "downgrade": ("downgraded {s}", "cut its rating on {s}"),
    "initiate": ("initiated coverage of {s}", "started coverage of {s}"),
    "reiterate": ("reiterated its rating on {s}",),
    "raise_target": ("raised its price target on {s}", "lifted its target for {s}"),
    "cut_target": ("cut its price target on {s}", "lowered its target for {s}"),
    "raise_estimate": ("raised its estimate for {s}",),
    "cut_estimate": ("cut its estimate for {s}", "lowered its forecast for {s}"),
}


def _from_ledger(view: View) -> Iterator[str]:
    """Yield what a view's fields say, in several wordings."""
    who = f"{view.analyst} ({view.firm})" if view.analyst and view.firm else view.analyst or view.firm
    if not who:
        return
    change = "".join(
        f" {word} {rating}" for word, rating in (("to", view.to_rating), ("from", view.from_rating)) if rating
    )  # fmt: skip
    for done in _DONE.get(view.action, ()):
        told = done.format(s=view.subject)
        if view.action in ("upgrade", "downgrade"):
            yield f"{who} {told}{change}."
        elif view.action.endswith("target"):
            yield f"{who} {told}" + (f" to {view.target_to}" if view.target_to else "") + "."
        else:
            yield f"{who} {told}."
    if view.firm and view.analyst:
        yield f"{view.firm}'s {view.analyst} is {view.stance} on {view.subject}."
    yield f"{who} is {view.stance} on {view.subject}, {day(view.article.published)}."
    if view.action in ("upgrade", "downgrade") and view.to_rating:
        verb = "upgraded" if view.action == "upgrade" else "downgraded"
        yield f"{view.subject[0].upper()}{view.subject[1:]} was {verb}{change} by {view.firm or who}."
