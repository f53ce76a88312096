"""`python -m rag conversations` and `feedback`: what readers asked, and what they thought of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.terminal import AsJson, Where, as_json, fail, opened, shown

if TYPE_CHECKING:
    from rag.conversations import Judgement
    from rag.library import Library

Search = Annotated[str, typer.Option("--search", help="Only those whose title, questions or answers hold these words.")]
Owner = Annotated[str | None, typer.Option("--owner", help='Only those of one reader; "" where nobody signs in.')]


def conversations(library: Where = None, search: Search = "", owner: Owner = None, json: AsJson = False) -> None:
    """List the conversations that readers had in the app, the latest first.

    Exits with 0 when there are any, 1 when there are none, 2 on an error.
    """
    with opened(library) as found:
        kept = found.conversations.all(owner, search)
        if json:
            print(as_json({"conversations": [_with_turns(found, each.id) for each in kept]}))
        else:
            for each in kept:
                asked = f"{each.turns} {'question' if each.turns == 1 else 'questions'}"
                print(f"{each.changed_at:%Y-%m-%d %H:%M}  {shown(each.title)}  ({asked}, {shown(each.owner)})")
    raise typer.Exit(0 if kept else 1)


def feedback(
    library: Where = None,
    json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row each.")] = False,
) -> None:
    """Print what readers thought of answers, the latest first, with question and answer.

    Exits with 0 when there is any, 1 when there is none, 2 on an error.
    """
    if csv and json:
        fail("choose one of --csv and --json.")
    with opened(library) as found:
        rows = [_row(each) for each in found.conversations.feedback()]
    if json:
        print(as_json({"feedback": rows}))
    elif csv:
        from rag.spreadsheet import as_csv  # noqa: PLC0415 - --help loads nothing heavy

        print(as_csv(rows), end="")
    else:
        for row in rows:
            said = ", ".join(shown(part) for part in (row["reason"], row["comment"]) if part)
            print(f"{row['given_at']:%Y-%m-%d %H:%M}  {row['verdict']}  {shown(row['question'])}  {said}".rstrip())
    raise typer.Exit(0 if rows else 1)


def _with_turns(library: Library, conversation_id: str) -> dict[str, Any]:
    conversation, turns = library.conversations.open(None, conversation_id)
    return {"conversation": conversation, "turns": turns}


def _row(each: Judgement) -> dict[str, Any]:
    return {
        "given_at": each.given_at,
        "owner": each.owner,
        "verdict": each.feedback.verdict,
        "reason": each.feedback.reason,
        "comment": each.feedback.comment,
        "question": each.question,
        "answer": each.answer.text if each.answer else None,
        "model": each.answer.model if each.answer else None,
        "conversation": each.conversation_id,
        "position": each.position,
    }
