"""Houseview's app: `streamlit run app.py`. Navigation only; the pages are in `ui/`.

The server imports this file once, for `app`; each visit runs it as a script.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rag import HouseviewError, note_fault
from ui import chat, home, library, loading, server, sign_in, style, views
from ui.escape import escape_markdown
from ui.session import explain, open_desk, page_is_drawn

# A file of ours: the browser would fetch a named icon or an emoji from a server of its maker.
_ICON = Path(__file__).parent / "ui" / "mark.svg"


def main() -> None:
    """Open the library and run the page the reader is on."""
    st.set_page_config(page_title="Houseview", page_icon=str(_ICON), layout="wide")
    style.apply()
    who = sign_in.admit()
    if who is None:
        return
    try:
        with st.spinner("Opening the library…"):
            desk = open_desk()
    except HouseviewError as error:
        st.title("Houseview", anchor=False)
        st.error(escape_markdown(explain(error)))
        return
    loading.mention(desk)

    def go(page: str, **query: str) -> None:
        st.switch_page(pages[page], query_params=query)

    pages = {
        "home": st.Page(lambda: home.page(desk, go), title="Home", icon=":material/home:", url_path="", default=True),
        "ask": st.Page(lambda: chat.page(desk), title="Ask", icon=":material/forum:", url_path="ask"),
        "views": st.Page(lambda: views.page(desk), title="Views", icon=":material/table_view:", url_path="views"),
        "library": st.Page(
            lambda: library.page(desk), title="Library", icon=":material/library_books:", url_path="library"
        ),
    }
    page = st.navigation(list(pages.values()), position="top")
    if page is not pages["home"]:
        home.leave(desk)
    page.run()
    page_is_drawn()
    sign_in.offer_sign_out(who)


if __name__ == "__main__":
    main()
else:
    app = st.App(
        __file__,
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        lifespan=server.opening,
        on_script_error=note_fault,
    )
