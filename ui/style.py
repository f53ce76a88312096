"""The few rules of appearance that Streamlit's theme has no setting for. Only cosmetics: the app works without them."""

from __future__ import annotations

import streamlit as st

# Menus hang outside the app's element, which alone is told when the theme changes.
_THEME_JS = """
export default () => {
  const app = document.querySelector(".stApp");
  const follow = () => { document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme; };
  const themed = new MutationObserver(follow);
  themed.observe(app, { attributeFilter: ["class"] });
  follow();
  return () => themed.disconnect();
};
"""
_theme = st.components.v2.component("houseview_theme", js=_THEME_JS)
_CSS = """
.st-key-theme { position: absolute; }
.stMainBlockContainer { padding: 4.5rem clamp(1rem, 3vw, 3rem) 2rem; }
[data-testid="stBottomBlockContainer"] { padding-inline: clamp(1rem, 3vw, 3rem); }
:is(.stTabs [aria-selected="true"], button[data-selected="true"]) p { color: LINK; }
:is([class*="st-key-turn-"], .st-key-work) { scroll-margin-top: 4rem; }
.stChatMessage { background: none; padding: 0.5rem 0; }
.stChatMessage:has([data-testid="stChatMessageAvatarUser"]) { font-weight: 600; }

/* The primary colour carries white letters; as the colour of letters it would be too dark on dark paper. */
button:is([kind="tertiary"], [data-testid="stPopoverButton"]):is(:hover, :active, :focus, [aria-expanded="true"]) {
  color: LINK; }
[data-testid="stTopNavLink"]:focus-visible { box-shadow: 0 0 0 2px LINK; }

/* A statement is one paragraph, its citation marks running on behind the words. */
[class*="st-key-statement-"] { display: block; }
[class*="st-key-statement-"] :is(.stElementContainer, .stText, .stText span, .stButton, .stButton > div) {
  display: inline; }
[class*="st-key-statement-"] .stMarkdown { display: inline-block; vertical-align: middle; margin-right: 0.25rem; }
[class*="st-key-cite-"] button { display: inline; width: auto; margin-left: 0.15rem; }
[class*="st-key-cite-"] button * { display: inline; font-size: 0.875rem; }
:is([class*="st-key-cite-"], [class*="st-key-source-mark-"]) button {
  min-height: 1.5rem; padding: 0 0.25rem; text-underline-offset: 0.2em; }
:is([class*="st-key-cite-"], [class*="st-key-source-mark-"]) button[kind="tertiary"] {
  color: LINK; text-decoration: underline; }

[class*="st-key-source-item-"] { margin-bottom: 0.75rem; }

/* Labels of several lines, or of a list, begin at the left. */
:is([class*="st-key-behind-"], [class*="st-key-near-"], [class*="st-key-follow-up-"], [class*="st-key-home-example-"],
  [class*="st-key-open-"]) button { text-align: left; }
[class*="st-key-open-"] button :is(span, div) { width: 100%; }

:is(.st-key-scope-bar, [class*="st-key-tools-"]) button { min-height: 2rem; padding-block: 0; }

:is([class*="st-key-home-change-"], [class*="st-key-home-article-"]) button {
  text-align: left; min-height: 1.75rem; padding-block: 0.1rem; }
:is([class*="st-key-home-views-"], [class*="st-key-home-all-"], [class*="st-key-view-pick-"]) button { color: LINK; }
.st-key-view-picks button { min-height: 1.75rem; padding-block: 0; }

/* Until a source is open beside it, what lies on a desk has the whole width. */
:is(.st-key-views-desk, .st-key-home-desk, .st-key-article-desk) > * > .stHorizontalBlock >
  .stColumn:last-child:not(:has(.st-key-source-panel)) { display: none; }

.st-key-view-charts .stColumn { min-width: min(20rem, 100%); }
/* Streamlit's grey is too faint for small letters on light paper. */
.stVegaLiteChart svg :is(.role-axis-label, .role-axis-title, .role-legend-label, .role-legend-title) text {
  fill: light-dark(#55504a, #d9d6cf); }

/* The source stays beside the answers while they scroll. */
.stColumn > .stVerticalBlock > [data-testid="stLayoutWrapper"]:has(.st-key-source-panel, .st-key-source-list) {
  position: sticky; top: 4.5rem; }
.st-key-source-panel { flex: none; height: max(24rem, calc(100vh - 17rem)); }
.st-key-source-panel .stElementContainer:has(iframe) { flex: 1 1 0; height: auto; }
.st-key-source-panel iframe { display: block; height: 100%; }
[data-testid="stLayoutWrapper"]:has(> .st-key-source-body) { flex: 1 1 0; min-height: 0; }
.st-key-source-body { height: 100%; overflow-y: auto; flex-wrap: nowrap; }
.st-key-source-steps button { min-height: 1.75rem; padding: 0 0.25rem; }
/* Signs alone; their names and keys are for screen readers and tooltips. */
:is(.st-key-source-head :is(button, a), .st-key-source-steps [class*="-citation"]) :is(p, kbd) {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.st-key-source-head :is(button, a) { min-height: 1.75rem; padding: 0 0.25rem; }
[class*="st-key-around-"] button { text-align: left; padding-block: 0.125rem; }

/* The tools of a table, which a finger always sees, stand above it. */
@media (max-width: 768px) { .stElementContainer:has(> .stDataFrame) { margin-top: 1.5rem; } }

/* Where there is no room beside the answers it lies over the lower part, so that a mark shows its words at once. */
@media (max-width: 900px) { SHEET }
@media (min-width: 769px) and (max-width: 1200px) {
  .stApp:has([data-testid="stSidebar"][data-collapsed="false"]) { --sheet-left: 300px; SHEET }
}
"""
_SHEET = """
  .stHorizontalBlock:has(.st-key-source-panel, .st-key-source-list) > .stColumn { min-width: 100%; }
  .stColumn > .stVerticalBlock > [data-testid="stLayoutWrapper"]:has(.st-key-source-panel, .st-key-source-list) {
    position: static; }
  .stMainBlockContainer:has(.st-key-source-panel) { padding-bottom: 66vh; }
  .stColumn > .stVerticalBlock [data-testid="stLayoutWrapper"]:has(> .st-key-source-panel) {
    position: fixed; inset: auto 0 0 var(--sheet-left, 0); width: auto; z-index: 1000; }
  .st-key-source-panel { height: 62vh; background: PAPER; box-shadow: 0 -0.5rem 1.5rem rgb(0 0 0 / 25%); }
"""


def apply() -> None:
    """Add the rules to the page, in the colours of either theme, whichever the browser draws."""
    paper, link = (_of_either(name) for name in ("backgroundColor", "linkColor"))
    css = _CSS.replace("SHEET", _SHEET).replace("PAPER", paper).replace("LINK", link)
    st.html(f"<style>{css}</style>")
    _theme(key="theme", height=1, width=1)


def _of_either(name: str) -> str:
    """Return a colour of the theme as CSS that follows the theme without a word from the server."""
    light, dark = (st.get_option(f"theme.{theme}.{name}") for theme in ("light", "dark"))
    return f"light-dark({light}, {dark})"
