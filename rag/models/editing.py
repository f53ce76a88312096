"""What a model wrote against the sources: kept, cited anew, replaced by the source's own words, or withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.evidence import REASON
from rag.grammar import SAYS
from rag.guard import verify
from rag.models.prompt import echoes_rules
from rag.models.sentences import Sentence, goes_round
from rag.models.source import Source
from rag.names import names_of
from rag.numbering import Numbering
from rag.render import EARLIER, listing
from rag.sentences import sentence_spans
from rag.types import Citation, Statement
from rag.wording import content_words, fold, stem, words

_CANDIDATES = 3  # sources that are tried for a sentence which its own do not support
_EARLIER_WORDS = re.compile(
    r"\b(?:earlier|previous(?:ly)?|before|former(?:ly)?|superseded|replaced|until)\b", re.IGNORECASE
)
_REFERS_BACK = re.compile(
    r"\b(?:he|she|they|his|her|their|it|its|this|that|"
    r"the (?:firm|bank|broker|brokerage|house|analyst|strategist|economist))\b",
    re.IGNORECASE,
)
_PLAIN = 0.8  # of a sentence's words stand in a source that it did not cite
_FORM = re.compile(r"(?:said by|date|article|view|words|sources?|question|answer)\s?:", re.IGNORECASE)
# "The text that …", "The article, written by …": about the prompt, unless it goes on with what the source says.
_OF_SOURCES = re.compile(
    r"(?:the|this|that) (?:sources?|articles?|reports?|texts?|quotes?|statements?)\b"
    rf"(?!(?:\s(?:is|are|was|were|also))*\s(?:{SAYS}|saying|stating|reports?|reported|reporting|quot\w+|cit\w+|show\w*)\b)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)")
_SOURCE = re.compile(r"\b(?:sources?|said by)\b", re.IGNORECASE)
_TELLS = re.compile(rf"\b(?:sources?|articles?|reports?|also|saying|stating|{SAYS})\b", re.IGNORECASE)
_LEAST_WORDS = 4  # of a sentence that must not be left out
_HARDLY = 0.25  # of its words were told
_KINDS = frozenset(  # of what has a name: "The companies are …"
    "company companies stock stocks share shares firm firms house houses bank banks broker brokers analyst".split()
)
_CLOSING = re.compile(r"([.!?…]+[”\"’')]*)$")


class Editor:
    """Takes the sentences of one reply in turn. Each source's own statement is told once at most.

    `stood` counts the sentences that were kept, `replaced` those told in a source's words, `withheld` the others,
    `repeated` those that were said before, `empty` those that only name somebody.
    `cited` are the numbers of the sources told so far.
    """

    def __init__(self, sources: Sequence[Source], numbering: Numbering) -> None:
        self._sources = {source.number: source for source in sources}
        self._numbering = numbering
        self._said: set[str] = set()
        self._worded: list[frozenset[str]] = []  # the stems of each sentence that was told
        self._told: dict[int, set[str]] = {}  # the stems of what was said of each source
        self._reasoned: set[int] = set()  # the sources of which a reason was told
        self._quoted: set[int] = set()
        self._last: frozenset[str] = frozenset()  # who spoke in the last statement
        self.cited: set[int] = set()
        self.stood = self.replaced = self.withheld = self.repeated = self.empty = 0

    def edit(self, sentence: Sentence) -> Statement | None:
        """Return what is told for a sentence; None where it repeats an earlier one, says nothing, or is withheld."""
        folded = fold(sentence.text)
        if self._says_nothing(sentence.text):
            self.empty += 1
            return None
        if folded in self._said:
            self.repeated += 1
            return None
        self._said.add(folded)
        roots = _matter(sentence.text)
        if any(roots <= earlier for earlier in self._worded):
            self.repeated += 1
            return None
        cited = [self._sources[number] for number in sentence.marks if number in self._sources]
        is_babble = goes_round(sentence.text) or echoes_rules(sentence.text) or bool(_OF_SOURCES.match(sentence.text))
        tried = () if is_babble else (cited, *self._instead(sentence.text, cited))
        for sources in tried:
            citations = support(sentence.text, sources)
            if not citations:
                continue
            text = self._with_speaker(sentence.text, sources)
            if text != sentence.text:
                # A quote may hold what others say: with its speaker before it, not everything in it is true.
                citations = support(text, sources)
            if citations:
                self.stood += 1
                self._worded.append(_matter(text))
                return self._kept(text, sources, citations)
        for source in cited:
            if source.number not in self._quoted:
                self.replaced += 1
                return self.in_own_words(source)
        self.withheld += 1
        return None

    def in_own_words(self, source: Source) -> Statement:
        """Return our own statement on a source: who, when, and the quote."""
        self._quoted.add(source.number)
        self._worded.append(_matter(source.told))
        self.cited.add(source.number)
        self._last = frozenset((source.label,))
        return Statement(source.told, self._numbering.marks(source.citations))

    def leaves_out(self, source: Source, *, wants_reason: bool) -> bool:
        """Return True if a sentence of a source's quote was hardly told in a model's words, nor the quote itself.

        Of one with figures, at least one must have been told, and of one with a reason the reason, if that is wanted.
        """
        told = self._told.get(source.number)
        if told is None or source.number in self._quoted:
            return False
        quote = source.citations[0].quote
        if wants_reason and REASON.search(quote) and source.number not in self._reasoned:
            return True
        for start, end in sentence_spans(quote):
            roots = {stem(word) for word in content_words(quote[start:end])}
            figures = {root for root in roots if root[0].isdigit()}
            if len(roots) < _LEAST_WORDS:
                continue
            if len(roots & told) < _HARDLY * len(roots) or (figures and figures.isdisjoint(told)):
                return True
        return False

    def _says_nothing(self, text: str) -> bool:
        """Return True for a line of the prompt's own form ("Said by: …"), or one of names alone ("Mead Corp.")."""
        if _FORM.match(text):
            return True
        named = {stem(word) for source in self._sources.values() for word in words(f"{source.label} {source.when}")}
        rest = _SOURCE.sub(" ", _BRACKETED.sub(" ", text))
        for name in reversed(names_of(rest)):
            rest = f"{rest[: name.start]} {rest[name.end :]}"
        return all(stem(word) in named or word in _KINDS for word in content_words(rest))

    def _instead(self, text: str, cited: Sequence[Source]) -> Iterable[list[Source]]:
        """Yield sources that a sentence plainly rests on instead, or beside its own, the likeliest first.

        One that refers to what came before it must name who speaks: nobody else is "he".
        """
        roots = {stem(word) for word in content_words(text)}
        refers_back = bool(_REFERS_BACK.search(text))
        rest = [
            (len(roots & _roots(source)), source)
            for source in self._sources.values()
            if roots and source not in cited and (not refers_back or source.is_named_in(text))
        ]
        likely = [source for shared, source in sorted(rest, key=lambda each: -each[0]) if shared >= _PLAIN * len(roots)]
        yield from ([source] for source in likely[:_CANDIDATES])
        if cited:
            own = set().union(*(_roots(source) for source in cited))
            both = [source for _, source in rest if len(roots & (own | _roots(source))) >= _PLAIN * len(roots)]
            yield from ([*cited, source] for source in both[:_CANDIDATES])

    def _with_speaker(self, text: str, sources: Sequence[Source]) -> str:
        """Return a sentence with who said it and when, where its sources are cited first or it strays to others."""
        named = all(source.is_named_in(text) for source in sources)
        strays = _speakers(sources) != self._last and not named and bool(_REFERS_BACK.search(text))
        return _attributed(text, [source for source in sources if strays or source.number not in self.cited])

    def _kept(self, text: str, sources: Sequence[Source], citations: Sequence[Citation]) -> Statement:
        for source in sources:
            self.cited.add(source.number)
            self._told.setdefault(source.number, set()).update(stem(word) for word in words(text))
            self._reasoned |= {source.number} if REASON.search(text) else set()
        self._last = _speakers(sources)
        if all(source.is_earlier for source in sources) and not _EARLIER_WORDS.search(text):
            text = f"{EARLIER}{text}"
        return Statement(text, self._numbering.marks(citations))


