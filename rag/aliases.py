"""Companies, sectors, commodities and markets by their several names, beyond those in `rag.subjects.ASSETS`.

One thing a line, the usual name first, written as `rag.wording.fold` leaves a name. Tickers are in `rag.tickers`.
"""

from __future__ import annotations

from rag.wording import groups

COMPANIES = groups(
    """
    alphabet | google
    advanced micro devices | amd
    automatic data processing | adp
    becton dickinson | bd
    bank of new york mellon | bny | bny mellon | bank of new york
    fair isaac | fico
    united parcel service | ups
    hewlett-packard | hp | hewlett packard
    pepsico | pepsi
    taiwan semiconductor | tsmc | taiwan semiconductor manufacturing
    freeport-mcmoran | freeport
    walmart | wal-mart | wal-mart stores
    chevron | chevrontexaco
    verizon | verizon communications
    southwest airlines | southwest
    delta air lines | delta | delta airlines
    american airlines | amr
    united airlines | united continental | ual
    meta | meta platforms | facebook
    amazon | amazon.com
    ibm | international business machines
    general motors | gm
    general electric | ge | ge aerospace
    johnson and johnson | j&j
    procter and gamble | p&g
    coca-cola | coke | coca cola
    exxon mobil | exxonmobil
    disney | walt disney
    mcdonald's | mcdonalds
    ford | ford motor
    deere | john deere
    at&t | american telephone and telegraph
    du pont | dupont | e.i. du pont de nemours | dupont de nemours
    digital equipment | dec | digital equipment corp
    berkshire hathaway | berkshire
    sears | sears roebuck
    j.c. penney | jc penney | penney
    3m | minnesota mining and manufacturing
    sun pharma | sun pharmaceutical | sun pharmaceutical industries
    reliance industries | ril | reliance
    state bank of india | sbi
    jindal steel and power | jspl
    tata consultancy services | tcs
    larsen and toubro | l&t
    mahindra and mahindra | m&m
    hindustan unilever | hul
    bhp | bhp billiton
    bp | british petroleum
    shell | royal dutch shell | royal dutch
    """
)

# Each of these is put after a sector's name ("airline stocks"), a commodity's ("gold futures") or nothing.
SECTOR_WORDS = ("stocks", "stock", "shares", "equities", "sector", "industry", "companies", "names")
COMMODITY_WORDS = ("price", "prices", "futures", "market", "spot price", "spot prices")

SECTORS = groups(
    """
    technology | tech | information technology | it
    semiconductors | semiconductor | semiconductor makers | chip | chip makers
    banks | bank | money center bank | banking
    small caps | smaller-company | smaller company
    energy
    oil stocks | oil company | oil and gas | oil | oils | oil producer | oil producers | oil majors | big oil
    health care | healthcare
    utilities | utility
    consumer staples | staples | consumer staple
    consumer discretionary | discretionary
    industrials | industrial
    materials | basic materials
    real estate | reits | reit | property
    telecommunications | telecom | telecoms | communications | communication services
    airlines | airline | carriers
    automakers | auto | autos | automobile | automotive | car makers | carmakers | car
    retailers | retail | retailing
    homebuilders | homebuilding | homebuilder | home builders | housing stocks
    pharmaceuticals | pharma | pharmaceutical | drugmakers | drug makers | drug | drugs
    biotech | biotechnology | biotechs
    insurers | insurance | insurer
    software
    defense | defence | aerospace and defense | aerospace
    railroads | railroad | rails | rail
    steel makers | steelmakers | steel stocks
    paper | paper and forest products | forest products | paper companies
    chemicals | chemical
    miners | mining
    gold miners | gold mining | gold stocks | gold shares
    food | foods | food companies
    tobacco
    media
    transports | transportation
    value | value stocks
    growth | growth stocks
    cyclicals | cyclical
    defensives | defensive
    dividend stocks | dividend payers
    artificial intelligence | ai
    """
)

