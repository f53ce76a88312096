"""Explicit moves in single sentences and headlines: who moves what, from what to what."""

from __future__ import annotations

import pytest
from making import grows_no_faster_than_a_line

from ingest.extract.moves import Move, moves_in

# A line is: action | firm | analyst | subject | rating from > to | target from > to | stance; "-" is nothing.
UPGRADES = {
    "Pellowmark upgrades Brackenford to buy": "upgrade | Pellowmark | - | Brackenford | - > buy | - | bullish",
    "Pellowmark Upgrades Brackenford Industries (NYSE:BRK) to Buy From Hold": (
        "upgrade | Pellowmark | - | Brackenford Industries | Hold > Buy | - | bullish"
    ),
    "Quillstone upgraded to overweight from neutral at Gantlow Securities": (
        "upgrade | Gantlow Securities | - | Quillstone | neutral > overweight | - | bullish"
    ),
    "Quillstone (QLS) Upgraded by Gantlow Securities to “Strong-Buy”": (
        "upgrade | Gantlow Securities | - | Quillstone | - > Strong-Buy | - | bullish"
    ),
    "Quillstone downgraded to sector perform at Gantlow, price target trimmed to C$31 from C$36": (
        "downgrade | Gantlow | - | Quillstone | - > sector perform | C$36 > C$31 | neutral"
    ),
    "Orbelisk downgrades Marrowgate Motors to 'reduce' from 'add' citing weak volumes": (
        "downgrade | Orbelisk | - | Marrowgate Motors | add > reduce | - | bearish"
    ),
    "ORBELISK CUTS MARROWGATE MOTORS TO SELL FROM HOLD": (
        "downgrade | ORBELISK | - | MARROWGATE MOTORS | HOLD > SELL | - | bearish"
    ),
    "Wharrowby ups Dallimore Foods to Buy": "upgrade | Wharrowby | - | Dallimore Foods | - > Buy | - | bullish",
    "Dallimore cut to hold at Wharrowby on margin worries": (
        "downgrade | Wharrowby | - | Dallimore | - > hold | - | neutral"
    ),
    "Dallimore raised to outperform at Wharrowby": "upgrade | Wharrowby | - | Dallimore | - > outperform | - | bullish",
    "Dallimore lowered to underperform from in line by Wharrowby & Co.": (
        "downgrade | Wharrowby & Co | - | Dallimore | in line > underperform | - | bearish"
    ),
    "Dallimore cut at Wharrowby on fears of a price war": "downgrade | Wharrowby | - | Dallimore | - | - | bearish",
    "Strandhollow Capital lifted Tessermill to an Outperform rating on its view that the worst is over.": (
        "upgrade | Strandhollow Capital | - | Tessermill | - > Outperform | - | bullish"
    ),
    "Strandhollow Capital moves Tessermill to neutral from underweight": (
        "upgrade | Strandhollow Capital | - | Tessermill | underweight > neutral | - | neutral"
    ),
    "Strandhollow Capital shifts Tessermill to sell": (
        "downgrade | Strandhollow Capital | - | Tessermill | - > sell | - | bearish"
    ),
    "Strandhollow changed its rating on Tessermill to hold from buy": (
        "downgrade | Strandhollow | - | Tessermill | buy > hold | - | neutral"
    ),
    "Lanternwick moves to the sidelines on Tessermill": "downgrade | Lanternwick | - | Tessermill | - | - | neutral",
    "Lanternwick turns bullish on European banks": "upgrade | Lanternwick | - | European banks | - | - | bullish",
    "Lanternwick turns cautious on Tessermill ahead of results": (
        "downgrade | Lanternwick | - | Tessermill | - | - | bearish"
    ),
    "Lanternwick adds Tessermill to its conviction list": (
        "upgrade | Lanternwick | - | Tessermill | - > conviction list | - | bullish"
    ),
    "Lanternwick removes Tessermill from its Focus List": (
        "downgrade | Lanternwick | - | Tessermill | Focus List > - | - | bearish"
    ),
    "Tessermill added to Americas Conviction List at Lanternwick": (
        "upgrade | Lanternwick | - | Tessermill | - > Americas Conviction List | - | bullish"
    ),
    "Ostrander and Co analyst Philip Wenlock removed Tessermill Corp from the firm's recommended list, traders said.": (
        "downgrade | Ostrander and Co | Philip Wenlock | Tessermill Corp | recommended list > - | - | bearish"
    ),
    "Philip Wenlock of Ostrander put Tessermill on his buy list, dealers said.": (
        "upgrade | Ostrander | Philip Wenlock | Tessermill | - > buy list | - | bullish"
    ),
    'Wenlock raised his recommendation of Tessermill to a "buy" as its mills run full.': (
        "upgrade | - | Wenlock | Tessermill | - > buy | - | bullish"
    ),
    "Traders said he raised his recommendation of Tessermill Inc to a buy from a hold.": (
        "upgrade | - | - | Tessermill Inc | hold > buy | - | bullish"
    ),
    "Gantlow Brothers Inc said it lowered its opinion on Quillstone Corp's stock to a hold from an aggressive buy.": (
        "downgrade | Gantlow Brothers Inc | - | Quillstone Corp | aggressive buy > hold | - | neutral"
    ),
    "Ostrander analyst Philip Wenlock lowered his rating on Tessermill from a strong buy to a buy, citing costs.": (
        "downgrade | Ostrander | Philip Wenlock | Tessermill | strong buy > buy | - | bearish"
    ),
    "Analyst Joan Marchetti of Gantlow Securities issued a strong buy recommendation on Quillstone Inc.": (
        "upgrade | Gantlow Securities | Joan Marchetti | Quillstone Inc | - > strong buy | - | bullish"
    ),
    "Tessermill jumps on upgrade from Orbelisk": "upgrade | Orbelisk | - | Tessermill | - | - | bullish",
    "Tessermill shares slide after downgrade by Orbelisk": "downgrade | Orbelisk | - | Tessermill | - | - | bearish",
    "Tessermill shares tumble; Orbelisk downgrades to 'sell'": (
        "downgrade | Orbelisk | - | Tessermill | - > sell | - | bearish"
    ),
    "Orbelisk's downgrade of Tessermill weighed on chip stocks.": (
        "downgrade | Orbelisk | - | Tessermill | - | - | bearish"
    ),
    "Tessermill gets double upgrade to buy at Orbelisk": "upgrade | Orbelisk | - | Tessermill | - > buy | - | bullish",
    "Tessermill was upgraded to buy from hold by Orbelisk analyst Sara Lindqvist": (
        "upgrade | Orbelisk | Sara Lindqvist | Tessermill | hold > buy | - | bullish"
    ),
    "Shares of Tessermill rose 4% after Orbelisk upgraded the stock to overweight.": (
        "upgrade | Orbelisk | - | Tessermill | - > overweight | - | bullish"
    ),
    "Tessermill's stock rating cut to hold at Penrallow": (
        "downgrade | Penrallow | - | Tessermill | - > hold | - | neutral"
    ),
    "Upgrade Tessermill to 'accumulate', says Penrallow": (
        "upgrade | Penrallow | - | Tessermill | - > accumulate | - | bullish"
    ),
    "Penrallow upgrades small caps to overweight": (
        "upgrade | Penrallow | - | small caps | - > overweight | - | bullish"
    ),
    "Penrallow downgrades Indian stocks to underweight": (
        "downgrade | Penrallow | - | Indian stocks | - > underweight | - | bearish"
    ),
    "Penrallow's Hannah Osei downgraded chipmakers to neutral": (
        "downgrade | Penrallow | Hannah Osei | chipmakers | - > neutral | - | neutral"
    ),
    "Penrallow cuts to Sell": "downgrade | Penrallow | - | - | - > Sell | - | bearish",
    "He upgraded his view on small caps from underweight to neutral.": (
        "upgrade | - | - | small caps | underweight > neutral | - | neutral"
    ),
}
COVERAGE = {
    "Wharrowby initiates coverage of Dallimore with an outperform rating": (
        "initiate | Wharrowby | - | Dallimore | - > outperform | - | bullish"
    ),
    "Wharrowby Initiates Coverage On Dallimore Foods with Sector Weight Rating, Announces $40 Price Target": (
        "initiate | Wharrowby | - | Dallimore Foods | - > Sector Weight | - > $40 | neutral"
    ),
    "Wharrowby starts Dallimore at hold": "initiate | Wharrowby | - | Dallimore | - > hold | - | neutral",
    "Dallimore started at sell with $12 stock price target at Wharrowby": (
        "initiate | Wharrowby | - | Dallimore | - > sell | - > $12 | bearish"
    ),
    "Dallimore Foods (NYSE:DLF): Initiated with an outperform rating at Wharrowby; target $55": (
        "initiate | Wharrowby | - | Dallimore Foods | - > outperform | - > $55 | bullish"
    ),
    "Wharrowby resumes Dallimore at equal-weight": (
        "initiate | Wharrowby | - | Dallimore | - > equal-weight | - | neutral"
    ),
    "Dallimore coverage resumed at neutral at Wharrowby": (
        "initiate | Wharrowby | - | Dallimore | - > neutral | - | neutral"
    ),
    "Wharrowby picks up coverage of Dallimore at buy": "initiate | Wharrowby | - | Dallimore | - > buy | - | bullish",
    "Coverage of Dallimore initiated by Wharrowby with a reduce": (
        "initiate | Wharrowby | - | Dallimore | - > reduce | - | bearish"
    ),
    "Wharrowby initiated coverage of Dallimore": "initiate | Wharrowby | - | Dallimore | - | - | -",
    "WHARROWBY STARTS DALLIMORE <DLF> WITH BUY": "initiate | WHARROWBY | - | DALLIMORE | - > BUY | - | bullish",
    "Wharrowby initiates Dallimore as overweight": (
        "initiate | Wharrowby | - | Dallimore | - > overweight | - | bullish"
    ),
    "Wharrowby analyst Lars Brandt began coverage of the airline sector with a positive rating.": (
        "initiate | Wharrowby | Lars Brandt | airline sector | - > positive | - | bullish"
    ),
}
KEPT = {
    "Vellingport reiterates buy on Quillstone": "reiterate | Vellingport | - | Quillstone | - > buy | - | bullish",
    "Vellingport Reiterates Neutral on Quillstone, Maintains $88 Price Target": (
        "reiterate | Vellingport | - | Quillstone | - > Neutral | - > $88 | neutral"
    ),
    "Vellingport reiterates Quillstone as underperform": (
        "reiterate | Vellingport | - | Quillstone | - > underperform | - | bearish"
    ),
    "Vellingport keeps 'buy' on Quillstone": "reiterate | Vellingport | - | Quillstone | - > buy | - | bullish",
    "Vellingport sticks with overweight on Quillstone": (
        "reiterate | Vellingport | - | Quillstone | - > overweight | - | bullish"
    ),
    "Vellingport stands by its sell rating on Quillstone": (
        "reiterate | Vellingport | - | Quillstone | - > sell | - | bearish"
    ),
    "Vellingport retains hold call on Quillstone with target of Rs 410": (
        "reiterate | Vellingport | - | Quillstone | - > hold | - > Rs 410 | neutral"
    ),
    "Maintain 'Sell' on Quillstone with target of Rs 75: Vellingport": (
        "reiterate | Vellingport | - | Quillstone | - > Sell | - > Rs 75 | bearish"
    ),
    "Quillstone's buy rating reaffirmed at Vellingport": (
        "reiterate | Vellingport | - | Quillstone | - > buy | - | bullish"
    ),
    "Quillstone reiterated at buy by Vellingport": "reiterate | Vellingport | - | Quillstone | - > buy | - | bullish",
    "Vellingport maintains its bullish stance on Quillstone, keeping its Outperform rating and $220 price target.": (
        "reiterate | Vellingport | - | Quillstone | - > Outperform | - > $220 | bullish"
    ),
    'Analyst Tom Reddaway of Vellingport said he reiterated a "buy" recommendation of Quillstone Laboratories Inc.': (
        "reiterate | Vellingport | Tom Reddaway | Quillstone Laboratories Inc | - > buy | - | bullish"
    ),
    "Reddaway said he is not changing his buy recommendation on Quillstone": (
        "reiterate | - | Reddaway | Quillstone | - > buy | - | bullish"
    ),
    "Reddaway repeated a recommendation of Quillstone": (
        "reiterate | Reddaway | - | Quillstone | - > recommended | - | bullish"
    ),
    "Reddaway remains overweight on Quillstone": "reiterate | Reddaway | - | Quillstone | - > overweight | - | bullish",
    "Vellingport leaves Quillstone at hold": "reiterate | Vellingport | - | Quillstone | - > hold | - | neutral",
    "REDDAWAY REITERATES BUY ON DRUG STOCKS": "reiterate | REDDAWAY | - | DRUG STOCKS | - > BUY | - | bullish",
}
TARGETS = {
    "Cleverdale lifts its ZRX (NASDAQ:ZRX) target by $4 to $31 after a call with the finance chief.": (
        "raise_target | Cleverdale | - | ZRX | - | - > $31 | bullish"
    ),
    "Ostermann stock price target raised to $210 from $185 at Cleverdale RH": (
        "raise_target | Cleverdale RH | - | Ostermann | - | $185 > $210 | bullish"
    ),
    "Ostermann price target cut to $23 vs. $24 at Cleverdale": (
        "cut_target | Cleverdale | - | Ostermann | - | $24 > $23 | bearish"
    ),
    "Citigroup stock price target raised to $91 from $88 at Cleverdale": (
        "raise_target | Cleverdale | - | Citigroup | - | $88 > $91 | bullish"
    ),
    "Cleverdale raises Ostermann PT to $50": "raise_target | Cleverdale | - | Ostermann | - | - > $50 | bullish",
    "Cleverdale boosts PT on Ostermann to $50 from $45": (
        "raise_target | Cleverdale | - | Ostermann | - | $45 > $50 | bullish"
    ),
    "Cleverdale slashes price target for Ostermann to €14, keeps hold": (
        "cut_target | Cleverdale | - | Ostermann | - > hold | - > €14 | neutral"
    ),
    "CLEVERDALE CUTS OSTERMANN PRICE TARGET TO 450P FROM 500P": (
        "cut_target | CLEVERDALE | - | OSTERMANN | - | 500P > 450P | bearish"
    ),
    "Cleverdale cuts target price for OIL to Rs 1,310, but retains a 'buy' call": (
        "cut_target | Cleverdale | - | OIL | - > buy | - > Rs 1,310 | bullish"
    ),
    "Cleverdale analyst Erin Castellano raised her price target for Ostermann from $75 to $100 due to strong orders": (
        "raise_target | Cleverdale | Erin Castellano | Ostermann | - | $75 > $100 | bullish"
    ),
    "Cleverdale Maintains Overweight on Ostermann, Raises Price Target to $250": (
        "raise_target | Cleverdale | - | Ostermann | - > Overweight | - > $250 | bullish"
    ),
    "Ostermann (NYSE:OST) Price Target Lowered to $19.00 at Cleverdale": (
        "cut_target | Cleverdale | - | Ostermann | - | - > $19.00 | bearish"
    ),
    "Cleverdale cuts year-end target for Indian stocks": (
        "cut_target | Cleverdale | - | Indian stocks | - | - | bearish"
    ),
    "Cleverdale joins rivals in cutting year-end target for Japanese stocks": (
        "cut_target | Cleverdale | - | Japanese stocks | - | - | bearish"
    ),
    "Cleverdale raises S&P 500 target to 7,000 from 6,400": (
        "raise_target | Cleverdale | - | S&P 500 | - | 6,400 > 7,000 | bullish"
    ),
    "Target price target raised to $120 at Cleverdale": (
        "raise_target | Cleverdale | - | Target | - | - > $120 | bullish"
    ),
    "Cleverdale trims target on Ostermann by 8% after weak quarter": (
        "cut_target | Cleverdale | - | Ostermann | - | - | bearish"
    ),
    "Ostermann's price target was raised at Cleverdale to $44.": (
        "raise_target | Cleverdale | - | Ostermann | - | - > $44 | bullish"
    ),
    "Cleverdale sets Nifty target at 26,000 by December": "none | Cleverdale | - | Nifty | - | - > 26,000 | bullish",
    "Cleverdale sees Nifty hitting 27k by end-2027": "none | Cleverdale | - | Nifty | - | - > 27k | bullish",
    "Cleverdale expects Ostermann to hit $50": "none | Cleverdale | - | Ostermann | - | - > $50 | bullish",
    "Cleverdale sees gold falling to $1,500 an ounce": (
        "none | Cleverdale | - | gold | - | - > $1,500 an ounce | bearish"
    ),
    "Cleverdale strategist Piet Vos predicts silver may reach $90 by summer": (
        "none | Cleverdale | Piet Vos | silver | - | - > $90 | bullish"
    ),
    "Cleverdale sees 30% upside in Ostermann after the asset sale": (
        "none | Cleverdale | - | Ostermann | - | - | bullish"
    ),
}
ESTIMATES = {
    "Analyst Theo Lindgren of Ashgrove said he raised his 1987 earnings estimate for Corvane to 5.10 dlrs from 4.70.": (
        "raise_estimate | Ashgrove | Theo Lindgren | Corvane | - | - | bullish"
    ),
    "Ashgrove cuts Corvane earnings estimates": "cut_estimate | Ashgrove | - | Corvane | - | - | bearish",
    "ASHGROVE RAISES CORVANE <CVN> EARNINGS ESTIMATE": "raise_estimate | ASHGROVE | - | CORVANE | - | - | bullish",
    "Lindgren lowered his earnings estimate on Corvane": "cut_estimate | - | Lindgren | Corvane | - | - | bearish",
    "Corvane estimates trimmed at Ashgrove": "cut_estimate | Ashgrove | - | Corvane | - | - | bearish",
    "Lindgren said he sees 1988 earnings of 3.10 dlrs a share, up from an earlier forecast of two dlrs.": (
        "raise_estimate | - | Lindgren | - | - | - | bullish"
    ),
    "Gantlow Inc lowered its ratings to M from O-plus on regional banks": (
        "downgrade | Gantlow Inc | - | regional banks | O-plus > M | - | bearish"
    ),
    "Ashgrove cuts its oil price forecast": "cut_estimate | Ashgrove | - | oil | - | - | bearish",
    "Ashgrove raises China GDP growth forecast to 5%": "raise_estimate | Ashgrove | - | China | - | - | bullish",
}
STANCES = {
    "Thornbury 'Underweight' on Castellan": "none | Thornbury | - | Castellan | - > Underweight | - | bearish",
    "Thornbury is neutral on Castellan with a target of Rs 290": (
        "none | Thornbury | - | Castellan | - > neutral | - > Rs 290 | neutral"
    ),
    "Thornbury bullish on Castellan; target Rs 500": "none | Thornbury | - | Castellan | - | - > Rs 500 | bullish",
    "Thornbury bearish on the yen": "none | Thornbury | - | yen | - | - | bearish",
    "Bullish on Castellan: Nilima Deshmukh": "none | - | Nilima Deshmukh | Castellan | - | - | bullish",
    "Positive on Indian banks: Thornbury": "none | Thornbury | - | Indian banks | - > Positive | - | bullish",
    "Sell Castellan with a target of Rs 645: Nilima Deshmukh": (
        "none | - | Nilima Deshmukh | Castellan | - > Sell | - > Rs 645 | bearish"
    ),
    "Buy Castellan, target Rs 500: Thornbury Securities": (
        "none | Thornbury Securities | - | Castellan | - > Buy | - > Rs 500 | bullish"
    ),
    "BUY Castellan; TARGET Rs 1500: THORNBURY": "none | THORNBURY | - | Castellan | - > BUY | - > Rs 1500 | bullish",
    "Hold Castellan, says Thornbury": "none | Thornbury | - | Castellan | - > Hold | - | neutral",
    "Castellan: Buy | CMP 120 | Target 150 | Thornbury Securities": (
        "none | Thornbury Securities | - | Castellan | - > Buy | - > 150 | bullish"
    ),
    "Castellan a top pick, says Thornbury": "none | Thornbury | - | Castellan | - | - | bullish",
    "Castellan named top pick at Thornbury": "none | Thornbury | - | Castellan | - | - | bullish",
    "Thornbury names Castellan its top pick in autos": "none | Thornbury | - | Castellan | - | - | bullish",
    "Thornbury slots in Castellan as its top auto pick": "none | Thornbury | - | Castellan | - | - | bullish",
    "Thornbury recommends Castellan": "none | Thornbury | - | Castellan | - > recommended | - | bullish",
    "Thornbury recommends selling Castellan": "none | Thornbury | - | Castellan | - > sell | - | bearish",
    "Thornbury rates Castellan a buy": "none | Thornbury | - | Castellan | - > buy | - | bullish",
    "Thornbury, which rates Castellan underperform, called the deal dear.": (
        "none | Thornbury | - | Castellan | - > underperform | - | bearish"
    ),
    "Thornbury has a buy rating on Castellan and a $90 target": (
        "none | Thornbury | - | Castellan | - > buy | - > $90 | bullish"
    ),
    "Castellan, rated overweight at Thornbury, fell 3%": (
        "none | Thornbury | - | Castellan | - > overweight | - | bullish"
    ),
    "Anders Holt, who has been telling clients to hold Castellan shares for the yield, was not surprised.": (
        "none | - | Anders Holt | Castellan | - > hold | - | neutral"
    ),
    "Thornbury says Castellan shares are a buy": "none | Thornbury | - | Castellan | - > buy | - | bullish",
    "Castellan may touch Rs 500: Nilima Deshmukh": "none | - | Nilima Deshmukh | Castellan | - | - > Rs 500 | bullish",
    "Castellan could fall to $8, says Thornbury": "none | Thornbury | - | Castellan | - | - > $8 | bearish",
    "See a target price of Rs 910 for Castellan over a two-year horizon: Nilima Deshmukh": (
        "none | - | Nilima Deshmukh | Castellan | - | - > Rs 910 | bullish"
    ),
    "Shares of Castellan rose today after a recommendation from Thornbury Brothers, traders said.": (
        "none | Thornbury Brothers | - | Castellan | - > recommended | - | bullish"
    ),
    "Castellan receives buy rating from Thornbury": "none | Thornbury | - | Castellan | - > buy | - | bullish",
}
AGENCIES = {
    "Moody's downgrades Larkmoor's senior debt to Baa2 from A3": (
        "downgrade | Moody's | - | Larkmoor | A3 > Baa2 | - | bearish"
    ),
    "MOODY'S DOWNGRADES LARKMOOR <LKM> DEBT": "downgrade | MOODY'S | - | LARKMOOR | - | - | bearish",
    "LARKMOOR <LKM> DEBT UPGRADED BY S/P": "upgrade | S/P | - | LARKMOOR | - | - | bullish",
    "LARKMOOR DEBT RATINGS CUT BY MOODY'S": "downgrade | MOODY'S | - | LARKMOOR | - | - | bearish",
    "S&P affirms Larkmoor at AA-, outlook negative": "reiterate | S&P | - | Larkmoor | - > AA- | - | bearish",
    "S/P MAY DOWNGRADE LARKMOOR <LKM> CONVERTIBLES": "none | S/P | - | LARKMOOR | - | - | bearish",
    "S&P placed Larkmoor on CreditWatch with negative implications": "none | S&P | - | Larkmoor | - | - | bearish",
    "LARKMOOR <LKM> ON S/P CREDITWATCH, NEGATIVE": "none | S/P | - | LARKMOOR | - | - | bearish",
    "AM Best Revises Outlooks to Positive for Larkmoor Seguros S.A.": (
        "none | AM Best | - | Larkmoor Seguros S.A. | - > Positive | - | bullish"
    ),
    "Fitch revises Larkmoor's outlook to negative from stable": (
        "none | Fitch | - | Larkmoor | stable > negative | - | bearish"
    ),
    "Standard and Poor's Corp said it upgraded 500 mln dlrs of debt of Larkmoor International Corp.": (
        "upgrade | Standard and Poor's Corp | - | Larkmoor International Corp | - | - | bullish"
    ),
    "Moody's Investors Service Inc said it may lower the ratings of Larkmoor Corp.": (
        "none | Moody's Investors Service Inc | - | Larkmoor Corp | - | - | bearish"
    ),
    "Duff and Phelps said it lowered the ratings on Larkmoor Corp's senior debt to BBB from A-minus.": (
        "downgrade | Duff and Phelps | - | Larkmoor Corp | A-minus > BBB | - | bearish"
    ),
    "Moody's affirmed Larkmoor's Prime-2 commercial paper": "reiterate | Moody's | - | Larkmoor | - > Prime-2 | - | -",
    "Moody's said it is reviewing Larkmoor Corp for a possible downgrade": (
        "none | Moody's | - | Larkmoor Corp | - | - | bearish"
    ),
}
# As editors of newswires and stock pages write them.
PRESS = {
    "The company's credit outlook was raised to positive by Fitch.": (
        "none | Fitch | - | - | - > positive | - | bullish"
    ),
    "Jane Roe, senior analyst at Penrallow, upgraded her rating for Vodafone from hold to buy last week.": (
        "upgrade | Penrallow | Jane Roe | Vodafone | hold > buy | - | bullish"
    ),
    "Vodafone, upgraded to buy by Penrallow, rose 4%.": ("upgrade | Penrallow | - | Vodafone | - > buy | - | bullish"),
    "Penrallow's analysts expect Vodafone shares to reach 200p within 12 months.": (
        "none | Penrallow | - | Vodafone | - | - > 200p | bullish"
    ),
    "Penrallow recommends investors buy the euro on dips.": ("none | Penrallow | - | euro | - > buy | - | bullish"),
    "BERENBERG RAISES VODAFONE PRICE TARGET TO 200 (180) PENCE - 'BUY'": (
        "raise_target | BERENBERG | - | VODAFONE | - > BUY | - > 200 | bullish"
    ),
    "MORGAN STANLEY LIFTS VODAFONE TO 'OVERWEIGHT'; TARGET 200P": (
        "upgrade | MORGAN STANLEY | - | VODAFONE | - > OVERWEIGHT | - > 200P | bullish"
    ),
    "Penrallow went underweight emerging-market debt.": (
        "downgrade | Penrallow | - | emerging-market debt | - > underweight | - | bearish"
    ),
    "The upgrade to buy from hold by Penrallow lifted the shares.": (
        "upgrade | Penrallow | - | - | hold > buy | - | bullish"
    ),
    "Goldman Sachs upgrades Hallmere to buy, says stock can rally 30%": (
        "upgrade | Goldman Sachs | - | Hallmere | - > buy | - | bullish"
    ),
    "Loop initiates Hallmere as hold": "initiate | Loop | - | Hallmere | - > hold | - | neutral",
    "Hallmere hit with downgrade at Needham": "downgrade | Needham | - | Hallmere | - | - | bearish",
    "Needham warms up to Hallmere, upgrades to Buy": "upgrade | Needham | - | Hallmere | - > Buy | - | bullish",
    "Needham steps to the sidelines on Hallmere": "downgrade | Needham | - | Hallmere | - | - | neutral",
    "Hallmere upgraded as Needham sees margin recovery": "upgrade | Needham | - | Hallmere | - | - | bullish",
    "Needham & Company LLC Increases Hallmere (NASDAQ:HLM) Price Target to $50.00": (
        "raise_target | Needham & Company LLC | - | Hallmere | - | - > $50.00 | bullish"
    ),
    "Hallmere (NASDAQ:HLM) Given New $50.00 Price Target at Needham": (
        "none | Needham | - | Hallmere | - | - > $50.00 | bullish"
    ),
    "Hallmere (HLM) Given Buy Rating at Needham & Company": (
        "none | Needham & Company | - | Hallmere | - > Buy | - | bullish"
    ),
    "Hallmere (HLM) PT Lowered to $40": "cut_target | - | - | Hallmere | - | - > $40 | bearish",
    'Hallmere (NYSE:HLM) Downgraded by Zacks Investment Research to "Hold"': (
        "downgrade | Zacks Investment Research | - | Hallmere | - > Hold | - | neutral"
    ),
    "Hallmere (HLM) Earns Outperform Rating from Analysts at Needham": (
        "none | Needham | - | Hallmere | - > Outperform | - | bullish"
    ),
    "Needham analyst Rajvindra Gill reiterated a Buy rating and $50 price target on Hallmere.": (
        "reiterate | Needham | Rajvindra Gill | Hallmere | - > Buy | - > $50 | bullish"
    ),
    "Accumulate Hallmere; target of Rs 400: ICICI Direct": (
        "none | ICICI Direct | - | Hallmere | - > Accumulate | - > Rs 400 | bullish"
    ),
    "Reduce Hallmere, target price Rs 300: Kotak Institutional Equities": (
        "none | Kotak Institutional Equities | - | Hallmere | - > Reduce | - > Rs 300 | bearish"
    ),
    "Neutral on Hallmere, target price Rs 300: HDFC Securities": (
        "none | HDFC Securities | - | Hallmere | - > Neutral | - > Rs 300 | neutral"
    ),
    "Stay invested in Hallmere: Rajesh Agarwal": (
        "none | - | Rajesh Agarwal | Hallmere | - > Stay invested | - | neutral"
    ),
    "Hallmere can go up to Rs 500: Ashwani Gujral": "none | - | Ashwani Gujral | Hallmere | - | - > Rs 500 | bullish",
    "See 20% upside in Hallmere: Ashwani Gujral": "none | - | Ashwani Gujral | Hallmere | - | - | bullish",
    "Like Hallmere at current levels: Ashwani Gujral": "none | - | Ashwani Gujral | Hallmere | - | - | bullish",
    "Expect Nifty to touch 9,000 by December: Ashwani Gujral": (
        "none | - | Ashwani Gujral | Nifty | - | - > 9,000 | bullish"
    ),
    "Sensex to hit 30,000 by March 2015: Edelweiss": "none | Edelweiss | - | Sensex | - | - > 30,000 | bullish",
    "Gold to hit $2,000 in 2026, says Dunmore Bank": "none | Dunmore Bank | - | Gold | - | - > $2,000 | bullish",
    "Dunmore Bank lowers its 2026 copper forecast": "cut_estimate | Dunmore Bank | - | copper | - | - | bearish",
    "Morgan Stanley turns overweight on Indian equities": (
        "upgrade | Morgan Stanley | - | Indian equities | - > overweight | - | bullish"
    ),
    "JPMorgan downgrades Indian equities to neutral": (
        "downgrade | JPMorgan | - | Indian equities | - > neutral | - | neutral"
    ),
    "CLSA initiates coverage on Hallmere with a 'buy' rating, target of Rs 410": (
        "initiate | CLSA | - | Hallmere | - > buy | - > Rs 410 | bullish"
    ),
    "Jefferies retains 'buy' on Hallmere; target price at Rs 1,200": (
        "reiterate | Jefferies | - | Hallmere | - > buy | - > Rs 1,200 | bullish"
    ),
    "Hallmere gains 5% on Macquarie upgrade": "upgrade | Macquarie | - | Hallmere | - | - | bullish",
    "Hallmere slips after Nomura cuts rating to reduce": "downgrade | Nomura | - | Hallmere | - > reduce | - | bearish",
    "Emkay Global recommends buy on Hallmere": "none | Emkay Global | - | Hallmere | - > buy | - | bullish",
    "Motilal Oswal bullish on Hallmere, recommended buy rating on the stock with a target price of Rs 510": (
        "none | Motilal Oswal | - | Hallmere | - | - > Rs 510 | bullish"
    ),
    "ICRA assigns AA- rating to Hallmere": "none | ICRA | - | Hallmere | - > AA- | - | -",
    "Fitch downgrades Spain to BBB": "downgrade | Fitch | - | Spain | - > BBB | - | bearish",
    "S&P puts Hallmere on negative watch": "none | S&P | - | Hallmere | - | - | bearish",
    "Moody's changes outlook on Hallmere to stable from negative": (
        "none | Moody's | - | Hallmere | negative > stable | - | neutral"
    ),
    "DBRS confirms Hallmere at BBB (high)": "reiterate | DBRS | - | Hallmere | - > BBB (high) | - | -",
    "HALLMERE PUT ON S/P CREDITWATCH NEGATIVE": "none | S/P | - | HALLMERE | - | - | bearish",
    "PRUDENTIAL-BACHE ANALYST CUTS HALLMERE <HLM> OPINION": (
        "downgrade | PRUDENTIAL-BACHE | - | HALLMERE | - | - | bearish"
    ),
    "HALLMERE RECOMMENDED BY GOLDMAN": "none | GOLDMAN | - | HALLMERE | - > recommended | - | bullish",
    '"We\'re raising our price target to $300 from $250," wrote Citi analyst Mark May.': (
        "raise_target | Citi | Mark May | - | - | $250 > $300 | bullish"
    ),
    "The firm raised its price target to $300 from $250.": "raise_target | - | - | - | - | $250 > $300 | bullish",
    "She has an outperform rating on the shares and a $90 price target.": (
        "none | - | - | - | - > outperform | - > $90 | bullish"
    ),
    'Hallmere was downgraded to "underperform" from "neutral" by analysts at Jefferies.': (
        "downgrade | Jefferies | - | Hallmere | neutral > underperform | - | bearish"
    ),
    "Jefferies analyst Brent Thill, who rates the stock a buy, said demand was fine.": (
        "none | Jefferies | Brent Thill | - | - > buy | - | bullish"
    ),
    "In a note, Brent Thill of Jefferies cut his rating on Hallmere to hold from buy.": (
        "downgrade | Jefferies | Brent Thill | Hallmere | buy > hold | - | neutral"
    ),
    "Jefferies' Brent Thill started Hallmere with a buy rating and a $60 target.": (
        "initiate | Jefferies | Brent Thill | Hallmere | - > buy | - > $60 | bullish"
    ),
    "Hallmere rose after Goldman put the stock on its recommended list.": (
        "upgrade | Goldman | - | Hallmere | - > recommended list | - | bullish"
    ),
    'Analyst Jane Smith of PaineWebber downgraded the stock to "unattractive" from "neutral", traders said.': (
        "downgrade | PaineWebber | Jane Smith | - | neutral > unattractive | - | bearish"
    ),
    "Smith cut her 1987 earnings estimates on Hallmere to 2.10 dlrs a share from 2.60 dlrs.": (
        "cut_estimate | - | Smith | Hallmere | - | - | bearish"
    ),
    "He recommends holding the stock.": "none | - | - | - | - > hold | - | neutral",
    "Smith has had a sell recommendation on Hallmere since May.": (
        "none | Smith | - | Hallmere | - > sell | - | bearish"
    ),
    "Hallmere is Jefferies' top pick in the sector.": "none | Jefferies | - | Hallmere | - | - | bullish",
    "Goldman double-upgrades Hallmere to buy from sell": "upgrade | Goldman | - | Hallmere | sell > buy | - | bullish",
    "Cowen lifts Hallmere PT to Street-high $400": "raise_target | Cowen | - | Hallmere | - | - > $400 | bullish",
    "Hallmere PT raised to $400 from $350 at Cowen": "raise_target | Cowen | - | Hallmere | - | $350 > $400 | bullish",
    "Hallmere target trimmed at Cowen": "cut_target | Cowen | - | Hallmere | - | - | bearish",
    "Hallmere (HLM) started at Overweight by Cowen; PT $30": (
        "initiate | Cowen | - | Hallmere | - > Overweight | - > $30 | bullish"
    ),
    "Cowen reaffirms Hallmere buy rating": "reiterate | Cowen | - | Hallmere | - > buy | - | bullish",
    "Cowen cuts Hallmere on valuation": "downgrade | Cowen | - | Hallmere | - | - | bearish",
    "Cowen says buy Hallmere": "none | Cowen | - | Hallmere | - > buy | - | bullish",
    "Cowen: Hallmere a buy on weakness": "none | Cowen | - | Hallmere | - > buy | - | bullish",
    "Cowen tells clients to buy Hallmere": "none | Cowen | - | Hallmere | - > buy | - | bullish",
    "Hallmere now a sell at Cowen": "none | Cowen | - | Hallmere | - > sell | - | bearish",
    "Hallmere upgraded on strong sales": "upgrade | - | - | Hallmere | - | - | bullish",
    "RBC sets $50 target on Hallmere": "none | RBC | - | Hallmere | - | - > $50 | bullish",
    "RBC maintains Hallmere at sector perform": "reiterate | RBC | - | Hallmere | - > sector perform | - | neutral",
    "HSBC double downgrades Hallmere to Reduce": "downgrade | HSBC | - | Hallmere | - > Reduce | - | bearish",
    "BlackRock downgrades US Treasuries to underweight": (
        "downgrade | BlackRock | - | US Treasuries | - > underweight | - | bearish"
    ),
    "Pictet trims equities to neutral": "downgrade | Pictet | - | equities | - > neutral | - | neutral",
    "Evercore ISI Raises Brinmore's PT to $145; Maintains Outperform": (
        "raise_target | Evercore ISI | - | Brinmore | - > Outperform | - > $145 | bullish"
    ),
    "Brinmore's price target raised to $90 from $80 at Truist": (
        "raise_target | Truist | - | Brinmore | - | $80 > $90 | bullish"
    ),
    "Brinmore upgraded to Buy at Truist after pullback": "upgrade | Truist | - | Brinmore | - > Buy | - | bullish",
    "Truist analyst Neal Dingmann raised the firm's price target on Brinmore to $90 from $80 and keeps a Buy rating on the shares.": (  # noqa: E501
        "raise_target | Truist | Neal Dingmann | Brinmore | - > Buy | $80 > $90 | bullish"
    ),
    "Morgan Stanley downgraded Brinmore to Underweight from Equal Weight with a price target of $20, down from $32.": (
        "downgrade | Morgan Stanley | - | Brinmore | Equal Weight > Underweight | $32 > $20 | bearish"
    ),
    "JPMorgan analyst Ryan Brinkman cut Brinmore's price target to $115 from $120 while keeping an underweight rating.": (  # noqa: E501
        "cut_target | JPMorgan | Ryan Brinkman | Brinmore | - > underweight | $120 > $115 | bearish"
    ),
    "Argus cut Brinmore Inc. to hold from buy.": "downgrade | Argus | - | Brinmore Inc | buy > hold | - | neutral",
    "Jim Cramer says sell Brinmore": "none | - | Jim Cramer | Brinmore | - > sell | - | bearish",
    "Brinmore could rally 50%, Bernstein says": "none | Bernstein | - | Brinmore | - | - | bullish",
    "Evercore adds Brinmore to its tactical outperform list": (
        "upgrade | Evercore | - | Brinmore | - > tactical outperform list | - | bullish"
    ),
    "Susquehanna turns negative on Brinmore, citing channel checks": (
        "downgrade | Susquehanna | - | Brinmore | - > negative | - | bearish"
    ),
    "Loop Capital slashes Brinmore price target in half": "cut_target | Loop Capital | - | Brinmore | - | - | bearish",
    "Deutsche Bank assumes coverage of Brinmore with Hold rating": (
        "initiate | Deutsche Bank | - | Brinmore | - > Hold | - | neutral"
    ),
    "Goldman reinstates Brinmore with a buy": "initiate | Goldman | - | Brinmore | - > buy | - | bullish",
    "Macquarie upgrades Brinmore to Outperform from Neutral, PT A$12.50": (
        "upgrade | Macquarie | - | Brinmore | Neutral > Outperform | - > A$12.50 | bullish"
    ),
    'UBS downgrades Swiss insurer Brinmore to "sell"': "downgrade | UBS | - | Brinmore | - > sell | - | bearish",
    "Berenberg raises UK homebuilder Brinmore to 'buy'": "upgrade | Berenberg | - | Brinmore | - > buy | - | bullish",
    'Kepler Cheuvreux lifts Brinmore to "buy" from "hold"': (
        "upgrade | Kepler Cheuvreux | - | Brinmore | hold > buy | - | bullish"
    ),
    "RESEARCH ALERT-Brinmore: Jefferies raises to buy": "upgrade | Jefferies | - | Brinmore | - > buy | - | bullish",
    "RPT-RESEARCH ALERT-Jefferies cuts Brinmore to hold": (
        "downgrade | Jefferies | - | Brinmore | - > hold | - | neutral"
    ),
    "Jefferies upgrades Brinmore; stock jumps": "upgrade | Jefferies | - | Brinmore | - | - | bullish",
    "Nomura retains buy on Brinmore, cuts TP to Rs 890 from Rs 950": (
        "cut_target | Nomura | - | Brinmore | - > buy | Rs 950 > Rs 890 | bullish"
    ),
    "Religare initiates 'buy' on Brinmore with target price of Rs 210": (
        "initiate | Religare | - | Brinmore | - > buy | - > Rs 210 | bullish"
    ),
    "Sell Brinmore on rallies: Sudarshan Sukhani": "none | - | Sudarshan Sukhani | Brinmore | - > Sell | - | bearish",
    "One can buy Brinmore with a target of Rs 90, says Sudarshan Sukhani": (
        "none | - | Sudarshan Sukhani | Brinmore | - > buy | - > Rs 90 | bullish"
    ),
    "Fitch cuts India outlook to negative": "none | Fitch | - | India | - > negative | - | bearish",
    "S&P retains India rating at BBB-": "reiterate | S&P | - | India | - > BBB- | - | -",
    "Morgan Stanley lowers Nifty target to 7,100": "cut_target | Morgan Stanley | - | Nifty | - | - > 7,100 | bearish",
    "Rupee may weaken to 62 against dollar: Nomura": "none | Nomura | - | Rupee | - | - > 62 | bearish",
    "Barclays ups 2014 gold price forecast to $1,205": "raise_estimate | Barclays | - | gold | - | - | bullish",
    "Credit Suisse most bullish on Brinmore": "none | Credit Suisse | - | Brinmore | - | - | bullish",
    "Jefferies analysts said they were cutting Brinmore to hold": (
        "downgrade | Jefferies | - | Brinmore | - > hold | - | neutral"
    ),
    'Investment bank Jefferies on Monday cut its rating on Brinmore to "hold".': (
        "downgrade | Jefferies | - | Brinmore | - > hold | - | neutral"
    ),
    'Jefferies downgraded its rating to "hold".': "downgrade | Jefferies | - | - | - > hold | - | neutral",
    "Brinmore has been cut from buy to hold by Jefferies.": (
        "downgrade | Jefferies | - | Brinmore | buy > hold | - | neutral"
    ),
    '"We maintain our Buy rating on Brinmore," Jefferies wrote.': (
        "reiterate | Jefferies | - | Brinmore | - > Buy | - | bullish"
    ),
    "We rate Brinmore a Buy.": "none | - | - | Brinmore | - > Buy | - | bullish",
    "I'm bullish on Brinmore.": "none | - | - | Brinmore | - | - | bullish",
    "Maintain Buy.": "reiterate | - | - | - | - > Buy | - | bullish",
    "Reiterate Overweight, PT $60.": "reiterate | - | - | - | - > Overweight | - > $60 | bullish",
}
# What houses, desks and their analysts do together, and what they expect of currencies and commodities.
DESKS = {
    "Holvent's equity desk has cut its Strommen Marine price target by 120 kroner to 480 kroner but kept its buy recommendation.": (  # noqa: E501
        "cut_target | Holvent | - | Strommen Marine | - > buy | - > 480 kroner | bullish"
    ),
    "Holvent's rates strategists have lifted their yen forecast.": "raise_estimate | Holvent | - | yen | - | - | bullish",  # noqa: E501
    "The research team at Holvent started Strommen at outperform.": (
        "initiate | Holvent | - | Strommen | - > outperform | - | bullish"
    ),
    "Analysts at Holvent have lifted their Strommen price target to 90p from 75p.": (
        "raise_target | Holvent | - | Strommen | - | 75p > 90p | bullish"
    ),
    "Holvent, which rates the stock a buy, lifted its target to $44 from $40.": (
        "raise_target | Holvent | - | - | - > buy | $40 > $44 | bullish"
    ),
    "Holvent's economists expect the baht at 36 to the dollar by year-end.": (
        "none | Holvent | - | baht | - | - > 36 to the dollar | -"
    ),
    "Holvent expects the rupee to weaken to 62 per dollar.": (
        "none | Holvent | - | rupee | - | - > 62 per dollar | bearish"
    ),
    "Holvent has the yen at 155 by December.": "none | Holvent | - | yen | - | - > 155 | -",
    "Holvent sees the dollar between 148 and 150 yen.": (
        "none | Holvent | - | dollar | - | - > between 148 and 150 yen | -"
    ),
    "Holvent sees Brent averaging $58 next year.": "none | Holvent | - | Brent | - | - > $58 | -",
    "Holvent forecasts gold at $5,000 an ounce by year-end.": (
        "none | Holvent | - | gold | - | - > $5,000 an ounce | bullish"
    ),
    "Holvent forecasts the S&P 500 at 7,200 by year-end.": "none | Holvent | - | S&P 500 | - | - > 7,200 | bullish",
}
RETARGETED = {
    "Holvent analysts reiterate buy on Strommen with a revised target of Rs 840 (earlier Rs 760).": (
        "raise_target | Holvent | - | Strommen | - > buy | Rs 760 > Rs 840 | bullish"
    ),
    "Accumulate Strommen with a revised target of Rs 310 (previously Rs 355): Holvent Securities": (
        "cut_target | Holvent Securities | - | Strommen | - > Accumulate | Rs 355 > Rs 310 | bullish"
    ),
    "Holvent keeps Strommen at hold, target 9 francs (vs. prior 8 francs).": (
        "raise_target | Holvent | - | Strommen | - > hold | 8 francs > 9 francs | neutral"
    ),
    "Holvent maintains Buy on Strommen, PT $14 (from $12)": (
        "raise_target | Holvent | - | Strommen | - > Buy | $12 > $14 | bullish"
    ),
    "Holvent now values the shares at 34 euros, up from 26.": (
        "raise_target | Holvent | - | - | - | 26 > 34 euros | bullish"
    ),
    "Holvent knocked $6 off its Strommen target, to $44.": (
        "cut_target | Holvent | - | Strommen | - | - > $44 | bearish"
    ),
    "Holvent added $5 to its Strommen target, taking it to $65.": (
        "raise_target | Holvent | - | Strommen | - | - > $65 | bullish"
    ),
    "Holvent nudged its target up to 215 euros.": "raise_target | Holvent | - | - | - | - > 215 euros | bullish",
    "Holvent has a $40 target on Strommen.": "none | Holvent | - | Strommen | - | - > $40 | bullish",
    "Holvent, which has a 2,600 euro target on the stock, said demand was fine.": (
        "none | Holvent | - | - | - | - > 2,600 euro | bullish"
    ),
    "Holvent puts a $50 target on Strommen.": "none | Holvent | - | Strommen | - | - > $50 | bullish",
    "Holvent's target on Strommen is $50.": "none | Holvent | - | Strommen | - | - > $50 | bullish",
    "Holvent pegs the S&P 500 target at 6,900 by December.": ("none | Holvent | - | S&P 500 | - | - > 6,900 | bullish"),
    "Our fair value estimate of $37 implies upside.": "none | - | - | - | - | - > $37 | bullish",
    "We have a year-end target of 6,900 for the S&P 500.": "none | - | - | S&P 500 | - | - > 6,900 | bullish",
}
HELD = {
    "Our rating goes to Hold from Buy.": "downgrade | - | - | - | Buy > Hold | - | neutral",
    "Holvent's rating on Strommen moves to neutral from overweight.": (
        "downgrade | Holvent | - | Strommen | overweight > neutral | - | neutral"
    ),
    "We are moving to the sidelines.": "downgrade | - | - | - | - | - | neutral",
    "Holvent resumed the stock at Reduce.": "initiate | Holvent | - | - | - > Reduce | - | bearish",
    "Holvent stayed at sector outperform on Strommen.": (
        "reiterate | Holvent | - | Strommen | - > sector outperform | - | bullish"
    ),
    "Holvent is at outperform on Strommen.": "none | Holvent | - | Strommen | - > outperform | - | bullish",
    "John Holm of Holvent discussed Strommen, on which he is at outperform.": (
        "none | - | - | Strommen | - > outperform | - | bullish"
    ),
    "Ida Holm of Holvent, who is at sector perform on Strommen, expects little.": (
        "none | Holvent | Ida Holm | Strommen | - > sector perform | - | neutral"
    ),
    "Holvent rates it overweight.": "none | Holvent | - | - | - > overweight | - | bullish",
    "Holvent reaffirmed that stance.": "reiterate | Holvent | - | - | - | - | -",
    "Jefferies Buy-rated Strommen fell 3%.": "none | Jefferies | - | Strommen | - > Buy | - | bullish",
    "Nomura's Reduce-rated Strommen fell 3%.": "none | Nomura | - | Strommen | - > Reduce | - | bearish",
    "Holvent raised its investment ratings on four airlines to O from M-minus.": (
        "upgrade | Holvent | - | airlines | M-minus > O | - | bullish"
    ),
    "Moody's Investors Service said it cut to B2 from B1 about 900 mln dlrs of notes of Strommen Inc.": (
        "downgrade | Moody's Investors Service | - | Strommen Inc | B1 > B2 | - | bearish"
    ),
}
TURNED = {
    "Macquarie has an outperform rating and a A$12.50 target on Strommen.": (
        "none | Macquarie | - | Strommen | - > outperform | - > A$12.50 | bullish"
    ),
    "Holvent now has a $90 price target, up from $75.": "raise_target | Holvent | - | - | - | $75 > $90 | bullish",
    "Holvent sets target at Rs 450, up from Rs 400.": "raise_target | Holvent | - | - | - | Rs 400 > Rs 450 | bullish",
    "Holvent slapped a $20 target on the shares.": "none | Holvent | - | - | - | - > $20 | bullish",
    "Holvent has lowered its fair value to 90p.": "cut_target | Holvent | - | - | - | - > 90p | bearish",
    "Holvent's year-end S&P 500 target is 7,600.": "none | Holvent | - | S&P 500 | - | - > 7,600 | bullish",
    "Holvent expects the S&P 500 to end the year at 7,600.": "none | Holvent | - | S&P 500 | - | - > 7,600 | bullish",
    "Holvent has gone to underperform from hold on Strommen.": (
        "downgrade | Holvent | - | Strommen | hold > underperform | - | bearish"
    ),
    "Holvent removed its buy rating on Strommen.": "downgrade | Holvent | - | Strommen | buy > - | - | bearish",
    "Holvent dropped its sell rating on Strommen.": "upgrade | Holvent | - | Strommen | sell > - | - | bullish",
    "Holvent isn't changing its buy rating on Strommen.": (
        "reiterate | Holvent | - | Strommen | - > buy | - | bullish"
    ),
    "Holvent remains a buyer of Strommen.": "none | Holvent | - | Strommen | - | - | bullish",
    "He's a buyer of Strommen.": "none | - | - | Strommen | - | - | bullish",
    "Robert Kline advises against buying Strommen.": "none | - | Robert Kline | Strommen | - | - | bearish",
    "But he did not recommend those stocks, which he rates as neutral.": (
        "none | - | - | - | - > neutral | - | neutral"
    ),
}
POSITIONS = {
    "Ruth Kline, a fund manager at Holvent, bought Strommen shares last week.": (
        "none | Holvent | Ruth Kline | Strommen | - | - | bullish"
    ),
    "Kline halved her stake in Strommen.": "none | - | Kline | Strommen | - | - | bearish",
    "Kline said he has sold his position in Strommen.": "none | - | Kline | Strommen | - | - | bearish",
    "Holvent Capital has trimmed its position in Strommen.": (
        "none | Holvent Capital | - | Strommen | - | - | bearish"
    ),
    "Robert Kline is long ten-year notes.": "none | - | Robert Kline | ten-year notes | - | - | bullish",
    "Holvent is short the yen.": "none | Holvent | - | yen | - | - | bearish",
    "Robert Kline of Holvent favours banks over utilities.": (
        "none | Holvent | Robert Kline | banks | - | - | bullish"
    ),
    "Robert Kline prefers German bunds to gilts.": "none | - | Robert Kline | German bunds | - | - | bullish",
    "I would buy Strommen here.": "none | - | - | Strommen | - | - | bullish",
    "Clients should avoid Strommen, said John Kline of Holvent.": (
        "none | Holvent | John Kline | Strommen | - | - | bearish"
    ),
    "Robert Kline would fade the rally in oil.": "none | - | Robert Kline | oil | - | - | bearish",
    "Robert Kline would fade any sell-off in oil.": "none | - | Robert Kline | oil | - | - | bullish",
    "Robert Kline of Holvent is rotating into energy.": ("none | Holvent | Robert Kline | energy | - | - | bullish"),
    "Robert Kline isn't a buyer of Strommen.": "none | - | Robert Kline | Strommen | - | - | bearish",
    "John Kline of Holvent would not buy Strommen here.": ("none | Holvent | John Kline | Strommen | - | - | bearish"),
    "Holvent no longer recommends Strommen.": "none | Holvent | - | Strommen | - | - | neutral",
    "Holvent does not recommend Strommen.": "none | Holvent | - | Strommen | - | - | neutral",
}
CASES = (
    UPGRADES
    | COVERAGE
    | KEPT
    | TARGETS
    | ESTIMATES
    | STANCES
    | AGENCIES
    | PRESS
    | DESKS
    | RETARGETED
    | HELD
    | POSITIONS
    | TURNED
)

