"""The page of whoever may not read yet: to sign in, or why signing in was not enough."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rag import HouseviewError
from ui.escape import escape_markdown
from ui.readers import NotAllowed, Reader, SignInNeeded, has_sign_in, reader
from ui.session import explain

_WIDTH = 440
_OF_PROVIDERS = "client_id"


def admit() -> Reader | None:
    """Return the session's reader; None once a page is drawn that says why there is none."""
    try:
        return reader()
    except SignInNeeded as needed:
        _ask(explain(needed))
    except NotAllowed as refused:
        _refuse(explain(refused))
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
    return None


def offer_sign_out(who: Reader) -> None:
    """Draw, at the foot of the sidebar, who reads and the button that signs them out; nothing where nobody signs in."""
    if who.owner:
        with st.sidebar:
            st.caption(escape_markdown(f"Signed in as {who.name}"))
            st.button("Sign out", key="sign-out", icon=":material/logout:", type="tertiary", on_click=st.logout)


def providers() -> tuple[str | None, ...]:
    """Return the names of the sign-in services that are set up; None for one without a name."""
    auth = st.secrets["auth"] if has_sign_in() else {}
    named = [name for name, part in auth.items() if isinstance(part, Mapping) and _OF_PROVIDERS in part]
    return tuple(named) or (None,)


def _ask(why: str) -> None:
    with _page():
        st.write(escape_markdown(why))
        for name in providers():
            label = f"Sign in with {name.capitalize()}" if name else "Sign in"
            st.button(
                escape_markdown(label),
                key=f"sign-in-{name or 'here'}",
                icon=":material/login:",
                type="primary",
                on_click=st.login,
                args=(name,) if name else (),
                width="stretch",
            )


def _refuse(why: str) -> None:
    with _page():
        st.warning(escape_markdown(why), icon=":material/block:")
        st.button("Sign out", key="sign-out", icon=":material/logout:", on_click=st.logout, width="stretch")


def _page() -> st.delta_generator.DeltaGenerator:
    with st.container(horizontal_alignment="center"):
        page = st.container(key="sign-in", width=_WIDTH)
    page.title("Houseview", anchor=False)
    return page
