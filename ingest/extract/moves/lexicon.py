"""Words that tell houses from persons, markets from plain nouns, and holders of views from nobody in particular."""

from __future__ import annotations

import re

FIRM_NOUNS = frozenset(
    """firm bank brokerage broker house agency company's analyst strategist economist brokers investment rating
        ratings research
    note report""".split()
)
FIRM_WORDS = re.compile(
    r"\b(?:securities|capital|research|bank|banc|broking|brokers?|brokerage|partners|group|markets?|financial|"
    r"investments?|advisors?|"
    r"advisers?|associates|asset|management|global|equities|institutional|wealth|trust|ratings?|holdings?|inc|corp|"
    r"co|ltd|llc|plc|"
    r"& co|sons|brothers|bros|stanley|sachs|lynch|morgan|suisse|genuity|peabody|barney|poor'?s|moody'?s|fitch|"
    r"insights?|analytics|"
    r"economics|oswal|rathi|lilladher|sharekhan|jefferies|street|intelligence|trading|finance|services?|"
    r"international|markets|"
    r"fargo|james|nicolaus|sandler|jaffray|hutton|reynolds|pru-bache|paribas|generale|berenberg|nomura|sanford|"
    r"bernstein|oppenheimer|"
    r"fund|reserve|agency|exchange|direct|house)\b|&|\d",
    re.IGNORECASE,
)
AGENCY = re.compile(
    r"^(?:the )?(?:moody['’]s|s\s?(?:&|/|and)\s?p\b|standard (?:&|and) poor|d and p\b|duff|fitch|a\.?m\.? best|dbrs|"
    r"egan-jones|kbra|kroll|icra|"
    r"crisil|care ratings|india ratings|jcr|r&i|ibca|thomson bankwatch|scope ratings|morningstar dbrs)",
    re.IGNORECASE,
)
# Houses of which a bare name can be mistaken for what is moved; all others are known by their place in the sentence.
HOUSE = re.compile(
    r"^(?:goldman|morgan stanley|merrill|jp ?morgan|j\.p\. morgan|citi(?:group)?$|ubs|barclays|jefferies|clsa|"
    r"nomura|macquarie|credit suisse|"
    r"deutsche bank|hsbc|bernstein|cowen|piper|stifel|wedbush|oppenheimer|baird|keybanc|bofa|rbc|bmo|raymond james|"
    r"evercore|needham|"
    r"smith barney|prudential-bache|drexel|kidder|shearson|salomon|painewebber|dean witter|first boston|"
    r"e\.?f\.? hutton)",
    re.IGNORECASE,
)
FIRST_NAMES = frozenset(
    """aaron abhishek adam ajay alan albert alex alexander alexandra alice alison allen amanda amit amy ana andrea
        andreas andrew andy
    angela anil anita ann anna anne anthony antonio arthur arun ashish ashok ashwin barbara ben benjamin beth betsy
    bill bob boris brad
    bradley brandon brian brent bruce bryan carl carlos carol caroline catherine charles charlie chetan chris
    christian christine
    christopher claire clarence colin craig cynthia dan dana daniel dave david dean deepak denise dennis derek diane
    dilip dinesh
    don donald donna doug douglas drew duncan ed eddie edward edwin elaine elena eli elizabeth ellen emily emma eric
    erica erik erin
    ethan eva evan fiona frank francis fred frederick gareth gary gaurav gautam gene geoff geoffrey george gerald
    gerard gil glenn gopal
    gordon graham grant greg gregory hans harold harry heather heidi helen helene henry herbert hiroshi holly howard
    hugh ian ivan jack
    jacob james jan jane janet jason jay jayesh jean jeff jeffrey jennifer jeremy jerome jerry jesse jessica jill jim
    jitendra joan joe
    joel johan john jon jonathan jorge jose joseph josh joshua juan judith judy julia julian julie karen karl kate
    katherine kathleen
    keith ken kenneth kevin kim kiran krishna kunal kurt kyle larry laura lauren lawrence lee leo leonard lewis linda
    lisa lloyd lori
    louis louise lucas lucy luis luke lynn manish marc marco margaret maria marie mario mark marko markus martin
    marvin mary mathew
    matt matthew maurice max maya megan melissa michael michele michelle miguel mihir mike mitchell mitesh mohit
    nancy naveen neal neil
    nicholas nick nicole nigel nikhil nilesh nitin noah norman oliver olivier pankaj paolo patricia patrick paul
    paula pedro peter phil
    philip phillip pierre prakash prashant priya rachel rahul raj rajat rajesh rakesh ralph ramesh ravi ray raymond
    rebecca richard rick
    robert robin rod rodney roger rohit roland ron ronald rosa ross roy russell ruth ryan sachin sally sam samantha
    sameer samuel sandeep
    sandip sandra sanjay sanjiv santosh sara sarah satish scott sean sebastian seth shane shannon sharon shaun shawn
    shelly sheila
    simon simeon sonia sophie stacy stefan stephanie stephen steve steven stewart stuart sudarshan sudip sunil suresh
    susan suzanne
    takashi tara ted terence teresa terry thomas tim timothy toby todd tom toni tony tracy trevor tushar tyler vahid
    valerie vanessa
    varun victor victoria vijay vikas vikram vinay vincent vinod vishal vivek walter warren wayne wei wendy will
    william wolfgang yaron
    yogesh yuki zach zachary""".split()
)
REGIONS = frozenset(
    """indian european u.s us american british german french italian spanish japanese chinese asian global emerging
        brazilian mexican
    canadian australian swiss nordic korean taiwanese russian african latin asia-pacific eurozone euro uk u.k eu
    asia-ex-japan
    saudi turkish polish south north western eastern em apac""".split()
)
MARKET = re.compile(
    r"\b(?:stocks?|shares?|equit(?:y|ies)|bonds?|debt|treasur(?:y|ies)|credit|caps?|sectors?|banks?|lenders?|"
    r"insurers?|brokers|reits?|retailers?|"
    r"chip(?:s|makers?)|semis?|semiconductors?|techs?|technology|software|utilities|telecoms?|miners?|metals?|"
    r"steel(?:makers)?|oils?|crude|"
    r"brent|gold|silver|copper|gas|platinum|palladium|nickel|aluminium|aluminum|zinc|wheat|corn|soybeans?|coffee|"
    r"sugar|cotton|lumber|"
    r"commodit(?:y|ies)|dollar|yen|euro|sterling|pound|baht|rand|ringgit|lira|krona|krone|zloty|forint|ro?uble|rupiah|shekel|"
    r"rupee|yuan|renminbi|franc|peso|real|currenc(?:y|ies)|bitcoin|"
    r"crypto\w*|"
    r"markets?|index|indices|indexes|staples|discretionary|industrials?|materials|healthcare|pharma\w*|drugmakers?|"
    r"biotechs?|airlines?|"
    r"automakers?|autos?|carmakers?|homebuilders?|builders|railroads?|shippers|luxury|media|energy|drillers|"
    r"refiners|financials?|"
    r"cyclicals|defensives|growth|value|momentum|gdp|inflation|economy|yields?|gilts?|bunds?|munis?|notes|bills|jgbs?|names|plays|"
    r"issues|chemicals?|"
    r"papers?|foods?|tobacco|beverages?|restaurants|hotels|casinos|internet|cloud|payments|property|developers|"
    r"producers|makers|"
    r"thrifts|hospitals|trucker?s|it)\b",
    re.IGNORECASE,
)
GENERIC = frozenset(
    """stock shares share company firm issue group name bank unit debt rating target estimate estimates he she it they
        him them
    securities bonds""".split()
)
# Names of those who manage money for others.
MANAGERS = re.compile(
    r"\b(?:capital|asset|fund|funds|investments?|investors|advis[eo]rs?|advisory|wealth|partners|securities|management"
    r"|research|global investors|private bank)\b",
    re.IGNORECASE,
)
REFERRING = frozenset("stock shares share issue company company's following".split())
NOBODY = re.compile(
    r"\b(?:board|panel|committee|commission|court|judge|government|ministry|minister|council|congress|senate|"
    r"house of|parliament|"
    r"department|regulators?|wall street|house speaker|shareholders)\b|"
    r"^(?:the )?(?:street|consensus|company|management|directors|president|analysts?|brokerages?|FDA|Fed|OPEC|IMF|"
    r"ECB|brokers|firms|traders|"
    r"sources|officials?|staff)$",
    re.IGNORECASE,
)
