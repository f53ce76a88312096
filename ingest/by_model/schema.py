"""What a model is asked to fill in. Every field may be missing or wrong: nothing of it is believed before `checks`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, ValidationError

MOST_VIEWS = 40
_LONGEST = 2_000


class Proposed(BaseModel):
    """One view as a model gives it."""

    quote: str = Field("", description="The sentence that states the view, copied from the article word for word.")
    analyst: str | None = Field(None, description="The person who holds the view, as the article names them.")
    firm: str | None = Field(
        None, description="The bank, broker or research house of that person, or that itself speaks."
    )
    subject: str = Field("", description="The company, sector, market, currency, commodity or policy it is about.")
    action: str = Field(
        "none",
        description="upgrade, downgrade, initiate, reiterate, raise_target, cut_target, raise_estimate, cut_estimate, "
        "or none for an opinion without such a change.",
    )
    from_rating: str | None = Field(None, description="The rating before, if the quote gives it.")
    to_rating: str | None = Field(None, description="The rating now, if the quote gives it.")
    target_from: str | None = Field(None, description="The price target before, if the quote gives it.")
    target_to: str | None = Field(None, description="The price target now, if the quote gives it.")
    horizon: str | None = Field(None, description="By when, in the words of the quote.")
    stance: str = Field("", description="bullish, bearish or neutral on the subject.")
    reasons: list[str] = Field(
        default_factory=list, description="Sentences of the article that give the reasons, copied word for word."
    )


class Proposals(BaseModel):
    """All views in an article."""

    views: list[Proposed] = Field(default_factory=list, description="The views, none if the article states none.")


def proposals_in(reply: object) -> list[Proposed]:
    """Return what can be read of a model's reply, a proposal at a time: one that makes no sense costs no other."""
    given = reply.views if isinstance(reply, Proposals) else reply.get("views") if isinstance(reply, dict) else None
    found = (_proposed(each) for each in given[:MOST_VIEWS]) if isinstance(given, list) else ()
    return [each for each in found if each is not None]


def _proposed(given: Any) -> Proposed | None:  # noqa: ANN401 - whatever a model wrote
    try:
        each = given if isinstance(given, Proposed) else Proposed.model_validate(given)
    except ValidationError:
        return None
    words = (value for value in each.model_dump().values() if isinstance(value, str))
    return None if any(len(value) > _LONGEST for value in words) else each
