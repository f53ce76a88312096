"""The words by which a role, a firm or a headline shows who judges from outside, and who runs, governs or counts."""

from __future__ import annotations

import re

JUDGES = re.compile(
    r"\banalysts?\b|\bstrategists?\b|\bstrategy\b|\beconomists?\b|\bresearch(?:er)?\b|\b(?:portfolio|fund|money|"
    r"asset|investment|wealth|hedge)[\w\s-]{0,20}\bmanagers?\b|"
    r"\btraders?\b|\bdealers?\b|\bbrokers?\b|\btechnician\b|\bchartist\b|\bwatcher\b|\bchief investment\b|\bCIO\b|"
    r"\bforecaster\b|"
    r"\b(?:investment|financial|market|commodity trading|trading) advis[eo]rs?\b|\bnewsletter\b|"
    r"\bmarket (?:commentator|expert|specialist)\b|"
    r"\bhead of (?:[\w&.’'-]+ ){0,4}(?:equit|fixed income|macro|trading|investment|fx|currenc|commodit|rates|credit|"
    r"markets|asset|portfolio|bond|sales)|"
    r"\barbitrageur\b|\b(?:market )?(?:intelligence|insights)\b|\b(?:consultant|underwriter)\b|\bfund\b|\binvestor\b|"
    r"\bportfolio\b|\bequit(?:y|ies)\b|\bfixed income\b|\bcommentator\b|\bmeteorologist\b",
    re.IGNORECASE,
)
ENGINEERING = re.compile(
    r"\bresearch and (?:engineering|development)\b|\b(?:medical|clinical|scientific|product) research\b|"
    r"\b(?:corporate|business|group) strategy\b",
    re.IGNORECASE,
)
STUDIES = re.compile(
    r"analyst|strateg|economist|research|technician|chartist|portfolio|fund manager|money manager|investment",
    re.IGNORECASE,
)
DEALS = re.compile(
    r"\b(?:traders?|dealers?|brokers?|investor|consultant|underwriter|arbitrageur|fund|equity)\b", re.IGNORECASE
)
EMPLOYED = re.compile(
    r"\bfor an? (?:[\w-]+ ){0,4}(?:producer|processor|exporter|importer|refiner|mill|company|airline|maker)\b|"
    r"\binvestor and\b|\b(?:formerly|previously|accounting|architect|syndicate|packer)\b"
)
LOCAL = re.compile(
    r"\b(?:regional|branch|general|plant|product|project|sales|store|bond desk|lead|co-lead) manager\b|^(?:head|"
    r"member|leader)$",
    re.IGNORECASE,
)
FINANCING = re.compile(
    r"\b(?:(?:co-?|joint )?(?:lead[- ])?manage[drs]+|managers|underwrit\w+|co-manager|book-?runner|guarantee[ds]?|"
    r"syndicate|issuing|"
    r"eurobonds?|debentures?|stake|placement|arrange[drs]+|agent|notes (?:due|issue)|bond issue|selling concession)\b",
    re.IGNORECASE,
)
GOVERNS = re.compile(
    r"\b(?:spokes\w+|ministers?|minister|secretary|governor|senators?|representative|congress\w+|commissioner|"
    r"chancellor|"
    r"premier|ambassador|envoy|mayor|union|labor leader|leader|lawyer|attorney|counsel|professor emeritus|farmer|"
    r"farmers|official|"
    r"officials|prime|judge|king|emir|sheikh|general secretary|lawmaker|legislator|delegate|policy analyst|"
    r"political analyst|"
    r"military analyst|political consultant|legal analyst|campaign|republican|democratic|democrat|presidential)\b",
    re.IGNORECASE,
)
RUNS = re.compile(
    r"\b(?:chairman|chairwoman|chairperson|chair|chief executive|chief financial|chief operating|ceo|cfo|coo|president|"
    r"finance director|treasurer|controller|executive|founder|co-founder|owner|general manager|chief)\b",
    re.IGNORECASE,
)
RANK = re.compile(r"\bvice[- ]president\b", re.IGNORECASE)  # at a house, everyone's rank
# Those who regulate, count, trade or lobby; an economist among them is theirs.
PUBLIC = re.compile(
    r"\b(?:ministry|department|dept|bureau|commission|committee|subcommittee|council|administration|association|"
    r"federation|confederation|"
    r"(?<!research )institute|union|exchange|stock market|congress|parliament|senate|house of|"
    r"government(?! securities)|treasury|"
    r"office|authority|court|chamber|league|party|"
    r"federal reserve|the fed|fed|fomc|reserve bank|central bank|bundesbank|banco central|national statistics|"
    r"statistics|world bank|"
    r"international monetary|imf|oecd|opec|gatt|european commission|ec|ecb|eia|iea|usda|fda|sec|ftc|fdic|fao|unctad|"
    r"united nations|"
    r"development bank|savings and loan|board of trade|mercantile|clearing|organi[sz]ation|conference board|board|"
    r"agency|society|cooperative|co-operative|growers|"
    r"producers|people’s bank|people's bank|kingdom|republic|white house|pentagon|nasa|norges bank|riksbank|foundation|"
    r"national bank of \w+)\b",
    re.IGNORECASE,
)
CENTRAL = re.compile(
    r"^(?:the )?(?:(?:\w+(?:ish|ian|ese|an|ss|ch) )?national bank$|bank of (?:england|japan|france|italy|spain|"
    r"canada|korea|israel|"
    r"greece|finland|portugal|thailand|indonesia|mexico|zambia|ghana|russia|uganda|tanzania|sierra leone|jamaica|"
    r"sweden|norway)$)",
    re.IGNORECASE,
)
MEDIA = re.compile(
    r"^(?:wall street(?: journal)?|the street|street|reuters?|bloomberg(?: news)?|cnbc(?:-tv18)?|cnn|"
    r"dow jones(?: newswires?)?|financial times|"
    r"new york times|washington post|associated press|ap|marketwatch|the city|city|nikkei|yonhap|xinhua|kyodo|forbes|"
    r"fortune|"
    r"yahoo finance|benzinga|twitter|facebook)$",
    re.IGNORECASE,
)
INVESTS = re.compile(
    r"\b(?:securities|capital|research|brokerage|broking|stockbrok\w+|asset management|investments?|investors|"
    r"advis[eo]rs|advisory|wealth|"
    r"funds?|portfolios?|equit(?:y|ies)|economics|macroeconomics|strategies|strategy|analytics|ratings|hedge|futures|"
    r"commodities|money management|investment management|consult\w+|forecasting|econometrics|markets|newsletter|"
    r"letter|advisors)\b",
    re.IGNORECASE,
)
LENDS = re.compile(
    r"\b(?:bank|banque|banca|bancorp|brothers|bros|partners|trust|and co|& co|associates|financial)\b", re.IGNORECASE
)
AGENCIES = re.compile(
    r"\b(?:moody.?s|standard (?:and|&) poor.?s|s&p(?: global)?(?: ratings)?|fitch|a\.?m\.? best|icra|crisil|dbrs|"
    r"care ratings|"
    r"scope ratings|duff and phelps|kroll bond|kbra|morningstar|value line|zacks|egan-jones|japan credit rating|"
    r"bankwatch)\b",
    re.IGNORECASE,
)
MAY = re.compile(
    r"\b(?:would|could|should|likely|may|might|expect\w*|forecast\w*|notes?|reports?|recommend\w*|estimate\w*|"
    r"believes?|thinks?)\b"
)
TRADE = re.compile(
    r"\b(?:buy|sell|hold|short|accumulate|reduce|avoid|exit|book profits?|target|stop ?loss|bullish|bearish|positive|"
    r"negative|neutral|overweight|"
    r"underweight|prefer|upside|downside|support|resistance|recommend\w*|rally|correct\w*|outlook|bet|sees?|"
    r"expects?)\b",
    re.IGNORECASE,
)
OUTWARD = re.compile(
    r"\b(?:sees?|upside|downside|targets?|ratings?|outlooks?|bullish|bearish|overweight|underweight|neutral|"
    r"outperform|underperform|"
    r"expects?|forecasts?|prefers?|likes?|recommends?|favou?rs?|warns?|predicts?|upgrade[sd]?|downgrade[sd]?|"
    r"initiates?|reiterates?|"
    r"raises (?:its )?(?:\w+ )?(?:view|call)|top picks?|stocks|analysts?)\b"
)