def _speakers(sources: Sequence[Source]) -> frozenset[str]:
    return frozenset(source.label for source in sources)


def support(text: str, sources: Sequence[Source]) -> tuple[Citation, ...]:
    """Return the citations of some sources that support a sentence, as few as will do; none if they do not.

    The quotes that carry the matter are tried before those that only name who speaks, which are cited as well where the
    sentence needs the name from them.
    """
    if not sources:
        return ()
    known = [source.sourced() for source in sources]
    mains = tuple(source.citations[0] for source in sources)
    every = tuple(citation for source in sources for citation in source.citations)
    first = [quotes[0] for quotes in known]
    stands = verify(text, first).supported
    # Who says it is known of the main quotes without standing in them: "He expects …".
    if stands and (len(every) == len(mains) or verify(text, [replace(each, said_by=()) for each in first]).supported):
        return mains
    if len(every) > len(mains) and verify(text, [each for quotes in known for each in quotes]).supported:
        return every
    return mains if stands else ()


def _matter(text: str) -> frozenset[str]:
    """Return the stems of what a text tells, without the words that only say that a source tells it."""
    return frozenset(stem(word) for word in content_words(_TELLS.sub(" ", text)))


def _roots(source: Source) -> set[str]:
    return {stem(word) for word in words(f"{source.told} {' '.join(source.said_by)}")}


def _attributed(text: str, sources: Sequence[Source]) -> str:
    """Return a sentence with who said it and when, as far as it does not say so, where sources are cited first."""
    if len(sources) != 1:
        unnamed = [f"{each.label}, {each.when}" for each in sources if not each.is_named_in(text)]
        return _closed_with(text, listing(unnamed)) if 0 < len(unnamed) <= _CANDIDATES else text
    (source,) = sources
    if not source.is_named_in(text):
        return f"{source.label}, {source.when}: {text}"
    return text if _dates(text, source) else _closed_with(text, source.when)


def _dates(text: str, source: Source) -> bool:
    published = source.article.published
    if published is None:
        return True
    return all(part in words(text) for part in (str(published.year), f"{published:%B}".lower()))


def _closed_with(text: str, addition: str) -> str:
    """Return a sentence with words in brackets before its full stop."""
    end = _CLOSING.search(text)
    return f"{text[: end.start()]} ({addition}){end[1]}" if end else f"{text} ({addition})."
