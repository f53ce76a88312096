"""What an address of the page that asks may open: `?q=…`, `?conversation=ID`, `?article=ID&start=…&end=…`.

Each is followed once and leaves the address again, but for the conversation on the page, which a reload or a step back
in the browser thus finds.
"""

from __future__ import annotations

import streamlit as st

from rag import HouseviewError, Library
from ui import conversation
from ui.conversation_list import open_kept
from ui.session import Opened, explain, open_source

_FOLLOWED = ("q", "article", "start", "end")


def follow(library: Library) -> str | None:
    """Do what the address asks for; return a line that says why it cannot be done, if it cannot."""
    query = st.query_params.to_dict()
    for name in _FOLLOWED:
        if name in query:
            del st.query_params[name]
    problem = None
    wanted = query.get(conversation.IN_ADDRESS)
    # An address lags behind: whoever asks has seen what is on the page, not what the address names.
    if wanted and wanted != conversation.kept_as() and not conversation.is_waiting():
        problem = open_kept(library.conversations, wanted)
    if question := query.get("q", "").strip():
        conversation.new()
        conversation.ask(question)
    if "article" in query:
        try:
            open_source(_place(library, query["article"], query.get("start", "0"), query.get("end", "0")))
        except HouseviewError as error:
            problem = explain(error)
        except ValueError:
            problem = "The link's start and end are no places of that article; open it from the Library page."
    return problem


def _place(library: Library, article_id: str, start: str, end: str) -> Opened:
    """Return the place in an article.

    Raises:
        HouseviewError: the library holds no such article.
        ValueError: it has no such place.
    """
    text = library.article(article_id).text
    first, last = int(start), int(end)
    if not 0 <= first <= last <= len(text):
        raise ValueError
    return Opened(article_id, first, last)
