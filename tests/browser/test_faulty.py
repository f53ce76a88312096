"""What reader and log are told of a fault of the program, by a server like the app's."""

from __future__ import annotations

import pytest
from visiting import ROOT

from benchmarks.app_server import running

pytestmark = pytest.mark.browser

FAULTY = """
import streamlit as st
from rag import note_fault
from ui import server

def draw():
    raise ValueError("zinc is cheap, says Ann Voss")

if __name__ == "__main__":
    st.title("Faulty")
    draw()
else:
    app = st.App(__file__, lifespan=server.opening, on_script_error=note_fault)
"""


def test_a_fault_is_one_line_of_the_log_and_neither_log_nor_page_has_its_words(chromium, tmp_path):
    script, log = tmp_path / "faulty.py", tmp_path / "app.log"
    script.write_text(FAULTY)
    with running(tmp_path / "library", log, script=script, environment={"PYTHONPATH": str(ROOT)}) as address:
        page = chromium.new_page()
        page.goto(address)
        page.get_by_test_id("stException").wait_for(timeout=60_000)
        shown = page.locator(".stApp").inner_text()
        page.close()
    logged = log.read_text()
    told = [line for line in logged.splitlines() if "ValueError" in line]
    assert (len(told), "Traceback" in logged, "zinc" in logged + shown) == (1, False, False)
