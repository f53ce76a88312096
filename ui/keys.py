"""Keys of the page that asks: "/" to the input, "]" and "[" through the citations of the last answer."""

from __future__ import annotations

import streamlit as st

# Keys with Ctrl or Cmd are the browser's. Alt is let through: on many keyboards the brackets are typed with it.
_JS = """
export default () => {
  const input = () => document.querySelector('[data-testid="stChatInputTextArea"]');
  const marks = () => {
    const all = [...document.querySelectorAll('[class*="st-key-cite-"] button')];
    const turn = all.at(-1)?.closest('[class*="st-key-turn-"]');
    const seen = new Set();
    return all.filter((each) => turn?.contains(each) && !seen.has(each.textContent) && seen.add(each.textContent));
  };
  const step = (by) => {
    const all = marks();
    const here = all.findIndex((each) => each.getAttribute("kind") === "primary");
    const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
    all[next]?.focus({ preventScroll: true });
    all[next]?.scrollIntoView({ block: "nearest" });
    all[next]?.click();
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], [role=dialog]")) return;
    const does = { "/": () => input()?.focus(), "]": () => step(1), "[": () => step(-1) }[event.key];
    if (does) { event.preventDefault(); does(); }
  };
  document.addEventListener("keydown", press);
  // A phone would open its keyboard over the page.
  const idle = !document.activeElement || document.activeElement === document.body;
  if (idle && matchMedia("(hover: hover) and (pointer: fine)").matches) input()?.focus({ preventScroll: true });
  return () => document.removeEventListener("keydown", press);
};
"""
_keys = st.components.v2.component("houseview_keys", js=_JS)
_HELP = {
    "/": "to the question",
    "Enter": "ask",
    "Shift + Enter": "a new line",
    "Esc": "stop an answer",
    "]": "next citation",
    "[": "previous citation",
    "Alt + ↓ ↑": "next and previous, from anywhere",
}


def listen() -> None:
    """Listen for the keys, and put the cursor into the input if it is nowhere else."""
    _keys(key="keys", height=1, width=1)


def show_help() -> None:
    """Draw what the keys do."""
    with st.popover("Keys", icon=":material/keyboard:", type="tertiary"):
        for key, does in _HELP.items():
            st.markdown(f"`{key}`  {does}")