SEVERAL = {
    "Holvent is overweight on Chile, underweight Peru.": [
        "none | Holvent | - | Chile | - > overweight | - | bullish",
        "none | Holvent | - | Peru | - > underweight | - | bearish",
    ],
    "Upgrades: Strommen to Buy at Holvent; Larkmoor (LKM) to Hold from Sell at Gantlow.": [
        "upgrade | Holvent | - | Strommen | - > Buy | - | bullish",
        "upgrade | Gantlow | - | Larkmoor | Sell > Hold | - | neutral",
    ],
    "Initiations: Strommen at Buy at Holvent, Larkmoor at Hold at Gantlow": [
        "initiate | Holvent | - | Strommen | - > Buy | - | bullish",
        "initiate | Gantlow | - | Larkmoor | - > Hold | - | neutral",
    ],
    "Holvent Capital has been adding to Strommen and Larkmoor.": [
        "none | Holvent Capital | - | Strommen | - | - | bullish",
        "none | Holvent Capital | - | Larkmoor | - | - | bullish",
    ],
    "Investors should lean into both tech and small caps, said Robert Kline.": [
        "none | - | Robert Kline | tech | - | - | bullish",
        "none | - | Robert Kline | small caps | - | - | bullish",
    ],
    "We are rotating out of utilities into banks.": [
        "none | - | - | utilities | - | - | bearish",
        "none | - | - | banks | - | - | bullish",
    ],
    "I am long Strommen and short Larkmoor.": [
        "none | - | - | Strommen | - | - | bullish",
        "none | - | - | Larkmoor | - | - | bearish",
    ],
    "A. Kline of Holvent and J. Voss of Gantlow recommend Strommen.": [
        "none | Holvent | A. Kline | Strommen | - > recommended | - | bullish",
        "none | Gantlow | J. Voss | Strommen | - > recommended | - | bullish",
    ],
    "Gantlow's Holm and Voss of Holvent like Strommen.": [
        "none | Gantlow | Holm | Strommen | - | - | bullish",
        "none | Holvent | Voss | Strommen | - | - | bullish",
    ],
    "John Kline and Mary Voss of Gantlow upgraded Strommen to buy.": [
        "upgrade | Gantlow | John Kline | Strommen | - > buy | - | bullish",
        "upgrade | Gantlow | Mary Voss | Strommen | - > buy | - | bullish",
    ],
    "Kline put it on his focus list and reaffirmed his recommendation of Strommen.": [
        "upgrade | Kline | - | Strommen | - > focus list | - | bullish",
        "reiterate | Kline | - | Strommen | - > recommended | - | bullish",
    ],
    "Gantlow upgraded Quillstone and Dallimore to buy": [
        "upgrade | Gantlow | - | Quillstone | - > buy | - | bullish",
        "upgrade | Gantlow | - | Dallimore | - > buy | - | bullish",
    ],
    "Gantlow upgrades Marrowgate to 'overweight', sees Sensex hitting 94k by end-2027": [
        "upgrade | Gantlow | - | Marrowgate | - > overweight | - | bullish",
        "none | Gantlow | - | Sensex | - | - > 94k | bullish",
    ],
    "Gantlow upgraded Quillstone to buy and Orbelisk downgraded Dallimore to hold": [
        "upgrade | Gantlow | - | Quillstone | - > buy | - | bullish",
        "downgrade | Orbelisk | - | Dallimore | - > hold | - | neutral",
    ],
    "Quillstone upgraded to buy at Gantlow; Dallimore cut to sell at Orbelisk": [
        "upgrade | Gantlow | - | Quillstone | - > buy | - | bullish",
        "downgrade | Orbelisk | - | Dallimore | - > sell | - | bearish",
    ],
    "Gantlow raised its target on Quillstone to $80 while Orbelisk cut its own Quillstone target to $40": [
        "raise_target | Gantlow | - | Quillstone | - | - > $80 | bullish",
        "cut_target | Orbelisk | - | Quillstone | - | - > $40 | bearish",
    ],
    "Lindgren raised his 1987 estimate on Corvane to 3.10 dlrs a share from two dlrs and maintained a buy recommendation on the stock.": [  # noqa: E501
        "raise_estimate | - | Lindgren | Corvane | - | - | bullish",
        "reiterate | - | Lindgren | Corvane | - > buy | - | bullish",
    ],
    "Longacre retained its hold ratings on Hollis Rentals and Fenwick Equipment after a strong quarter.": [
        "reiterate | Longacre | - | Hollis Rentals | - > hold | - | neutral",
        "reiterate | Longacre | - | Fenwick Equipment | - > hold | - | neutral",
    ],
    "Top picks: Castellan, Larkmoor and Corvane, says Thornbury": [
        "none | Thornbury | - | Castellan | - | - | bullish",
        "none | Thornbury | - | Larkmoor | - | - | bullish",
        "none | Thornbury | - | Corvane | - | - | bullish",
    ],
    "S and P downgraded Larkmoor International Corp and upgraded Fenwick Tool Co": [
        "downgrade | S and P | - | Larkmoor International Corp | - | - | bearish",
        "upgrade | S and P | - | Fenwick Tool Co | - | - | bullish",
    ],
    "Rosen said he recommends Larkmoor Oil <LKO>, up 1/4 to 31-5/8, Fenwick Oil Co <FWO>, 3/8 to 17-1/2, and Corvane <CVN>.": [  # noqa: E501
        "none | - | Rosen | Larkmoor Oil | - > recommended | - | bullish",
        "none | - | Rosen | Fenwick Oil Co | - > recommended | - | bullish",
        "none | - | Rosen | Corvane | - > recommended | - | bullish",
    ],
}
NO_MOVES = [
    "The consensus target is $50.",
    "Larkmoor did not revise its sugar estimate of 2 mln tonnes.",
    "We are not going to sell like mad.",
    "Holvent has not cut its rating on Strommen.",
    "The company bought Strommen for $4 billion.",
    "Larkmoor has been buying Strommen shares.",
    "Larkmoor sold its stake in Strommen.",
    "Larkmoor would buy Strommen for $40 a share.",
    "Larkmoor Corp's Northbank Co said it bought Strommen Seeds, a unit of Strommen.",
    "Ruth Kline, chief executive of Larkmoor, bought Strommen.",
    "The central bank has been buying dollars.",
    "Larkmoor has been adding to its fleet.",
    "Larkmoor is selling its Strommen unit.",
    "Larkmoor is short of cash.",
    "Larkmoor has long been adding to costs.",
    "Shoppers prefer Larkmoor to its rivals.",
    "The minister favours a weaker dollar.",
    "LARKMOOR GROUP FAVORS NEW BANK POWER FREEZE",
    "Like other chipmakers, Larkmoor was left with too much capacity.",
    "The offer values Strommen at $40 a share.",
    "LARKMOOR VALUES STROMMEN AT 757 MLN DLRS",
    "Larkmoor has a target of 400 stores.",
    "Larkmoor has a $40 million target for savings.",
    "Larkmoor reaffirmed its hold on the market.",
    "Larkmoor sees sales averaging $58 million a month.",
    "Larkmoor has started to overhaul its plants in line with the pact.",
    "John Kline said the ruling is not a positive for Strommen.",
    "Holvent is not bullish on Strommen.",
    "Analysts remain largely neutral to bearish on Strommen.",
    "Tesla rivals cut prices as demand cools",
    "Walmart raises wages for hourly workers",
    "Apple lifts buyback to $110 billion from $90 billion",
    "Boeing cut its delivery target to 360 from 400 jets",
    "Ford raises 2025 profit target",
    "Intel cuts capital spending forecast by $2 billion",
    "OPEC trims oil demand forecast for 2025",
    "IMF raises India growth forecast to 6.8%",
    "The Fed kept rates on hold on Wednesday",
    "The ECB maintained its neutral stance on rates",
    "Netflix adds 9 million subscribers, stock jumps",
    "Microsoft to buy Activision for $69 billion",
    "Disney sells stake in Hulu to Comcast",
    "Acme put the plant on the market",
    "Acme named to S&P 500 index",
    "Acme moves to dismiss lawsuit",
    "The bank upgraded its mobile app",
    "Delta Air Lines maintains hold on top ranking",
    "China's central bank cuts reserve ratio",
    "Volkswagen sees sales hitting 10 million vehicles",
    "Nike started selling shoes on Amazon",
    "Acme started trading at $20 on Nasdaq",
    "Acme initiated a quarterly dividend of $0.25",
    "Toyota was upgraded to a five-star safety rating",
    "Corvane raises prices for cement by 5%",
    "Corvane upgraded its Gulf Coast refinery last year.",
    "Corvane upgrades a refinery in Texas",
    "The board holds a meeting on Thursday to review the offer.",
    "Corvane buys a company in Leeds for $40 million",
    "Corvane reiterated its bid for Larkmoor",
    "Corvane reiterated its offer of 25 dlrs a share for Larkmoor Corp.",
    "Corvane raised its dividend to 12 cts from 10 cts",
    "Corvane cut its full-year profit forecast",
    "Corvane lowered its fiscal first-quarter revenue guidance to $84 billion from $89 billion",
    "Corvane cut its 1987 earnings estimate to 2.10 dlrs a share from 2.40.",
    "Corvane maintains its full-year outlook",
    "Larkmoor cut its stake in Corvane to 4.5 pct from 7 pct",
    "Larkmoor raised its stake in Corvane Corp to 9.9 pct",
    "Larkmoor raised its offer for Corvane to $40 a share from $36",
    "Larkmoor sells unit to Corvane for $120 million",
    "Larkmoor to upgrade its software and fleet",
    "Larkmoor initiated legal action against Corvane",
    "Larkmoor Bank lowered its prime rate to 8-1/4 pct from 8-1/2",
    "The central bank cut its discount rate to 3.0 pct from 3.5.",
    "The union maintained its opposition to the merger.",
    "Interest rates fell sharply on Monday.",
    "Mortgage rates hold steady as buyers wait",
    "Larkmoor started production at its plant in Ohio",
    "Larkmoor agreed to buy Corvane for 25 dlrs a share",
    "Larkmoor plans to sell its retail stores and reduce debt",
    "The company raised its production target to 2 million tonnes from 1.8 million",
    "The bank raised its inflation target range to 2 to 3 percent",
    "The committee recommended the board approve the merger",
    "The directors recommended a dividend of 4 pence a share",
    "President's approval rating fell to 41 pct from 47 pct in the poll",
    "Top brokerages downgrade Larkmoor on earnings concern",
    "Analysts cut their price targets on Larkmoor",
    "Larkmoor raised $500 million to buy back shares",
    "Larkmoor adds 400 jobs in Ohio",
    "Larkmoor named Jane Roe chief executive",
    "Larkmoor shares hit a record high on Tuesday",
    "Larkmoor keeps hold of its market lead",
    "The panel issued a positive recommendation on the merger with the group",
    "The government lifted its target for wheat output to 30 million tonnes",
    "Larkmoor reaffirmed its commitment to the pact",
    "He expects the talks to end by Friday.",
    "The ministry sees exports reaching 20 billion dlrs in 1988",
    "Larkmoor expects sales to hit $5 billion this year",
    "Larkmoor launches new line of coverage for small firms",
]


