"""Runs a page of the app without a browser, over whatever library it is given."""

from __future__ import annotations

import re
import time
from concurrent.futures import Future

from streamlit.testing.v1 import AppTest

from ui.session import Desk

ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
HOSTILE = (
    "<script>planted=1</script> ![i](http://127.0.0.1:9/i.png) [l](javascript:x) "
    "$x^2$ :red[x] :smile: **b** _i_ `c` -- -> www.example.com a@example.com 1. # &lt;"
)


def desk_of(library) -> Desk:
    """Return a desk whose model is loaded."""
    model: Future[object] = Future()
    model.set_result(None)
    return Desk(library, model)


def run(library, page: str = "chat", desk: Desk | None = None, **query: str) -> AppTest:
    """Return a page after its first run, opened with a query in its address, on a desk of its own unless given one."""

    def script(desk, page):
        from importlib import import_module

        import_module(f"ui.{page}").page(desk)

    app = AppTest.from_function(script, kwargs={"desk": desk or desk_of(library), "page": page})
    app.query_params.update(query)
    return app.run(timeout=20)


def press(app: AppTest, label: str) -> AppTest:
    """Click the button of that label."""
    return next(button for button in app.button if button.label == label).click().run(timeout=20)


def finish(app: AppTest, seconds: float = 30) -> AppTest:
    """Run the page again until no job goes on."""
    deadline = time.monotonic() + seconds
    while app.get("progress"):
        assert time.monotonic() < deadline, "the job does not end"
        time.sleep(0.05)
        app.run(timeout=20)
    return app


def texts(app: AppTest) -> list[str]:
    """Return what the page shows as plain text."""
    return [element.value for element in app.text]
