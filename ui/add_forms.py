"""The four ways to add to the library: files, pasted text, addresses on the web, a folder of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from rag import HouseviewError, web_address
from ui.escape import escape_markdown
from ui.session import Desk, explain
from ui.uploads import keep, keep_pasted
from ui.work import BUSY, add

FORMATS = (
    *("txt", "md", "markdown", "html", "htm", "pdf", "docx", "pptx", "eml", "csv", "tsv", "jsonl"),
    *("gz", "zip", "tar", "tgz"),
)
_MOST_ADDRESSES = 500


def show(desk: Desk) -> None:
    """Draw the forms, one behind the other."""
    upload, paste, web, folder = st.tabs(["Upload files", "Paste text", "From the web", "From a folder"], key="add-by")
    with upload:
        _upload(desk)
    with paste:
        _paste(desk)
    with web:
        _web(desk)
    with folder:
        _folder(desk)


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


def _web(desk: Desk) -> None:
    with st.form("web", border=False):
        given = st.text_area(
            "Addresses, one a line",
            height=100,
            placeholder="https://desk.example/notes/small-caps\nhttps://desk.example/feed.xml",
            help="Articles, PDF files and feeds. Of a feed all entries are read; add it again later for what is new.",
        )
        sent = st.form_submit_button("Add from the web", type="primary")
    if not sent:
        return
    lines = list(dict.fromkeys(given.split()))
    wrong = [line for line in lines if web_address(line) is None]
    if wrong:
        st.warning(escape_markdown(f"{wrong[0][:200]} is no web address; give it whole, as https://desk.example/note."))
    elif len(lines) > _MOST_ADDRESSES:
        st.warning(
            f"{len(lines):,} addresses; give {_MOST_ADDRESSES} at most, or put them into a file that ends in .urls, "
            "one a line, and add that from a folder."
        )
    elif lines:
        add(desk, lines)
    else:
        st.warning("Give one or more addresses first.")


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
