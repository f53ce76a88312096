"""The words of the Street's moves, by the part they play in a sentence, and the phrases that count as one word.

Each part has a one-letter code, so that a construction is a short regular expression over the codes of a sentence:

Verbs   U upgrade, D downgrade, u raise, d cut, I initiate, K keep, A put on a list, X take off a list, r rate, c
recommend,
        m set, y receive, j turn, e expect, l rise or fall to a price, z say, B be, H have, V may
Nouns   T price target, E estimate, G rating, L list, C coverage, S stock, o outlook, W credit watch, Z top pick,
        J holder's role, % upside, N a name, n another word
Values  R rating, Q agency's grade, Y bullish or bearish, M amount of money, P per cent, 0 number
        = rating tied to a name ("Buy-rated")
Others  t to, f from, @ at, b by, w with, O on, q of, F for, i in, v versus, s as, a article, p possessive, h pronoun,
        x numeral, k month, g buying or selling, & and, ! but or while, ~ because or after, - not, ' genitive, and the
        marks , ; : | ( )
"""

from __future__ import annotations

_VERBS: dict[str, str] = {
    "U": "upgrade double-upgrade",
    "D": "downgrade double-downgrade",
    "u": "raise lift boost hike bump increase up nudge elevate hoist jack tick",
    "d": "cut lower reduce slash trim chop shave pare decrease slice axe hack prune halve crop ratchet knock",
    "I": "initiate start begin resume launch assume reinstate commence reinitiate re-initiate",
    "K": """reiterate re-iterate maintain keep retain affirm reaffirm confirm repeat restate back defend preserve
        leave remain stay continue""",
    "A": "add put place include",
    "X": "remove drop pull delete take strike withdraw",
    "r": "rate",
    "c": "recommend favor favour prefer like",
    "m": """move shift change switch revise adjust set give assign issue announce name call make attach establish peg
        pick slot review tag
        crown value slap suspend""",
    "y": "receive earn get land win draw snag gain catch attract score bag fetch suffer",
    "j": "turn go become grow step warm sour cool",
    "e": "expect see predict project anticipate envision envisage foresee believe think reckon eye",
    "l": """hit reach touch test rise climb fall slip slide slump jump surge rally soar tumble sink plunge decline pop
        double
        triple top trade end close edge skid head scale retest weaken strengthen return rebound dip dive leap advance
        drift""",
    "z": "say tell write note warn argue advise suggest urge agree",
}
_DOUBLED = frozenset("slap cut trim chop put set get drop hit pop dip skid tag peg snag top step slip up".split())
_IRREGULAR: dict[str, str] = {
    "K": "kept left stuck stood held",
    "I": "began begun",
    "X": "took taken withdrew withdrawn",
    "m": "gave given made",
    "y": "won drew got caught",
    "j": "went gone became grew",
    "e": "saw seen thought foresaw",
    "z": "said told wrote according",
    "l": "fell rose slid sank",
}
_OTHERS: dict[str, str] = {
    "S": """stock stocks share shares equity equities securities security bond bonds debt debentures obligations notes
        convertibles
        adrs adr units scrip common""",
    "C": "coverage",
    "J": """analyst analysts strategist strategists economist economists broker brokers brokerage brokerages
        brokerage-firm trader
        traders dealer dealers researcher experts investors agency agencies manager director president chief head""",
    "%": "upside downside",
    "B": "is are was were be been being",
    "H": "has have had having",
    "V": "will would may might could can should must likely",
    "t": "to into onto toward towards",
    "f": "from off",
    "@": "at",
    "b": "by",
    "w": "with",
    "O": "on over about upon concerning",
    "q": "of",
    "F": "for",
    "i": "in within inside",
    "v": "vs versus against",
    "s": "as",
    "a": "a an the this that these those such another",
    "p": "its his her their our my your",
    "h": "he she it they we i him them who which",
    "&": "and or plus",
    "!": "but while whereas although though yet even",
    "~": """after because amid amidst citing cites cited post due despite following ahead since when if so where
        during before
        until through unless based reflecting owing thanks how why than ex-dividend""",
    "-": """not no never nor without neither don't doesn't didn't won't isn't aren't wasn't weren't wouldn't shouldn't
        couldn't hasn't haven't hadn't can't ain't cannot""",
    "k": """january february march april june july august september october november december jan feb mar apr jun jul
        aug sep sept oct
        nov dec year-end q1 q2 q3 q4 spring summer autumn fall_season""",
    "g": "buying selling holding accumulating avoiding shorting purchase purchasing",
    "x": """all several both some many most other more one two three four five six seven eight nine ten various
        certain each number group""",
}  # fmt: skip
SKIPPED = frozenset(
    """also again now still today yesterday tomorrow tonight already just only further sharply slightly modestly
        recently formally
    officially previously formerly earlier currently meanwhile however separately then monday tuesday wednesday
    thursday friday
    saturday sunday likewise too instead aggressively strongly actually quickly broadly simply finally early late
    newly immediately
    effectively massively marginally here there sir mr mrs ms dr very much merely down two-notch one-notch
    three-notch rare surprise street-high street-low""".split()
)


