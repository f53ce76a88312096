"""The page that keeps the library: add by upload or paste, look through what is there, remove."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from rag import ArticleRef, HouseviewError, LibraryLocked
from ui.escape import escape_markdown
from ui.ingest_view import BUSY, add, offer_samples, show_failures, show_job
from ui.jobs import LOCKED
from ui.marks import name
from ui.session import Desk, explain
from ui.uploads import keep, keep_pasted

_COPY = "a copy"
FORMATS = (
    *("txt", "md", "markdown", "html", "htm", "pdf", "docx", "pptx", "eml", "csv", "tsv", "jsonl"),
    *("gz", "zip", "tar", "tgz"),
)


def page(desk: Desk) -> None:
    """Draw the page; the report of the last change stays until the next one."""
    st.title("Library", anchor=False)
    with st.container(key="work"):  # always there, or the tabs below would go back to the first when a job begins
        show_job(desk)
    if removed := st.session_state.pop("removed", None):
        st.success(removed)
    upload, paste, folder = st.tabs(["Upload files", "Paste text", "From a folder"])
    with upload:
        _upload(desk)
    with paste:
        _paste(desk)
    with folder:
        _folder(desk)
    try:
        articles, failures = desk.library.articles(), desk.library.sources.failures()
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
        return
    show_failures(desk, failures)
    if articles:
        _articles(desk, articles)
    else:
        st.write("Nothing here yet.")
        offer_samples(desk)


def _upload(desk: Desk) -> None:
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            "Articles and notes",
            type=FORMATS,
            accept_multiple_files=True,
            help="A file named like an earlier one replaces it.",
        )
        sent = st.form_submit_button("Add to the library", type="primary")
    if sent and files:
        _add(desk, lambda folder: keep(folder, [(file.name, file.getvalue()) for file in files]))
    elif sent:
        st.warning("Choose one or more files first.")


def _paste(desk: Desk) -> None:
    with st.form("paste", clear_on_submit=True, border=False):
        title = st.text_input("Title (optional)", max_chars=300)
        text = st.text_area("Text", height=220)
        sent = st.form_submit_button("Add the text", type="primary")
    if sent and text.strip():
        _add(desk, lambda folder: keep_pasted(folder, title, text))
    elif sent:
        st.warning("Paste the text of an article first.")


def _folder(desk: Desk) -> None:
    with st.form("folder", border=False):
        path = st.text_input("Folder or file on the machine that runs Houseview", placeholder="/home/me/notes")
        in_step = st.checkbox(
            "Also remove what it no longer holds",
            help="Keeps the library in step with the folder: come back and do the same again, or watch it from a shell "
            "with `python -m ingest watch`.",
        )
        sent = st.form_submit_button("Add the folder", type="primary")
    if sent and path.strip():
        source = os.path.expanduser(path.strip())  # noqa: PTH111 - an address, which may be given too, is no Path
        add(desk, [source], in_step=in_step)
    elif sent:
        st.warning("Name a folder or a file first.")


def _add(desk: Desk, write: Callable[[Path], list[Path]]) -> None:
    if desk.jobs.running:  # what is being read must not be written over
        st.warning(BUSY)
        return
    try:
        paths = write(Path(desk.library.path) / "uploads")
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
        return
    add(desk, paths)


def _articles(desk: Desk, articles: Sequence[ArticleRef]) -> None:
    st.subheader(f"{len(articles):,} articles", anchor=False)
    doubles = _doubles(desk)
    if doubles:
        copies = sum(said == _COPY for said in doubles.values())
        st.caption(
            f"{copies:,} of them {'is a copy' if copies == 1 else 'are copies'} of another and "
            f"{len(doubles) - copies:,} superseded by an update; answers and counts take each story once."
        )
    table = {
        "Title": [name(article) for article in articles],
        "Publisher": [article.publisher or "" for article in articles],
        "Date": [article.published.date() if article.published else None for article in articles],
        "Kind": [article.kind or "" for article in articles],
        **({"Double": [doubles.get(article.id, "") for article in articles]} if doubles else {}),
        "Source": [article.url or article.source for article in articles],
    }
    if any(article.date_is_guess for article in articles):
        table["Date is"] = ["a guess" if article.date_is_guess else "" for article in articles]
    picked = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"articles-{len(articles)}",
        column_config={"Title": st.column_config.TextColumn(width="large")},
    )
    chosen = [articles[row] for row in picked.selection.rows if row < len(articles)]
    if st.button(f"Remove {len(chosen)} selected" if chosen else "Remove selected", disabled=not chosen):
        _confirm(desk, chosen)


def _doubles(desk: Desk) -> dict[str, str]:
    """Return which articles (by id) are copies of others, and which are superseded."""
    found = desk.library.likenesses()
    return {each.article.id: _COPY for each in found if each.kind == "copy"} | {
        each.original.id: "superseded" for each in found if each.kind == "update"
    }


@st.dialog("Remove from the library?")
def _confirm(desk: Desk, chosen: Sequence[ArticleRef]) -> None:
    for article in chosen[:10]:
        st.text(name(article))
    if len(chosen) > 10:
        st.text(f"and {len(chosen) - 10:,} more")
    st.caption("Answers will no longer draw on them.")
    if st.button("Remove", type="primary"):
        try:
            count = desk.library.remove([article.id for article in chosen])
        except LibraryLocked:
            st.error(LOCKED)
        except HouseviewError as error:
            st.error(escape_markdown(explain(error)))
        else:
            st.session_state["removed"] = f"Removed {count:,}."
            desk.jobs.dismiss()
            st.rerun()
