"""Words of market prose that say the opposite of one another."""

from __future__ import annotations

from rag.wording import stem

_TABLE = """
grow grew grown growing | decline declines fall fell shrink drop
above exceeding | below beneath
more | less fewer
most | least
gain gains gained | loss losses lost lose
profit profits profitable | loss losses unprofitable
strong stronger strength strengthen strongest | weak weaker weakness weaken weakest
better improve improvement best | worse worsen deteriorate worst
widen wider expand expansion | narrow narrower contract contraction
accelerate faster | slow slower decelerate
benefit benefits benefited | suffer suffers hurt hurts
wide | narrow
beat beats beating top topped exceed exceeded | miss missed misses
outperform outperformer | underperform underperformer lag lagged
inflow inflows | outflow outflows
premium | discount
before | after
buy buying bought buyer | sell selling sold seller
cheap cheaper inexpensive | expensive overvalued pricey overpriced
undervalued underappreciated underestimated | overvalued overestimated
upside | downside
tailwind tailwinds | headwind headwinds
ease easing eased loosen | tighten tightening tightened
bull bulls | bear bears
overweight | underweight
good | bad poor
positive | negative
favorable favourable | unfavorable unfavourable
agree agrees | disagree disagrees
import imports | export exports
open opened opening | close closed closing
early earlier | late later
long | short
maximum | minimum
surplus | deficit
support supports | oppose opposes
accept accepts | reject rejects
likely | unlikely
optimistic optimism | pessimistic pessimism
attractive | unattractive
up | down
over | under
increase | decrease
higher | lower
highest | lowest
first | last
win wins won | lose loses lost
add added adding | remove removed removing drop dropped
inside | outside
"""

PAIRS: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(map(stem, left.split())), frozenset(map(stem, right.split())))
    for left, right in (line.split(" | ") for line in _TABLE.strip().splitlines())
)
"""Stems on either side of each line; of a pair, one may stand only where the other does not."""
