"""The words that tell what a capitalised name is: a firm, a public body, a role, a place, or no name at all.

The market's ordinary vocabulary in lower case, without full stops at the end.
"""

from __future__ import annotations

# Legal endings; a name is over after one.
SUFFIXES = frozenset(
    """inc corp co company ltd plc llc llp lp limited incorporated corporation nv ag sa spa na pte""".split()
)

# Words of firms' names; no person bears one.
FIRM_WORDS = SUFFIXES | frozenset(
    """bank banque banca banco bancorp capital securities research partners brothers bros group markets advisors
    advisers management managers asset assets investment investments investors trust holdings financial global
    associates wealth strategies strategy economics macroeconomics equities equity brokerage broking stockbroking
    broker brokers consulting consultants consultancy advisory insights intelligence analytics fund funds futures
    commodities sons merchant banking finance bankers enterprises industries laboratories systems international
    technologies insurance assurance""".split()
)

# Words of the names of bodies, papers and industries; no person bears one.
PUBLIC_WORDS = frozenset(
    """ministry department bureau commission committee council board agency administration association federation
    institute institution union university college school exchange court senate congress house parliament office
    authority organization organisation chamber league party government fed reserve treasury times journal news post
    press magazine week today daily street index states kingdom republic airlines airways motors electric oil gas
    steel foods stores energy power chemical pharmaceuticals petroleum resources mines mining telecom communications
    railway railroad service services products report survey reserves rates figures foundation division unit""".split()
)

# What people are, and titles before names; they end a run of capitals.
ROLE_NOUNS = frozenset(
    """analyst analysts strategist strategists economist economists manager director directors president head chief
    officer partner principal chairman chairwoman chairperson founder co-founder cofounder trader traders dealer
    dealers broker brokers researcher adviser advisor advisers consultant consultants specialist commentator
    columnist editor publisher author cio ceo cfo coo cto spokesman spokeswoman spokesperson technician chartist
    forecaster watcher secretary minister governor commissioner senator sen sens rep reps congressman congresswoman
    representative official officials executive executives treasurer controller professor prof lawyer attorney
    counsel farmer leader expert underwriter salesman arbitrageur scientist meteorologist chancellor premier
    ambassador envoy exchequer developer financier entrepreneur industrialist businessman billionaire millionaire
    raider stockbroker stockbrokers mr mrs ms dr sir lord dame gen col judge king queen prince mayor reporter
    correspondent general-director vice-president""".split()
)

# What stands before a role's noun: rank and field, then the sectors that analysts follow.
ROLE_ADJECTIVES = frozenset(
    """chief senior executive managing vice deputy assistant associate general prime finance foreign trade agriculture
    agricultural energy commerce treasury defense defence oil economic economics economy planning interior industry
    labor labour portfolio fund research equity market investment global lead principal acting former joint co-chief
    chairman president technical credit financial undersecretary under state bond regional group sales money wealth
    managing-director head sell-side buy-side independent veteran""".split()
)

SECTORS = frozenset(
    """retail retailing auto automotive automobile airline airlines cocoa coffee sugar grain grains soybean wheat corn
    cotton livestock metals metal mining gold tobacco beverage food drug pharmaceutical biotech biotechnology
    chemical chemicals paper forest banking insurance utility utilities media telecom telecommunications
    semiconductor software internet computer technology tech aerospace railroad steel transport transportation
    shipping property real estate housing consumer toy restaurant cable political policy currency forex exchange fx
    debt municipal index quantitative equities commodity commodities futures petroleum gas natural healthcare health
    hospital medical apparel leisure lodging gaming entertainment publishing trucking machinery electrical
    electronics environmental macro cross-asset quant derivatives options volatility securities international global
    thrift tanker""".split()
)

# Words that begin sentences and headlines with a capital and belong to no name; they end a run.
BREAKS = frozenset(
    """a an the and or but nor if in on at as by for from of to with into over under than that this these those there
    then when where while who whom whose which what why how he she it they we you i his her its their our your my
    him them us not no is are was were be been has have had do does did will would could should may might must can
    also still however meanwhile yet so because although though since despite after before during until unless
    according including both each every either neither some many most few several such other another any all one two
    three analysts monday tuesday wednesday thursday friday saturday sunday january february july september october
    november december jan feb apr jun jul aug sept sep oct nov dec eps pe p/e gdp cpi ppi overweight underweight
    outperform outperformer underperform underperformer neutral bullish bearish positive negative says sees raises
    cuts lifts lowers upgrades downgrades initiates reiterates maintains keeps rates expects warns recommends
    resumes boosts trims slashes hikes revises affirms assigns withdraws reaffirms predicts forecasts believes
    thinks likes prefers remains argues estimates downgraded upgraded revised affirmed nevertheless nonetheless
    otherwise therefore thus hence rather moreover furthermore separately meantime etf etfs ipo ipos roi roe ebitda
    pt pts m&a s&l q1 q2 q3 q4 h1 h2 fy said told rs dlrs mln bln""".split()
)

