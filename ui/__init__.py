"""The Streamlit app: one page per module, small widgets, and nothing a script would want."""
