"""Who and what the views of a library name: one way to show each, and which of them a question means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from rag.catalogue.schema import views
from rag.naming import firm_key, is_known_subject, person_key, plain, subject_key, subject_keys, surname

Person = tuple[str, str]  # the keys of an analyst and of the firm that a view names beside him


@dataclass(frozen=True, slots=True)
class Who:
    """The names in a library's views by key, as they are shown: in the form that articles use most.

    `people` has every (analyst, firm) pair of keys with the analyst's full key: a bare surname goes with the only full
    name at the same firm.
    """

    firms: dict[str, str]
    subjects: dict[str, str]
    analysts: dict[str, str]
    people: dict[Person, str]
    written: dict[str, dict[str, frozenset[str]]]

    def shown(self, analyst: str, firm: str, subject: str) -> dict[str, str]:
        """Return the names to show for a view's keys; what has no key is left out."""
        found = {
            "analyst": self.analysts.get(self.people.get((analyst, firm), "")),
            "firm": self.firms.get(firm),
            "subject": self.subjects.get(subject),
        }
        return {field: name for field, name in found.items() if name}

    def firms_like(self, wanted: str) -> set[str]:
        """Return the keys of the firms that a name means, whole or in part."""
        return {key for key in self.firms if key == firm_key(wanted)} | self._holding("firm", wanted)

    def subjects_like(self, wanted: str) -> set[str]:
        """Return the keys of the subjects that a name means, by any of its names or as part of theirs."""
        keys = subject_keys(wanted)
        holding = self._holding("subject", wanted) | self._holding("subject", subject_key(wanted))
        if is_known_subject(subject_key(wanted)):
            # Gold is not meant by Barrick Gold, which is a thing of its own; but it is by gold demand in China.
            holding = {key for key in holding if not is_known_subject(key)}
        return holding.union(keys & self.subjects.keys())

    def people_like(self, wanted: str) -> set[Person]:
        """Return the (analyst, firm) pairs of keys that a person's name means, whole or in part."""
        key = person_key(wanted)
        holding = self._holding("analyst", wanted)
        return {pair for pair, full in self.people.items() if key and (full == key or full in holding)}

    def _holding(self, field: str, wanted: str) -> set[str]:
        words = f" {plain(wanted)} "
        if not words.strip():
            return set()
        forms = self.written[field].items()
        return {key for key, written in forms if any(words in f" {each} " for each in (key, *written))}


def read_who(connection: Connection) -> Who:
    """Return the names in all stored views."""
    counts = {field: _counts(connection, field) for field in ("firm", "subject")}
    people = _people(connection)
    full = _full_keys(people)
    counts["analyst"] = defaultdict(Counter)
    for pair, forms in people.items():
        counts["analyst"][full[pair]].update(forms)
    shown = {field: {key: _usual(forms) for key, forms in counts[field].items()} for field in ("firm", "subject")}
    analysts = {key: _usual(_full_forms(forms)) for key, forms in counts["analyst"].items()}
    written = {
        field: {key: frozenset(map(plain, forms)) for key, forms in found.items()} for field, found in counts.items()
    }
    return Who(shown["firm"], shown["subject"], analysts, full, written)


def _counts(connection: Connection, field: str) -> defaultdict[str, Counter[str]]:
    key, name = views.c[f"{field}_key"], views.c[field]
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each, form, count in connection.execute(select(key, name, func.count()).where(key != "").group_by(key, name)):
        found[each][form] += count
    return found


def _people(connection: Connection) -> dict[Person, Counter[str]]:
    columns = (views.c.analyst_key, views.c.firm_key, views.c.analyst)
    query = select(*columns, func.count()).where(views.c.analyst_key != "").group_by(*columns)
    found: defaultdict[Person, Counter[str]] = defaultdict(Counter)
    for key, firm, form, count in connection.execute(query):
        found[key, firm][form] += count
    return dict(found)


def _full_keys(people: Collection[Person]) -> dict[Person, str]:
    """Return each person's full key: of a bare surname, the only full name at the same firm that ends in it."""
    by_surname: defaultdict[Person, set[str]] = defaultdict(set)
    for key, firm in people:
        if firm and surname(key) != key:
            by_surname[surname(key), firm].add(key)
    alone = {pair: keys.pop() for pair, keys in by_surname.items() if len(keys) == 1}
    return {pair: alone.get(pair, pair[0]) for pair in people}


def _usual(forms: Counter[str]) -> str:
    """Return the form used most, of equals the longest."""
    return max(forms, key=lambda form: (forms[form], len(form), form))


def _full_forms(forms: Counter[str]) -> Counter[str]:
    """Return the forms that are more than a surname, all if none is."""
    return Counter({form: count for form, count in forms.items() if " " in form}) or forms