# Ordinary words that a sentence may open with; inside a name they can be part of it ("First Boston").
EDGES = frozenset(
    """asked overall only even now here again first second last next new nearly almost soon once nobody everybody
    everyone anybody someone none nothing just like unlike perhaps indeed instead moreover furthermore separately
    elsewhere earlier later recently today yesterday tomorrow shares share stock stocks bonds price prices sell buy
    hold upgrade downgrade maintain reiterate raise cut initiate upgraded downgraded net gross lead top more less
    analysis march high low investors traders others people consumers companies regarding given based among between
    within about above below through throughout per via versus vs sales revenue profit earnings rates rate inflation
    target rating outlook europe asia reuters reuter update exclusive correction opinion column commentary summary
    why source sources lastly finally additionally similarly specifically currently previously historically thanks
    whether fellow technically fundamentally short long our own same""".split()
)

# Words that a headline puts after a name.
TRAILING = frozenset(
    """shares share stock stocks bonds today yesterday price prices target rating outlook analysis""".split()
)

# Countries, their people, cities of finance and what states are abbreviated to.
PLACES = frozenset(
    """u.s. us u.s u.s.a. usa u.k. uk e.u. eu u.n. un america american americans european asian african latin north
    south east west western eastern northern southern central middle pacific atlantic gulf france french germany
    german germans britain british england english scotland scottish ireland irish wales italy italian spain spanish
    portugal portuguese greece greek turkey turkish netherlands dutch belgium belgian luxembourg switzerland swiss
    austria austrian sweden swedish norway norwegian denmark danish finland finnish iceland poland polish hungary
    hungarian czech russia russian soviet ukraine ukrainian japan japanese china chinese taiwan taiwanese korea
    korean hong kong singapore malaysia malaysian thailand thai indonesia indonesian philippines philippine vietnam
    india indian pakistan bangladesh lanka australia australian zealand canada canadian mexico mexican brazil
    brazilian argentina argentine chile chilean peru peruvian colombia colombian venezuela venezuelan ecuador
    bolivia uruguay cuba panama israel israeli egypt egyptian saudi arabia arab iran iranian iraq iraqi kuwait
    kuwaiti bahrain qatar emirates oman nigeria nigerian kenya ghana zambia zimbabwe africa algeria libya morocco
    tokyo osaka beijing shanghai shenzhen delhi mumbai bombay london paris frankfurt munich berlin bonn zurich
    geneva basel milan rome madrid lisbon amsterdam rotterdam brussels stockholm oslo copenhagen helsinki vienna
    warsaw moscow dubai sydney melbourne canberra wellington toronto montreal ottawa vancouver calgary washington
    york jersey chicago boston angeles francisco houston dallas philadelphia detroit minneapolis atlanta miami
    cleveland denver seattle pittsburgh milwaukee california texas florida ohio illinois michigan massachusetts
    connecticut pennsylvania minnesota wisconsin iowa kansas nebraska missouri oregon arizona colorado seoul taipei
    manila jakarta bangkok kuala lumpur sao paulo rio janeiro buenos aires conn mass calif fla ill ariz colo mich
    minn tenn okla wis wash penn ga va md nev ore tex n.y n.j d.c n.c s.c""".split()
)

# Words that make a place only together with one of those.
PLACE_WORDS = frozenset("""new the city san los st el fort""".split())

# Places that people are called by.
SURNAMES_TOO = frozenset("""west north french english ireland german israel houston washington holland wales""".split())

# Words after which "of" goes on with the name ("Bank of Aldmere").
OF_HEADS = frozenset(
    """bank university institute ministry department board chamber association federation council school house centre
    center office organization organisation college bureau royal merchants reserve society international governors
    trust confederation secretary""".split()
)

# Words that no person's name ends in.
NOT_SURNAMES = frozenset(
    """street index fed reserve journal times news week day exchange states board post club game games kong city county
    general international american national united continental universal division unit avenue building tower center
    centre museum""".split()
)

# The newswire writes a capital after "U.S." and "U.K.", so that only these make a name of the two.
AFTER_US = frozenset(
    """steel air west home healthcare gypsum shoe tobacco surgical cellular foodservice silica""".split()
)
