"""Which chat model words the answers of this session, if any, and whether it answers at all.

A key comes from the environment or `st.secrets`, never from the page, and goes only to the model that it was set for.
"""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st

from rag import HouseviewError, Settings, Usage, Writer, check_model, load_model
from ui.escape import escape_markdown
from ui.readers import reader
from ui.session import explain

_CHOICE, _NAME, _WRITER = "model-choice", "model-name", "model-writer"
_AS_SET, _NONE, _OTHER = "As set up", "None", "Another"
_KEY: Final = "HOUSEVIEW_MODEL_KEY"


def draw(settings: Settings) -> None:
    """Draw the choice and the button that tries the model."""
    with st.popover("Model", icon=":material/edit_note:", type="tertiary"):
        st.segmented_control(
            "Model of this session", (_AS_SET, _NONE, _OTHER), default=_AS_SET, key=_CHOICE, persist_state="session"
        )
        if _choice() == _OTHER:
            st.text_input(
                "Name or address",
                key=_NAME,
                placeholder="openai:NAME, anthropic:NAME, ollama:NAME",
                help="Its key is read from the provider's variable, OPENAI_API_KEY say, of the machine that serves.",
                persist_state="session",
            )
        as_set = settings.model or "no model, answers are in the sources' own words"
        st.caption(escape_markdown(f"As set up: {as_set}."))
        if st.button("Try it", key="try-model", disabled=_choice() == _NONE):
            _try(settings)


def chosen(settings: Settings) -> Writer | Literal["extractive"] | None:
    """Return what to word answers with: a model, none whatever the settings say, or with None what they say.

    Raises:
        HouseviewError: the model chosen cannot be set up.
    """
    if _choice() == _NONE:
        return "extractive"
    if _choice() == _OTHER:
        return _other(settings)
    return _load(settings, _secret()) if settings.model and _secret() else None


def spent(usage: Usage) -> str:
    """Return what asking a model took, in words."""
    parts = (
        f"{usage.tokens_in:,} tokens in" if usage.tokens_in is not None else "",
        f"{usage.tokens_out:,} out" if usage.tokens_out is not None else "",
        f"first word after {usage.first_token_ms / 1000:.1f} s" if usage.first_token_ms is not None else "",
        f"{usage.total_ms / 1000:.1f} s in all",
    )
    return " · ".join(part for part in parts if part)


def _choice() -> str:
    return str(st.session_state.get(_CHOICE) or _AS_SET)


def _other(settings: Settings) -> Writer | Literal["extractive"]:
    name = str(st.session_state.get(_NAME) or "").strip()
    if "://" in name and not reader().may_ingest:
        raise HouseviewError("You may choose a provider's model, but not an address; ask who looks after this desk.")
    # The key that was set up is for the model that was: what a reader names must not be sent it.
    return _load(settings.model_copy(update={"model": name, "model_key": None}), None) or "extractive"


def _load(settings: Settings, key: str | None) -> Writer | None:
    held: tuple[str, Writer | None] | None = st.session_state.get(_WRITER)
    if held is None or held[0] != settings.model:
        held = st.session_state[_WRITER] = (settings.model, load_model(settings, key))
    return held[1]


def _secret() -> str | None:
    return str(st.secrets[_KEY]) if st.secrets.load_if_toml_exists() and _KEY in st.secrets else None


def _try(settings: Settings) -> None:
    try:
        writer = _other(settings) if _choice() == _OTHER else _load(settings, _secret())
        if writer is None or writer == "extractive":
            st.info("No model is named: answers are in the sources' own words.")
            return
        with st.spinner("Asking it for a word…"):
            check = check_model(writer)
    except HouseviewError as error:
        st.error(escape_markdown(explain(error)))
        return
    st.success(escape_markdown(f"{check.model} answers: {spent(check.usage)}."))