def told(text: str, move: Move) -> str:
    """Return a move as the tables above write it."""

    def words(span: tuple[int, int] | None) -> str:
        return text[slice(*span)] if span else "-"

    def change(old: str | None, new: str | None) -> str:
        return f"{old or '-'} > {new or '-'}" if old or new else "-"

    parts = [
        move.action,
        words(move.firm),
        words(move.analyst),
        words(move.subject),
        change(move.from_rating, move.to_rating),
        change(move.target_from, move.target_to),
        move.stance or "-",
    ]
    return " | ".join(parts)


@pytest.mark.parametrize("text", CASES)
def test_a_move_is_read_with_all_its_parts(text: str) -> None:
    assert [told(text, move) for move in moves_in(text)] == [CASES[text]]


@pytest.mark.parametrize("text", SEVERAL)
def test_each_move_and_each_subject_of_a_sentence_is_read(text: str) -> None:
    assert [told(text, move) for move in moves_in(text)] == SEVERAL[text]


@pytest.mark.parametrize("text", NO_MOVES)
def test_a_companys_own_doings_are_no_moves(text: str) -> None:
    assert moves_in(text) == []


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("Cleverdale sets Nifty target at 26,000 by December", "by December"),
        ("Cleverdale sees gold hitting $5,000 an ounce over the next twelve months", "over the next twelve months"),
        ("Cleverdale sees Nifty hitting 27k by end-2027", "by end-2027"),
        ("Buy Castellan, target Rs 910 over a two-year horizon: Thornbury", "over a two-year horizon"),
        ("Cleverdale raised its 12-month price target on Ostermann to $31", "12-month"),
        ("Cleverdale raised its price target on Ostermann to $31", None),
    ],
)
def test_the_words_of_the_horizon_are_kept(text: str, horizon: str | None) -> None:
    assert [move.horizon for move in moves_in(text)] == [horizon]


