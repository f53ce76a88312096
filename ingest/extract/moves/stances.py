"""Stances without a move: the table of their constructions and the search for them in a clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.extract.moves.advice import (
    a_pick,
    against,
    can_buy,
    picks,
    recommended,
    recommended_by,
    recommends,
    telling,
)
from ingest.extract.moves.draft import Draft
from ingest.extract.moves.held import (
    at_rating,
    goes_to,
    is_a,
    new_fan,
    rates,
    rating_goes,
    rating_on,
    tied,
    turned,
    weighted,
)
from ingest.extract.moves.line import Line
from ingest.extract.moves.seen import (
    has_at,
    may_hit,
    pitch,
    pitch_by_colon,
    sees,
    sees_between,
    sees_doubling,
    sees_revised,
    target_of,
    toned_pitch,
)
from ingest.extract.moves.watch import reviewing, watched

_MOST = 6  # stances of one clause
Reader = Callable[[Line, "re.Match[str]", int, int], Draft | None]


def stances_in(line: Line, left: int, right: int) -> list[Draft]:
    """Return the stances that items `left` to `right` state without a move, in order."""
    found: list[Draft] = []
    while left < right and len(found) < _MOST:
        first: tuple[int, Draft] | None = None
        for pattern, reader in _READERS:
            for match in pattern.finditer(line.codes, left, right):
                if first and match.start() >= first[0]:
                    break
                if draft := reader(line, match, left, right):
                    first = match.start(), draft
                    break
        if first is None:
            break
        found.append(first[1])
        left = max(first[0], first[1].last) + 1
    return found


# A construction's codes and its reader; of those that begin first in a clause, the earlier line is taken.
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"W"), watched),
    (re.compile(r"m(?P<what>[^;,|]{1,12}?)F[an]{0,3}[UD]"), reviewing),
    (re.compile(r"(?P<value>R)?(?P<noun>G)[fb](?=a?[NJ])"), recommended_by),
    (re.compile(r"jt[ap]?R(?:f[ap]?R)?(?:(?P<on>O)|(?![nNSO]))"), goes_to),
    (re.compile(r"j(?:[aB]?(?P<value>[YR])?O|(?P<flat>R)(?=[nN])|t(?=N)|(?=$|[,;~!&]))"), turned),
    (
        re.compile(r"(?:r|(?<=[Nh])m)(?P<what>(?<=hr)(?=s)|h(?=a?R)|[apNn'S,&]{1,8}?)[sa@]{0,2}(?=[R]|aR)[a]?R(?!O)"),
        rates,
    ),
    (re.compile(r"zv(?P<how>g)(?=a?[NnS])"), against),
    (re.compile(r"c(?:t?[anxJS]{0,3}(?P<how>[gR])G?[qOF]?)?(?=[apxNnS])"), recommends),
    (re.compile(r"z[anJxS]{1,3}t(?P<how>[Rg])"), telling),
    (re.compile(r"(?:^|(?<=[:;]))(?P<value>R)[iF]?(?=[apNnS])"), pitch),
    (re.compile(r"(?:^|(?<=[:;]))(?P<value>[YR])O"), toned_pitch),
    (re.compile(r"(?P<name>N[,]?)[:|](?P<value>R)(?=[|;:,(]|$)"), pitch_by_colon),
    (
        re.compile(
            r"(?P<head>(?:,?w|B|K|H|j)-?@?[ap]?n{0,2}(?:[RY]t)?)?(?P<value>[YR])G?(?:(?<=G)&aMT)?[OF](?=[apxNnS0])"
        ),
        rating_on,
    ),
    (re.compile(r"(?<=[N,])(?P<head>)(?P<value>R)(?=N)"), weighted),
    (re.compile(r"(?P<head>(?:B|K)-?|(?<=&))(?P<value>R)(?=a?[Nn])"), weighted),
    (re.compile(r"(?:(?P<owner>N)'?)?(?P<value>=)(?=[anNS])"), tied),
    (re.compile(r"(?P<which>O)h(?P<who>h|N(?:[q@]N)?)(?P<verb>B|H)[@a]?n?(?P<value>[RY])(?!O)"), at_rating),
    (re.compile(r"(?P<which>(?!))?(?P<verb>B|K)@(?P<value>R)(?![On])"), at_rating),
    (re.compile(r"(?P<noun>G)(?:[OFq](?P<what>a?[Nn]{1,3}))?(?P<verb>[jmludB])-?t(?=[pa]?R)"), rating_goes),
    (re.compile(r"V-?(?P<how>g)(?=a?N)"), can_buy),
    (re.compile(r"(?P<be>B?)-?an?(?P<value>R)(?=$|[,;@O:~i])"), is_a),
    (re.compile(r"z(?P<how>R)(?=[aNnS])"), telling),
    (re.compile(r"c[b@]a?(?=[NJ])"), recommended),
    (re.compile(r"y[anx]{0,3}(?P<fan>n)[@iOf](?=N)"), new_fan),
    (re.compile(r"e(?P<what>[apNnS0']{1,5}?)(?:V|t)?(?:(?P<verb>l)(?:an)?[t@]?|@|tB@|tB)[ax]?(?P<amount>[M0])"), sees),
    (re.compile(r"e(?P<what>[aNnS']{1,4}?)(?P<verb>l)(?=$|[;,i~])"), sees_doubling),
    (re.compile(r"e(?P<what>[apNnS0']{1,5}?)l?(?P<amount>M)"), sees_between),
    (re.compile(r"H(?P<what>[anN]{1,4}?)@[ax]?(?P<amount>[M0])"), has_at),
    (
        re.compile(r"e[0kanN'Sp]{0,6}q?a?(?P<amount>M)(?:i0)?(?:F(?P<what>a?[Nn]{1,3}))?(?:i0)?,?[ud]?f[apn]{0,3}E"),
        sees_revised,
    ),
    (re.compile(r"e(?P<what>a?[Nn]{1,3})ty(?P<amount>M)(?:i0)?,?[ud]?f[apn]{0,3}E"), sees_revised),
    (re.compile(r"e[anx]*(?:P|M)?[anx]?%(?:qP)?[iFO](?P<what>)(?=[apNnS])"), sees),
    (
        re.compile(r"(?P<may>V|(?<=[NnS])t|e(?=@))B?(?P<verb>[lj])?(?:[t@]?[apn]{0,2}(?=[M0])|(?=P))(?P<amount>[M0P])"),
        may_hit,
    ),
    (re.compile(r"(?P<pick>Z)(?:[OiF][^;:]{0,6}?)?(?:B|:|A|,)a?(?=[apxNn])"), picks),
    (re.compile(r"(?:B|j|s)[ap]?(?:(?P<owner>N)'?)?Z|aZ"), a_pick),
    (re.compile(r"(?P<noun>T)[q@tB:]?(?P<amount>[M0])(?:[FOq](?P<behind>))?"), target_of),
    (re.compile(r"(?P<noun>T)[OFq](?P<behind>)a?[Nn]{1,3}[B@](?P<amount>[M0])"), target_of),
    (re.compile(r"(?P<amount>[M0])(?P<noun>T)(?:[FOq](?P<behind>))?"), target_of),
)
