"""What the app shares between its sessions, the library and its warm model, and what each session keeps."""

from __future__ import annotations

import gc
import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

import streamlit as st

from rag import Answer, HouseviewError, Library, Passage, Quote, Settings, Turn, keep_journal, read_settings
from ui.jobs import Jobs

# Not Streamlit's cache, for the server opens the library too, outside of any session.
_desks: dict[Path, Desk] = {}
_opening = Lock()
# Loading the model keeps the interpreter busy, so the first page is drawn before it; nobody may come, so not for ever.
_drawn = Event()
_FIRST_PAGE_SECONDS = 3.0
SLOW_START = "Loading the model (the first start takes about 15 s)…"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open library, the work on it, and the loading of its model, which starts with the app: nobody need wait."""

    library: Library
    model: Future[object]
    jobs: Jobs = field(default_factory=Jobs)


@dataclass(frozen=True, slots=True)
class Opened:
    """The words a reader asked to see in their article; `marker` is None for a passage that no statement cites."""

    article_id: str
    start: int
    end: int
    marker: int | None = None


def open_desk() -> Desk:
    """Return the library that the settings name; one for all sessions, opened by whoever comes first.

    Raises:
        HouseviewError: the settings make no sense or the library cannot be opened.
    """
    settings = read_settings()
    keep_journal(settings)
    with _opening:
        if settings.library not in _desks:
            _desks[settings.library] = _open(settings)
        return _desks[settings.library]


def _open(settings: Settings) -> Desk:
    library = Library.open(settings.library, settings=settings)
    loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
    model: Future[object] = loader.submit(_load_model, library)
    loader.shutdown(wait=False)
    return Desk(library, model)


def _load_model(library: Library) -> None:
    _drawn.wait(_FIRST_PAGE_SECONDS)
    library.embedder.encode(["warm up"])
    # What is loaded stays: the collector need not go through its half million objects again, which stops every session.
    gc.collect()
    gc.freeze()


def page_is_drawn() -> None:
    """Let the model load: a page is drawn."""
    _drawn.set()


def samples_folder() -> Path | None:
    """Return the folder of sample articles, `HOUSEVIEW_SAMPLES` or the one beside the app; None if it holds nothing."""
    folder = Path(os.environ.get("HOUSEVIEW_SAMPLES", Path(__file__).parent.parent / "samples"))
    return folder if folder.is_dir() and any(folder.iterdir()) else None


def turns() -> list[Turn]:
    """Return the conversation so far."""
    kept: list[Turn] = st.session_state.setdefault("turns", [])
    return kept


def history() -> tuple[Answer, ...]:
    """Return the answers given so far, which a follow-up resolves against."""
    return tuple(turn.answer for turn in turns() if turn.answer is not None)


def opened() -> Opened | None:
    """Return what the source panel shows, None if it is closed."""
    shown: Opened | None = st.session_state.get("opened")
    return shown


def open_source(source: Opened, pressed: str | None = None) -> None:
    """Show `source` in the panel beside the answers; `pressed` is the key of the citation mark that asks for it."""
    st.session_state["opened"] = source
    st.session_state["pressed-mark"] = pressed
    st.session_state["times-opened"] = times_opened() + 1


def pressed_mark() -> str | None:
    """Return the key of the citation mark that opened what is open; None if something else did."""
    pressed: str | None = st.session_state.get("pressed-mark")
    return pressed


def times_opened() -> int:
    """Return how often something was opened: to show what is open already is to show it anew."""
    times: int = st.session_state.get("times-opened", 0)
    return times


def place_of(quote: Quote) -> Opened:
    """Return where the words stand that a view was read from."""
    return Opened(quote.article_id, quote.start, quote.end)


def open_passage(passage: Passage) -> None:
    """Show a passage that was offered without being cited."""
    open_source(Opened(passage.article.id, passage.start, passage.end))


def close_source() -> None:
    """Close the source panel."""
    st.session_state["opened"] = None


def explain(error: HouseviewError) -> str:
    """Return the one line to show for an error."""
    return str(error) or type(error).__name__