def _inflected(base: str) -> list[str]:
    """Return a regular verb's forms."""
    stem = base[:-1] if base.endswith("e") else base + base[-1] if base in _DOUBLED else base
    third = base + "es" if base.endswith(("s", "sh", "ch", "o")) else base + "s"
    if base.endswith("y") and base[-2] not in "aeo":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    return [base, third, stem + "ed", stem + "ing"]


CODES: dict[str, str] = {
    form: code for code, line in _VERBS.items() for base in line.split() for form in _inflected(base)
}
CODES |= {word: code for table in (_IRREGULAR, _OTHERS) for code, line in table.items() for word in line.split()}
_PAST = frozenset(" ".join(_IRREGULAR.values()).split())
_EITHER = frozenset("cut put set hit".split())  # base form and past alike


def form_of(verb: str) -> str:
    """Return "s", "d", "g" or "b" for a verb's -s, past, -ing or base form, "c" where base form and past are alike."""
    if verb in _EITHER:
        return "c"
    if verb.endswith("ing"):
        return "g"
    if verb.endswith("ed") or verb in _PAST:
        return "d"
    return "s" if verb.endswith("s") else "b"


_TERM = (
    r"(?:(?:12|twelve|18|six|6|one|two|three|1|2|3)[\s-](?:months?|years?|mths?|yrs?)\s|(?:year|month)[\s-]end\s|"
    r"end[\s-]of[\s-]year\s|"
    r"base[\s-]case\s|(?:one|two)[\s-]year\s)?"
)
# Phrases that count as one word, tried in this order where a word begins.
PHRASES: tuple[tuple[str, str], ...] = (
    ("N", r"(?-i:Best\sBuy|BEST\sBUY|Children['’]s\sPlace|Land['’]s\sEnd|Casey['’]s\sGeneral|"
          r"Target(?=(?:['’]s?)?\s(?:Corp|Hospitality|[Ss]tock|[Ss]hares|(?:[Ss]tock\s)?[Pp]rice\s[Tt]arget|PT\b)|"
          r"\s\((?:NYSE|TGT))|S\s?(?:&|[Aa][Nn][Dd])\s?P\s(?:500|Global(?:\sRatings)?)(?!\w)|[MM]OODY['’]S|"
          r"Moody['’]s(?:\sInvestors?\sServices?"
          r"(?:\sInc)?)?|S\s?(?:&|and|/|AND)\s?P\b|D\s(?:&|and|AND)\s?P\b|(?:Standard|STANDARD)\s(?:and|AND|"
          r"&)\s(?:Poor|POOR)['’][sS](?:\sCorp)?)"),
    ("Z", r"(?:bullish\s)?fresh\spicks?|top\s(?:\w+\s){0,2}?(?:picks?|ideas?|choices?|bets?|buys?)\b|"
          r"best\sideas?\b(?!\slist)|"
          r"(?:favou?rite|preferred)\s(?:\w+\s){0,2}?(?:picks?|names?|plays?|ideas?)\b|"
          r"favou?rite\s(?:\w+\s){0,2}?stocks?\b"),
    ("T", rf"{_TERM}(?:(?:stock\s|share\s)?price[\s-](?:targets?|objectives?)|(?:stock|share)\sprice\s(?:estimates?|"
          rf"forecasts?)|target(?:ed)?\sprices?|PTs?|TPs?|"
          r"fair[\s-]value(?:\sestimates?)?|(?:stock\s|share\s)?targets?)\b(?!\s(?:range|market|date|audience|"
          r"funds?|rates?)\b)"),
    ("E", r"(?:(?:full[\s-]year|fiscal|quarterly|first|second|third|fourth|[1-4]q|q[1-4]|fy\s?\d*|per[\s-]share|net|"
          r"gdp|earnings|profits?|"
          r"eps|revenues?|sales|income|growth|price|demand)[\s-]){0,3}(?:estimates?|forecasts?|projections?|"
          r"predictions?)\b"),
    ("L", r"(?:americas?\s|asia\s|european?\s|us\s|u\.s\.\s)?(?:recommended|recommendation|focus|conviction|buy|"
          r"sell|best[\s-]ideas?|"
          r"top[\s-]picks?|priority|action|favou?red|preferred|approved|purchase|conviction[\s-](?:buy|sell)|"
          r"tactical(?:[\s-](?:idea|outperform|underperform|buy|sell))?|short|"
          r"alpha|franchise(?:[\s-]pick)?|select|emphasis|alert)[\s-]lists?\b"),
    ("W", r"(?:negative|positive)\s(?:credit[\s-]?|catalyst\s)?watch\b|credit[\s-]?watch\b|ratings?\swatch\b|"
          r"watch[\s-]?list\b|(?:under\s|on\s)review\b|review\sfor\b"),
    ("G", r"(?:(?:stock|investment|credit|debt|issuer|long[\s-]term|short[\s-]term|unsecured|senior|issue|"
          r"commercial\spaper|default|bank|"
          r"deposit|financial|strength)\s){0,3}(?:ratings?|recommendations?|opinions?|calls?(?=\son\b|\W*$|,|"
          r"\sand\b)|stances?|views?(?=\s(?:on|of|from|to)\b)|weighting)\b"),
    ("o", r"(?:(?:ratings?|credit|long[\s-]term|issuer)\s){0,2}outlooks?\b"),
    ("U", r"double[\s-]upgrade[sd]?\b"),
    ("D", r"double[\s-]downgrade[sd]?\b"),
    ("j", r"(?:mov|step|go|shift)(?:e?s|p?ed|ing)?\s(?:in|on)?to\sthe\ssidelines?\b"),
    ("Y", r"(?:(?:more|less|increasingly|incrementally|very)\s)?(?:bullish|bearish|upbeat|downbeat|optimistic|"
          r"pessimistic|cautious|wary|"
          r"constructive|sceptical|skeptical)\b"),
    ("K", r"stick(?:s|ing)?\s(?:with|by|to)\b|stuck\s(?:with|by|to)\b|st(?:ands?|ood)\sby\b|not\s(?:changing|"
          r"altering|revising)\b"),
    ("I", r"pick(?:s|ed|ing)?\sup(?=\scoverage)|took\sover(?=\scoverage)|takes?\sover(?=\scoverage)|taking\s(?:over|"
          r"up)(?=\scoverage)"),
    ("X", r"t(?:akes?|aking|ook|aken)\soff\b"),
    ("t", r"(?:taking|bringing)\s(?:it|that|the\starget)\sto\b"),
    ("I", r"(?:initiations?|new\scoverage)(?=:)"),
    ("-", r"(?:do|does|did)\s(?:not|never)\b|no\slonger\b|not\syet\b"),
    ("J", r"(?:equit(?:y|ies)|research|strategy|economics|credit|macro|commodit(?:y|ies)|currency|fx|forex|rates|"
          r"(?:fixed[\s-])?income|derivatives|quant|asset[\s-]allocation|investment|sell[\s-]side|sector|trading)"
          r"\s(?:research\s|strategy\s)?(?:strategists?|economists?|analysts?|desk|team|group|unit|department|arm|division)s?\b|(?:desk|team)(?=\sat\s)"),
    ("l", r"averag(?:e|es|ing)(?=\s(?:about\s|around\s|between\s|near\s)?[$€£¥₹]?\d)"),
    ("~", r"in\s(?:light|the\swake|view)\sof\b|as\sof\b"),
    ("i", r"exposed\sto\b"),
    ("V", r"(?:is|are|was|were)?\s?(?:likely|poised|set|expected|seen|headed)\sto\b"),
)  # fmt: skip
ABBREVIATIONS = frozenset(
    "inc co corp cos ltd bros vs st rs jr sr mfg intl jan feb mar apr jun jul aug sep sept oct nov dec approx".split()
)
# Words that "of" ties to the name behind them, and words that "and" ties to the name before them.
NAME_JOINERS = frozenset(
    "bank helen republic city state university province kingdom authority commonwealth county banks house".split()
)
NAME_TAILS = frozenset(
    """co company cos sons johnson gamble noble mclennan decker whitney poor's phelps beyond turben lomb light power
        trust telegraph gas electric savings associates partners brothers upham fitch poors jenrette""".split()
)