COMMODITIES = groups(
    """
    platinum
    palladium
    aluminum | aluminium
    nickel
    zinc
    tin
    lead
    iron ore
    steel
    coal
    uranium
    lithium
    wheat
    corn | maize
    soybeans | soybean | soyabeans | soybean oil
    coffee
    cocoa
    sugar
    cotton
    rubber
    palm oil
    cattle | live cattle
    hogs | pork bellies
    orange juice
    lumber
    gasoline
    heating oil
    ethanol
    base metals | industrial metals
    commodities | commodity
    linerboard
    newsprint
    """
)

MARKETS = groups(
    """
    stocks | equities | stock market | equity market | equity markets | stock markets | the market
    bonds | bond market | fixed income | bond markets
    treasuries | treasury | us treasuries | us treasurys | treasurys | us treasury bonds | us government bonds
    corporate bonds | corporate credit | investment grade credit | investment-grade bonds
    junk bonds | high-yield bonds | high yield | high yield credit
    municipal bonds | munis
    us stocks | us stock market | us equity market | the us market | us shares
    european stocks | european equities | european shares | european markets | european stock market | europe
    japanese stocks | japanese equities | japanese shares | tokyo stocks | japanese stock market | japanese market
    indian stocks | indian shares | indian market | indian markets | indian stock market | indian equity market
    chinese stocks | chinese equities | chinese shares | china stocks | china equities | chinese market
    uk stocks | uk equities | british stocks | london stocks | british equities
    asian stocks | asian equities | asian markets | asian shares
    hong kong stocks | hong kong equities
    international stocks | foreign stocks | international equities | developed international equities
    nikkei | nikkei 225 | nikkei average | nikkei stock average
    topix
    hang seng
    shanghai composite | csi 300
    kospi
    ftse | ftse 100 | footsie
    dax
    cac | cac 40
    stoxx | stoxx 600 | euro stoxx 50 | stoxx europe 600
    asx 200
    nyse composite
    vix | volatility index
    gilts | uk gilts
    bunds | german bunds | german government bonds
    jgbs | japanese government bonds
    mark | deutsche mark | deutschmark | west german mark | d-mark
    swiss franc | franc suisse | chf
    french franc
    yuan | renminbi | cny | chinese yuan
    rupee | inr | indian rupee
    australian dollar | aussie | aussie dollar | aud
    canadian dollar | loonie | cad
    new zealand dollar | kiwi | nzd
    won | korean won
    mexican peso
    brazilian real
    ruble | rouble
    turkish lira
    ethereum | ether | eth
    interest rates | fed rate cuts | fed rate cut | fed rate hikes | fed rate hike | rate rises | rate increases
    interest rates | fed cuts | fed hikes | fed tightening | fed easing | monetary tightening | monetary easing
    inflation | core inflation | consumer prices | cpi | price inflation
    us economy | american economy | the economy | economy | us gdp | economic growth
    global economy | world economy
    unemployment | unemployment rate | jobless rate
    trade deficit | us trade deficit | trade gap
    housing | housing market | home prices | house prices
    earnings | corporate earnings | corporate profits
    """
)

# What `rag.subjects.ASSETS` holds besides stocks: "gold stocks" are not gold.
NO_STOCKS = frozenset(
    {"treasuries", "interest rates", "oil", "gold", "silver", "copper", "natural gas", "dollar", "euro", "yen"}
    | {"sterling", "bitcoin", "buyback"}
)

# Parts of a group in `rag.subjects.ASSETS` that are things of their own: a question for the group finds them, but a
# view on one does not replace a view on the other. A rise in bond yields is a fall in bonds.
APART = groups(
    """
    small and mid caps | small- and mid-caps | mid- to small-caps | mid- and small-caps | smid | smid caps | smids
    russell 2000 | russell 2000 index
    s&p 600
    s&p 400
    s&p 500 | s&p | s&p 500 index | standard and poor's 500 | s&p500 | spx
    technology | technology stocks | tech stocks
    magnificent seven | mag 7 | magnificent 7
    faang
    bond yields | treasury yields | 10-year yield | 10-year treasury yield | yields
    federal reserve | the fed | fed | fomc
    opec
    precious metals
    lng
    india
    sensex | bse sensex
    nifty | nifty 50
    nasdaq 100
    cryptocurrency | crypto
    """
)
