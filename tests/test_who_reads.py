"""Who may read, add and remove, by what an identity provider says of them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rag import Settings

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from ui.readers import NotAllowed, Reader, SignInNeeded, admitted, is_listed

UI = Path(__file__).parent.parent / "ui"
NOW = 1_800_000_000
ANN = {
    "is_logged_in": True,
    "iss": "https://id.example",
    "sub": "4711",
    "email": "Ann@Desk.example",
    "email_verified": True,
    "iat": NOW - 60,
}


def listing(readers: str = "ann@desk.example", **more: str) -> Settings:
    return Settings(_env_file=None, readers=readers, **more)  # type: ignore[call-arg]


def run_app(page: str = "sign_in.admit") -> AppTest:
    def script(page):
        import streamlit as st

        from ui import sign_in

        who = sign_in.admit()
        st.text(repr(who))

    return AppTest.from_function(script, kwargs={"page": page})


def test_a_listed_address_reads_and_owns_by_issuer_and_subject():
    assert admitted(ANN, listing(), NOW).owner == "https://id.example|4711"


def test_the_same_subject_of_another_issuer_owns_something_else():
    other = ANN | {"iss": "https://other.example"}
    assert admitted(other, listing(), NOW).owner != admitted(ANN, listing(), NOW).owner


@pytest.mark.parametrize("listed", ["ann@desk.example", "@desk.example", "@DESK.example", "sub:4711", "*"])
def test_readers_are_listed_by_address_domain_subject_or_all(listed):
    assert is_listed((listed,), "4711", "Ann@desk.example")


@pytest.mark.parametrize(
    "listed",
    ["ben@desk.example", "@example", "desk.example", "@sk.example", "sub:471", "sub:", "4711", "", "@", "ann@", "ANN"],
)
def test_nobody_is_listed_by_a_part_of_a_name(listed):
    assert not is_listed((listed,), "4711", "ann@desk.example")


@pytest.mark.parametrize("email", ["ann@desk.example@evil.example", "ann@evil.example", "@evil.example"])
def test_only_what_stands_after_the_last_at_is_the_domain(email):
    assert not is_listed(("@desk.example", "ann@desk.example"), "1", email)


def test_a_reader_without_an_address_is_in_no_domain():
    assert not is_listed(("@", "@desk.example", ""), "1", "")


def test_nobody_is_listed_by_default():
    with pytest.raises(NotAllowed, match="HOUSEVIEW_READERS"):
        admitted(ANN, listing(""), NOW)


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1.5])
def test_an_address_that_nobody_verified_admits_nobody(verified):
    with pytest.raises(NotAllowed):
        admitted(ANN | {"email_verified": verified}, listing(), NOW)


def test_a_claim_of_verification_that_is_missing_admits_nobody():
    with pytest.raises(NotAllowed):
        admitted({name: value for name, value in ANN.items() if name != "email_verified"}, listing(), NOW)


@pytest.mark.parametrize("gone", ["iss", "sub"])
def test_who_cannot_be_told_apart_from_others_does_not_read(gone):
    with pytest.raises(NotAllowed, match="iss and sub"):
        admitted(ANN | {gone: ""}, listing("*"), NOW)


@pytest.mark.parametrize("said", [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"iat": None}, {"iat": "now"}])
def test_without_a_sign_in_there_is_no_reader(said):
    with pytest.raises(SignInNeeded):
        admitted(ANN | said, listing(), NOW)


def test_a_sign_in_runs_out():
    settings = listing(sign_in_hours="2")
    assert admitted(ANN | {"iat": NOW - 7_100}, settings, NOW)
    with pytest.raises(SignInNeeded, match="run out"):
        admitted(ANN | {"iat": NOW - 7_300}, settings, NOW)


@pytest.mark.parametrize(
    ("more", "may"),
    [
        ({}, (False, False)),
        ({"may_ingest": "ann@desk.example"}, (True, False)),
        ({"may_delete": "@desk.example"}, (False, True)),
        ({"may_ingest": "*", "may_delete": "sub:4711"}, (True, True)),
        ({"may_ingest": "ben@desk.example", "may_delete": "ben@desk.example"}, (False, False)),
    ],
)
def test_adding_and_removing_are_for_those_listed_for_them(more, may):
    who = admitted(ANN, listing(**more), NOW)
    assert (who.may_ingest, who.may_delete) == may


def test_without_sign_in_the_one_reader_may_do_all(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run_app().run().text[0].value == repr(Reader())


def test_readers_listed_without_a_way_to_sign_in_let_nobody_in(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOUSEVIEW_READERS", "ann@desk.example")
    app = run_app().run()
    assert app.text[0].value == "None"
    assert "no sign-in is set up" in app.error[0].value.replace("\\", "")


def test_a_sign_in_that_cannot_be_read_lets_nobody_in(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('[auth\nclient_id = "x"\n')
    app = run_app().run()
    assert app.text[0].value == "None"
    assert "secrets.toml" in app.error[0].value.replace("\\", "")


def test_each_service_that_is_set_up_has_its_button():
    app = run_app()
    app.secrets["auth"] = {
        "redirect_uri": "x",
        "cookie_secret": "y",
        "entra": {"client_id": "1"},
        "okta": {"client_id": "2"},
    }
    app.user = {"is_logged_in": False}
    assert [button.label for button in app.run().button] == ["Sign in with Entra", "Sign in with Okta"]


def test_nothing_of_a_session_is_kept_where_all_sessions_see_it():
    changing = {
        f"{path.name}: {ast.unparse(target)}"
        for path in sorted(UI.glob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and can_grow(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    constants = {name for name in changing if name.split(": ")[1].lstrip("_").isupper()}
    cached = [path.name for path in UI.glob("*.py") if "st.cache" in path.read_text(encoding="utf-8")]
    # Pictures of the pages of stored documents, by article and place: the same for whoever may read.
    assert (changing - constants, cached) == ({"session.py: _desks"}, ["source_page.py"])


def can_grow(value: ast.expr | None) -> bool:
    """Return whether a value is a container that a session could leave something in."""
    literal = isinstance(value, ast.Dict | ast.List | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)
    made = isinstance(value, ast.Call) and ast.unparse(value.func) in (
        *("dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict", "WeakValueDictionary"),
    )
    return literal or made