def test_a_ticker_in_brackets_is_no_part_of_the_subject() -> None:
    text = "Gantlow upgrades Quillstone Corp (NASDAQ:QLS) to buy"
    assert text[slice(*moves_in(text)[0].subject or ())] == "Quillstone Corp"


def test_the_clause_spans_its_holder_its_subject_and_its_rating() -> None:
    text = "After the close Gantlow upgraded Quillstone to buy"
    move = moves_in(text)[0]
    assert text[move.start : move.end] == "Gantlow upgraded Quillstone to buy"


def test_a_question_states_no_move() -> None:
    assert moves_in("Will Gantlow upgrade Quillstone to buy?") == []


def test_two_houses_that_move_together_make_two_moves() -> None:
    text = "Gantlow and Orbelisk upgraded Quillstone to buy"
    assert [text[slice(*move.firm or ())] for move in moves_in(text)] == ["Gantlow", "Orbelisk"]


def test_what_another_clause_says_of_the_same_rating_is_one_move() -> None:
    text = "Gantlow downgraded Quillstone to hold from buy, cut its price target to $40 from $60"
    move = moves_in(text)[0]
    assert (move.action, move.target_from, move.target_to) == ("downgrade", "$60", "$40")


@pytest.mark.parametrize(
    "junk",
    [
        "Gantlow upgrades Quillstone to buy and " * 1300,
        "rating " + "Bank of " * 7000,
        "buy " + "(" * 50_000,
        "target " + "9," * 25_000,
        "has been adding to Strommen Corp and " * 1500,
        "is short the " * 4000,
        "A. Kline of Holvent and " * 2000,
        "Upgrades: " + "Strommen to Buy at Holvent; " * 1800,
    ],
)
def test_eight_times_as_much_junk_takes_no_square_of_the_time(junk: str) -> None:
    assert grows_no_faster_than_a_line(moves_in, junk)


def test_the_end_of_a_very_long_sentence_is_read_too() -> None:
    text = "prices of flour, eggs and butter were little changed, " * 400 + "and Gantlow upgraded Quillstone to buy"
    assert [text[slice(*move.subject or ())] for move in moves_in(text)] == ["Quillstone"]


def test_a_recommendation_of_the_stock_names_no_subject() -> None:
    text = "Kline reiterated a recommendation of the stock focusing on the dividend."
    assert [move.subject for move in moves_in(text)] == [None]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Kline sees 1988 earnings of 3.35 dlrs a share for Strommen, down from a previous estimate of 3.60.",
            "Strommen",
        ),
        (
            "Kline expects Strommen to earn 3 dlrs a share in 1988, down from his earlier estimate of four dlrs.",
            "Strommen",
        ),
    ],
)
def test_earnings_seen_below_an_earlier_forecast_cut_the_estimate(text: str, subject: str) -> None:
    assert [(m.action, text[slice(*m.subject or ())]) for m in moves_in(text)] == [("cut_estimate", subject)]
