"""Markdown, made plain with a light hand: marks go, words, tables and lists stay line by line as they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import yaml

from ingest.clean import clean, decode, one_line
from ingest.first_lines import with_first_lines
from ingest.metadata import from_mapping
from ingest.origins import noted
from ingest.pitches import without_pitches
from ingest.types import Draft, RawDocument
from ingest.yaml_fields import fields_in

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAGS = (
    "a|abbr|article|aside|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|"
    "hr|i|iframe|img|input|ins|kbd|li|mark|nav|object|ol|p|pre|q|s|section|small|span|strong|sub|summary|sup|svg|table|tbody|td|"
    "tfoot|th|thead|tr|u|ul|video"
)
_TITLE = re.compile(r"\A(?:(?!#).*\n){0,10}?# +(.+?)(?: +#+)?$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~).*$")
# In order. Tags are matched in lower case only, unless they hold attributes: newswire writes tickers as <B> and <DE>.
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, flags), plain)
    for pattern, plain, flags in (
        (r"<!--.*?(?:-->|\Z)", "", re.DOTALL),
        (r"<(script|style|template|noscript)\b[^>]*>.*?(?:</\1\s*>|\Z)", "", re.DOTALL | re.IGNORECASE),
        (rf"</?(?:{_TAGS})\s*/?>", "", 0),
        (rf"<(?:{_TAGS})\s[^<>]*=[^<>]*>", "", re.IGNORECASE),
        (r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])", "", 0),
        (r"\[([^\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)", r"\1", 0),
        (r"^ {0,3}\[[^\]\n]+\]:\s+\S+.*$", "", re.MULTILINE),
        (r"\[([^\]\n]+)\]\[[^\]\n]*\]", r"\1", 0),
        (r"<((?:https?|mailto):[^<>\s]+)>", r"\1", 0),
        (r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", r"\1", re.MULTILINE),
        (r"(?<=\S\n) {0,3}(?:=+|-{3,})[ \t]*$", "", re.MULTILINE),
        (r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", "", re.MULTILINE),
        (r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$\n?", "", re.MULTILINE),
        (r"^ {0,3}(?:>[ \t]?)+(?![ \t]*[\d$€£])", "", re.MULTILINE),
        (r"(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)", r"\2", 0),
        (r"\*\*(?=\S)([^\n]*?\S)\*\*", r"\1", 0),
        (r"(?<!\w)__(?=\S)([^\n]*?\S)__(?!\w)", r"\1", 0),
        (r"(?<![\w*])\*(?=[^\s*])([^*\n]*?\S)\*(?![\w*])", r"\1", 0),
        (r"(?<!\w)_(?=[^\s_])([^_\n]*?\S)_(?!\w)", r"\1", 0),
        (r"~~(?=\S)([^\n]*?\S)~~", r"\1", 0),
    )
)
# Escaped marks stand aside, in the private use area, while the others are read.
_ASIDE = 0xF700
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~$<>-])")
_PUT_ASIDE = re.compile(f"[{chr(_ASIDE)}-{chr(_ASIDE + 127)}]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31});")


def read(document: RawDocument) -> Iterator[Draft]:
    """Yield the article in a Markdown file, its front matter read as metadata."""
    given, body = _front_matter(clean(decode(document.data)))
    draft = noted(from_mapping(given, without_pitches(clean(plain(body)))), "front matter")
    if not draft.title and (heading := _TITLE.search(body)):
        draft = noted(replace(draft, title=one_line(plain(heading[1])) or None), "heading", draft)
    yield with_first_lines(draft)


def plain(text: str) -> str:
    """Return Markdown as plain text, its lines kept."""
    text = "\n".join("" if _FENCE.match(line) else line for line in text.split("\n"))
    text = _ESCAPE.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    text = _PUT_ASIDE.sub(lambda match: chr(ord(match.group()) - _ASIDE), text)
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Return the front matter and what follows it; a block that is no YAML mapping is part of the text."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        given = fields_in(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (given, text[match.end() :]) if isinstance(given, dict) else ({}, text)
