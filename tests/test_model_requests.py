"""A model's server that fails, stalls, drips or talks nonsense costs an answer its wording, never the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from making import day
from model_server import ModelServer, Reply, event, failing, saying

from rag import Library, ModelError, Settings, SettingsError, Told, Writer, check_model, load_model
from rag.models.writing import OWN_WORDS

QUESTION = "What does Mara Lane say about tin?"
LANE = "Mara Lane of Tern Capital cut her tin forecast to $21,000 because two smelters may reopen."
SAID = "Mara Lane of Tern Capital cut her tin forecast to $21,000 on 2 September 2025 [1]."
SECRET = "sk-very-secret"

Serving = Callable[..., ModelServer]


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no key of the machine's own to the model's packages, and no proxy before loopback."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def named(model: str, **fields: Any) -> Settings:
    """Return settings that name a model."""
    return Settings(_env_file=None, model=model, **fields)  # type: ignore[call-arg]


def writer_at(server: ModelServer, key: str | None = None, **fields: Any) -> Writer:
    """Return a writer that asks a server, with little patience unless `fields` say otherwise."""
    patience = {"model_seconds": 20.0, "model_first_seconds": 10.0, "model_retries": 0}
    writer = load_model(named(f"{server.address}#toy", **(patience | fields)), key)
    assert writer
    return writer


@pytest.fixture
def desk(library: Library, put: Callable[..., object]) -> Library:
    """Return a library with one view on tin."""
    put(library, "a.md", LANE, published=day("2025-09-02"))
    return library


def stalling(*before: str) -> Reply:
    """Return a reply that says something and then nothing more, its connection open."""

    def parts(ending: threading.Event) -> Iterator[bytes]:
        yield from map(event, before)
        ending.wait(60)

    return Reply(parts)


def dripping(ending: threading.Event) -> Iterator[bytes]:
    while not ending.wait(0.05):
        yield event("x")


def breaking_off(_: threading.Event) -> Iterator[bytes]:
    yield event(f"{SAID} And")
    raise OSError


def raw(body: bytes) -> Reply:
    """Return a reply that is no stream of events."""
    return Reply(lambda _: iter([body]))


FAILURES = {
    "stalls at once": (stalling(), "did not begin to answer within 1 seconds"),
    "stalls midway": (stalling(f"{SAID} And"), None),
    "drips": (Reply(dripping), None),
    "breaks off": (Reply(breaking_off), "cannot be reached, or broke off"),
    "fails": (failing(500), "failed (HTTP 500)"),
    "is overloaded": (failing(503), "failed (HTTP 503)"),
    "is busy for long": (failing(429, Retry_After="3600"), "is busy, or its quota is used up (HTTP 429)"),
    "refuses the key": (failing(401), "refused the key (HTTP 401)"),
    "knows no such model": (failing(404), "is not known at its address (HTTP 404)"),
    "sends garbage": (raw(b"data: {not json\n\n"), "sent nothing that can be read"),
    "sends another shape": (raw(b'data: {"choices": 3}\n\n'), "sent nothing that can be read"),
    "sends null": (raw(b"data: null\n\n"), "sent nothing that can be read"),
    "sends nothing": (raw(b""), None),
    "sends a page": (raw(b"<html>Please sign in</html>"), None),
    "says nothing": (saying(""), "The model wrote no answer"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failing_server_gives_the_extractive_answer_with_a_note(desk, serving, failure):
    reply, note = FAILURES[failure]
    hangs = failure in ("stalls at once", "stalls midway", "drips")
    patience = {"model_seconds": 1.5, "model_first_seconds": 1.0} if hangs else {}
    answer = desk.ask(QUESTION, writer=writer_at(serving(reply), **patience))
    assert (answer.text, answer.model) == (desk.ask(QUESTION).text, None)
    assert (note or "") in answer.notes[-1]
    assert answer.notes[-1].endswith(OWN_WORDS)


def test_a_wait_that_is_longer_than_the_patience_is_not_begun(desk, serving):
    server = serving(failing(429, Retry_After="3600"), saying(SAID))
    answer = desk.ask(QUESTION, writer=writer_at(server, model_retries=2))
    assert (len(server.requests), answer.model) == (1, None)


def test_nothing_listens_at_the_address(desk, serving):
    server = serving(saying(SAID))
    server.close()
    answer = desk.ask(QUESTION, writer=writer_at(server))
    assert answer.notes[-1].endswith(f"cannot be reached, or broke off; {OWN_WORDS}")


def test_a_server_that_answers_is_quoted_with_what_it_counted(desk, serving):
    answer = desk.ask(QUESTION, writer=writer_at(serving(saying(SAID))))
    assert answer.model
    assert answer.usage is not None
    assert (answer.usage.tokens_in, answer.usage.tokens_out) == (7, 5)


@pytest.mark.parametrize(
    "failure", [failing(500), failing(429, Retry_After="0"), failing(503)], ids=["500", "429", "503"]
)
def test_a_failure_that_may_pass_is_tried_again(desk, serving, failure):
    server = serving(failure, saying(SAID))
    answer = desk.ask(QUESTION, writer=writer_at(server, model_retries=2))
    assert (bool(answer.model), len(server.requests)) == (True, 2)


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_failure_that_will_not_pass_is_not_tried_again(desk, serving, status):
    server = serving(failing(status))
    desk.ask(QUESTION, writer=writer_at(server, model_retries=3))
    assert len(server.requests) == 1


def test_an_answer_that_has_begun_is_not_asked_for_again(desk, serving):
    server = serving(Reply(breaking_off))
    desk.ask(QUESTION, writer=writer_at(server, model_retries=3))
    assert len(server.requests) == 1


def test_leaving_a_stream_ends_the_request(desk, serving):
    def parts(ending: threading.Event) -> Iterator[bytes]:
        yield event(f"{SAID} And")
        yield from dripping(ending)

    server = serving(Reply(parts))
    stream = desk.stream(QUESTION, writer=writer_at(server))
    next(item for item in stream if isinstance(item, Told))
    stream.close()  # type: ignore[attr-defined]
    assert server.left.wait(10)


def test_a_rate_limit_lets_a_request_wait_and_the_answer_go_on_without_it(desk, serving):
    server = serving(saying(SAID))
    writer = writer_at(server, model_per_minute=1, model_first_seconds=0.5)
    answers = [desk.ask(QUESTION, writer=writer) for _ in range(4)]
    assert [bool(answer.model) for answer in answers][-1] is False
    assert len(server.requests) < 4


# --- keys


def test_a_key_goes_to_the_server_and_nowhere_else(desk, serving, caplog):
    server = serving(failing(401))
    writer = writer_at(server, SECRET)
    answer = desk.ask(QUESTION, writer=writer)
    assert server.keys == [f"Bearer {SECRET}"]
    assert SECRET not in repr(writer) + repr(answer) + caplog.text


def test_an_error_repeats_nothing_of_a_key(serving):
    writer = writer_at(serving(failing(401)), SECRET)
    with pytest.raises(ModelError) as caught:
        check_model(writer)
    assert SECRET not in repr(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


def test_a_providers_own_key_is_not_sent_to_another_address(desk, serving, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    server = serving(saying(SAID))
    desk.ask(QUESTION, writer=writer_at(server))
    assert server.keys
    assert SECRET not in repr(server.keys)


def test_settings_do_not_show_the_key():
    assert SECRET not in repr(named("openai:toy", model_key=SECRET))


# --- loading and trying


def test_without_a_name_there_is_no_model():
    assert load_model(named("")) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("toy", "names no model"),
        ("openai:", "names no model"),
        ("nosuch:toy", "knows no provider 'nosuch'"),
        ("mistralai:toy", "python -m pip install langchain-mistralai"),
        ("openai:toy", "OPENAI_API_KEY or HOUSEVIEW_MODEL_KEY"),
        ("anthropic:toy", "ANTHROPIC_API_KEY or HOUSEVIEW_MODEL_KEY"),
        ("ftp://e.test/v1", "write http(s)://HOST:PORT/v1#NAME"),
        (f"http://me:{SECRET}@e.test/v1", "with any key in HOUSEVIEW_MODEL_KEY"),
    ],
)
def test_a_model_that_cannot_be_set_up_says_in_a_line_what_to_do(name, said):
    with pytest.raises(SettingsError) as caught:
        load_model(named(name))
    assert said in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("name", ["openai:toy", "anthropic:toy", "ollama:toy"])
def test_each_provider_with_a_package_here_is_set_up_without_the_network(name):
    writer = load_model(named(name), SECRET)
    assert writer
    assert writer.name == name


def test_a_model_that_answers_passes_its_trial(serving):
    check = check_model(writer_at(serving(saying("ready"))))
    assert (check.model.endswith("#toy"), check.usage.tokens_out) == (True, 5)


def test_a_model_that_says_nothing_fails_its_trial(serving):
    with pytest.raises(ModelError, match="answered with nothing"):
        check_model(writer_at(serving(saying(" "))))
