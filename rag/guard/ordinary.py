"""Words that name nobody though they stand with a capital, and short forms that stand for others."""

from __future__ import annotations

from rag.wording import stem

# Ordinary words that may open a sentence of an answer.
OPENERS = frozenset(
    stem(word)
    for word in """analyst strategist economist broker brokerage trader investor manager house firm bank agency source
    report note research view undated headline disagree reason author company group market stock share bond price
    target rating earnings profit revenue sales margin growth inflation demand supply interest rates yield dividend
    valuation outlook forecast estimate guidance consensus small large mid big high low strong weak several separately
    meanwhile however still although despite while since because after before following given citing based according
    instead moreover furthermore additionally overall finally first second third next last today yesterday tomorrow
    recently earlier later now then thus therefore hence also even only just yet both either neither each every all
    most many few some any one two three four five six seven eight nine ten people consumers companies gains losses
    risk rising falling higher lower better worse cheap expensive total net gross annual quarterly monthly weekly
    shareholders executives management officials policymakers central commodity oil gold silver copper crude equity
    equities currency dollar euro yen housing consumer business economic economy technology tech retail energy
    financials banks chip chips semiconductor industry sector industrial small-cap caps cap within without under over
    between among about above below through during until unless if as at by for from in into of on per to via with
    there here that this these those it its they their he his she her we our you your who what when where why how
    yes no not never nobody nothing none buy sell hold neutral overweight underweight outperform underperform
    upgrade downgrade raise cut initiate maintain reiterate upgraded downgraded raised maintained reiterated initiated
    previous previously prior current currently latest new old recent long short near fair better best worst early late
    mid further additional other another same such similar unlike like rather more less than fewer concerns worries
    hopes fears weakness strength improvement recovery decline rise fall drop increase decrease change support pressure
    part half quarter year month week day quote quotes summary conclusion answer question key main sentiment caution
    optimism easing tightening cuts hikes policy monetary fiscal trade tariffs elections data figures results orders
    output production exports imports stocks shares analysts fund funds portfolio asset assets liquidity credit debt
    cash cost costs spending investment investments capital returns performance upside downside momentum cyclical
    defensive value wider narrower faster slower larger smaller greater broader tighter looser richer firmer softer
    mortgage labor labour wage wages jobs unemployment payrolls""".split()
)

# Names of sectors and markets that are words for much else.
TOO_PLAIN = frozenset(
    """growth value bank banks lenders rates india rate cuts chips staples power media paper retail travel materials
    services financials market markets stocks equities bonds treasuries energy technology defense defence property
    housing transport telecom auto autos insurance insurers health steel chemicals tobacco metals mining""".split()
)

# What an abbreviation stands for: any of these sets of words.
SHORT_FORMS: dict[str, tuple[frozenset[str], ...]] = {
    short: tuple(frozenset(words.split()) for words in meanings)
    for short, meanings in {
        "pt": ("price target", "target", "price objective"),
        "eps": ("earnings share", "profit share", "earn share", "earnings", "earn"),
        "fed": ("federal reserve", "fomc"),
        "federal": ("fed",),
        "reserve": ("fed",),
        "fomc": ("fed", "federal reserve"),
        "ceo": ("chief executive",),
        "cfo": ("chief financial officer",),
        "cio": ("chief investment officer",),
        "etf": ("exchange traded fund",),
        "ipo": ("initial public offering",),
        "gdp": ("gross domestic product",),
        "cpi": ("consumer price", "consumer prices", "inflation"),
        "ecb": ("european central bank",),
        "boe": ("bank of england",),
        "boj": ("bank of japan",),
        "em": ("emerging markets", "emerging market"),
        "us": ("u s", "united states"),
        "u": ("us",),
        "fx": ("foreign exchange", "currency"),
        "yoy": ("year",),
        "fda": ("food drug administration",),
        "sec": ("securities exchange commission",),
        "wall": ("street",),
    }.items()
}

# A country, its people and its adjective.
COUNTRIES = tuple(
    frozenset(line.split())
    for line in """us usa america american americans
    uk britain british britons
    eu european europe
    japan japanese
    china chinese
    india indian
    germany german
    france french
    canada canadian
    australia australian
    korea korean
    brazil brazilian
    mexico mexican
    russia russian soviet
    switzerland swiss
    italy italian
    spain spanish
    taiwan taiwanese
    asia asian""".splitlines()
)
