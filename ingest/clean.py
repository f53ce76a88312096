"""From bytes to text that can be stored, cited and shown: decoding, repair, and nothing invisible left in it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from urllib.parse import quote

from ftfy import TextFixerConfig, fix_text

from rag.errors import SourceError

# What a reader cannot see and a model can: controls, zero-width and bidirectional marks, soft hyphens, variation
# selectors, Unicode tag characters, lone surrogates, noncharacters. C1 controls stay until mojibake is repaired.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_UNSEEN_IN_NAMES = re.compile(_INVISIBLE.pattern + "|[\t-\r\x80-\x9f\u2028\u2029]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_TRAILING = re.compile(r"[ \t]+(?=\n|\Z)")
_EMPTY_LINES = re.compile(r"\n{3,}")
_C1 = re.compile("[\x80-\x9f]")
# Repairs mojibake only: quotes stay curly, ligatures and full-width characters as they are, entities as they were read.
_REPAIR = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SYMBOL_IN_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷]+[^\W\d_]")
_SAMPLE, _SHORT = 65_536, 40
_ROUNDS = 4  # text garbled twice over needs two; what is clean takes one


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the bytes as text: by byte order mark, as UTF-8, as the document declares, else as the likeliest encoding.

    Raises:
        SourceError: the bytes are no text, or not in the encoding they announce.
    """
    if encoding := announced(data):
        return _strict(data, encoding)
    try:
        return _strict(data, "utf-8")
    except SourceError:
        return _guessed(data, declared)


def announced(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names, None without one.

    Raises:
        SourceError: the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if b"\x00" in data[:_SAMPLE]:
        raise SourceError("binary content, not text; convert it to one of the formats read.")
    return None


def visible(text: str) -> str:
    """Return the text without what a reader cannot see, its line ends and blanks made plain; words stay verbatim."""
    text = _NEWLINE.sub("\n", _INVISIBLE.sub("", text))
    text = _BLANK.sub(" ", _C1.sub(_as_browsers_read, text))
    return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", text)).strip()


def clean(text: str) -> str:
    """Return `visible` text with mojibake repaired and composed to NFC; curly quotes and dashes stay as they are."""
    for _ in range(_ROUNDS):
        cleaned = _cleaned_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _cleaned_once(text: str) -> str:
    text = _NEWLINE.sub("\n", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", fix_text(text, _REPAIR))
    return visible(text)


def one_line(text: str, limit: int = 300) -> str:
    """Return the text as one visible line of at most `limit` characters, for titles and names."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def plain_line(text: str) -> str:
    """Return the text as one visible line, however long, for what a document says of itself."""
    return " ".join(visible(text).split())


def spelt_out(name: str) -> str:
    r"""Return a name with what nobody can see in it written out (`\u202e`), so that no two names come to look alike."""
    return _UNSEEN_IN_NAMES.sub(_escaped, name)


def seen_address(address: str) -> str:
    """Return an address that leads to the same place, with what nobody can see in it percent-encoded."""
    return _UNSEEN_IN_NAMES.sub(lambda match: quote(match.group(), errors="replace"), address)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise SourceError(f"not valid {name} at byte {error.start}; save it as UTF-8 and add it again.") from error


def _guessed(data: bytes, declared: str | None) -> str:
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # pages often declare what they are not
    import charset_normalizer  # noqa: PLC0415 - half of all inputs never need it

    best = charset_normalizer.from_bytes(data).best()
    text = _western(data, str(best) if best else "")
    if not text or not _is_text(text):
        raise SourceError("binary content or an unknown encoding; save it as UTF-8 and add it again.")
    return text


def _western(data: bytes, guess: str) -> str:
    """Return the bytes as Windows-1252, the default of the Western web, unless that makes nonsense of them.

    Between the Latin code pages a guess is little better than a coin: it turns £20 into Ł20.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return guess
    other_script = any(c.isalpha() and not unicodedata.name(c, "LATIN").startswith("LATIN") for c in guess[:_SAMPLE])
    if _SYMBOL_IN_WORD.search(text) or not _is_text(text):
        return guess
    return guess if other_script and len(data) > _SHORT else text


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) in {"Cc", "Cn", "Co", "Cs"} and c not in "\t\n\r\x0c" for c in sample)
    return odd <= len(sample) // 50


def _as_browsers_read(match: re.Match[str]) -> str:
    """Return the Windows-1252 character that a C1 control stands for in practice (WHATWG), else nothing."""
    return match.group().encode("latin-1").decode("cp1252", "ignore")
