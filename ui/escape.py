"""Text of articles made inert where Streamlit insists on reading Markdown: labels, tooltips, captions and boxes."""

from __future__ import annotations

import re
import string

_PUNCTUATION = re.compile(f"([{re.escape(string.punctuation)}])")
# A backslash stops the Markdown parser, but Streamlit looks for these once more in the parsed text: emoji and icon
# shortcodes, addresses that link themselves, and runs it turns into arrows and dashes. An invisible break stops that.
_SECOND_LOOK = re.compile(
    r"(?<=:)(?=[\w+/-])|(?<=@)(?=\w)|(?<=\bwww)(?=\.)|(?<=[<>~=-])(?=[<>~=-])",
    re.IGNORECASE,
)
_BREAK = "\N{ZERO WIDTH SPACE}"


def escape_markdown(text: str) -> str:
    r"""Return `text` as Markdown that Streamlit shows character for character, on one line.

    Markup, HTML, links, images, `$LaTeX$`, `:emoji:` and `:red[directives]` lose their meaning; white space collapses.
    """
    broken = _SECOND_LOOK.sub(_BREAK, " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", broken)
