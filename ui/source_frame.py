"""The frame of an open article: its current mark, its theme, its keys, and where the focus goes when it is closed."""

from __future__ import annotations

import streamlit as st

from ui.session import pressed_mark, times_opened

# The frame holds a page of ours (`ui.article_page`); the two talk by messages, whichever of them is there first. Its
# keys press the buttons of the panel, for a key pressed in a frame is never heard outside of it.
_JS = """
const BUTTONS = { next: "next-citation", previous: "previous-citation", close: "close-source" };
let last = {};  // what was drawn last, whichever drawing a timer was set by
export default ({ data }) => {
  last = data;
  // While one article gives way to another there are two.
  const frames = () => [...document.querySelectorAll(".st-key-source-panel iframe")].map((each) => each.contentWindow);
  const app = document.querySelector(".stApp");
  const tell = () => frames().forEach((each) => each.postMessage(
    { houseview: "show", place: data.place, times: data.times, theme: getComputedStyle(app).colorScheme }, "*"));
  const themed = new MutationObserver(tell);  // the app wears another class in another theme
  themed.observe(app, { attributeFilter: ["class"] });
  const hear = ({ source, data: said }) => {
    if (!said?.houseview || !frames().includes(source)) return;
    if (said.houseview === "ready") tell();
    else document.querySelector(`.st-key-${BUTTONS[said.houseview]} button`)?.click();
  };
  window.addEventListener("message", hear);
  const isLost = () => !document.activeElement || document.activeElement === document.body;
  const pressed = () => last.pressed && document.querySelector(`.st-key-${last.pressed} button`);
  // The page goes on being drawn for a while, and whatever is drawn anew loses the focus.
  const keep = (find, options, tries = 20) => {
    if (isLost()) find()?.focus(options);
    if (tries) setTimeout(() => keep(find, options, tries - 1), 100);
  };
  // Once the panel is gone, the focus would be on nothing: back to the mark, in view, that the words were cited by.
  const origin = () => {
    if (document.querySelector(".st-key-source-panel") || !last.marker) return null;
    const marks = document.querySelectorAll(`[class*="st-key-cite-"][class$="-${last.marker}"] button,
      [class*="st-key-cite-"][class*="-${last.marker} "] button`);
    return pressed() ?? marks[marks.length - 1];
  };
  tell();
  keep(pressed, { preventScroll: true });
  return () => {
    window.removeEventListener("message", hear);
    themed.disconnect();
    keep(origin, {});
  };
};
"""
_follow = st.components.v2.component("houseview_source_frame", js=_JS)


def follow(place: int, marker: int | None) -> None:
    """Have the frame show the mark of a place, the one cited as `marker`, also if the reader has moved away from it."""
    data = {"place": place, "marker": marker, "times": times_opened(), "pressed": pressed_mark()}
    _follow(key="source-frame", data=data, height=1)
