"""How a view reads in one line of a table or a list: its house, its day, its ratings and targets as a change."""

from __future__ import annotations

from datetime import date

from rag import View, day_of, holder_of


def house(view: View) -> str:
    """Return the name of the house a view is counted for: its firm, else its analyst, author or publisher."""
    author = next(iter(view.article.authors), None)
    return view.firm or view.analyst or author or view.article.publisher or "not named"


def day_in_words(day: date | None) -> str:
    """Return a day as the tables and charts write it, empty for none."""
    return f"{day:%-d %b %Y}" if day else ""


def move(before: str | None, after: str | None) -> str:
    """Return a change of rating or target: "hold → buy", the one that is known, or nothing."""
    return " → ".join((before, after)) if before and after else after or (f"from {before}" if before else "")


def action_in_words(action: str) -> str:
    """Return an action as words: `raise_target` is "raise target", and no action is none to name."""
    return "" if action == "none" else action.replace("_", " ")


def line(view: View) -> str:
    """Return a view on one line: day, holder, subject, what was done and the stance it comes to."""
    done = " ".join(part for part in (action_in_words(view.action), move(view.from_rating, view.to_rating)) if part)
    target = move(view.target_from, view.target_to)
    parts = (
        day_in_words(day_of(view)),
        holder_of(view),
        view.subject,
        done,
        f"target {target}" if target else "",
        view.stance,
    )
    return " · ".join(part for part in parts if part)


def count(number: int, what: str) -> str:
    """Return a number of things: "1 house", "2,000 houses"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
