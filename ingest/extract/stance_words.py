"""Words of judgement and of direction in market prose, by side and weight; patterns in verbose syntax."""

from __future__ import annotations

import re
from typing import Final

STRONG, PLAIN, MILD = 2.0, 1.0, 0.5

_GOOD = {
    STRONG: r"""
        a\sbuy\b|bargains?|best\s(?:idea|bet|position\w*)|bonanza|bull(?:ish|s)?\b|buy\b(?=\srecomm)|
        buying\sopportunity|(?:cheap|cheaper|inexpensive)\b|conviction|good\sbuy|is\sbuying|must[-\s]own|
        outperform\w*|oversold|overweight|recommend(?:s|ed|ing)?\b(?!\sation)|should\sbuy|
        (?:strong|aggressive)\sbuy|strongly\srecommend\w*|sweet\sspot|too\slow\b|top\spick|underappreciated|
        underestimat\w+|underpriced|undervalued|upgrad\w+|
        (?:very|more|extremely)\s(?:positive|optimistic|attractive)|worth\s(?:much\s)?more|would\sbuy""",
    PLAIN: r"""
        accelerat\w+|advantage\w*|ahead\sof|appealing|attractive\w*|back\sto\s(?=\D?\d)|beat(?:s|ing)?\b|
        benefit\w*|best\b|better\b|big\sdeal|blessing|boost\w*|bottom(?:s|ed|ing)?\sout|bottom(?:ed|ing)\b|bounc\w+|breaking\sout|breakout|
        break\sout|bright(?:er)?|brisk|catch-?up|clever|come-?back|confiden\w+|constructive|cushion\w*|
        defensive\squalit\w+|discount(?:s|ed)?\b|encourag\w+|enthusias\w+|exceed\w*|excellent|excit\w+|
        favou?r(?:s|ed|ite|able|ably)?\b|
        firm(?:er|ing)?\b(?=[\s.,;]+(?:prices|in|$|over|market|through|by|up|and))|further\sto\s(?:run|go)|
        gain(?:s|ed|ing)?\b|good\b|good\svalue|great\b|healthy|help(?:s|ed|ful|ing)?\b|
        (?:hit|top|test)(?:s|ting|ping)?\b(?=\s\D{0,4}\d)|impress\w+|improv\w+|leader\w*|
        lean(?:s|ing)?\sin(?:to)?|like(?:s|d)?\b(?=\s(?:the\s)?[A-Z\w])|load(?:s|ed|ing)?\sup|love\b|
        merits?\spurchase|momentum|multibagger|opportunit\w+|optimis\w+|outpac\w+|pil(?:e|es|ing)\sinto|pleased|
        plus\b|poised|positives?\b|potential\b|praises?|prefer(?:s|red)?\b|profitab\w+|promising|prudent|
        rall(?:y|ies|ied)|reach\w*|reasonabl\w+\s(?:valued|priced)|rebound\w*|
        record\b(?=\s(?:profits?|earnings|sales|year|results))|recover\w*|re-?rating|resilien\w+|rewarding|
        rewards?\b|right\smove|robust|room\sto\s(?:run|rise|grow)|rosy|rotat(?:e|es|ing)\sinto|smart\b|soar\w*|
        solid\w*|stick(?:s|ing)?\swith|strength\w*|strong(?:er|est|ly)?\b|success|successful\w*|viable\b|
        support(?:s|ed|ive|ing)?\b|surg\w+|tailwinds?|tilt(?:s|ed|ing)?\sto(?:ward)?s?|turnaround|
        turn(?:ed|ing|s)?\saround|undemanding|unique|upbeat|upside|values?\sin\b|
        well\b(?=\s(?:placed|run|managed|valued))|well[-\s]positioned|winners?\b|win(?:s|ning)?\b|wise\b""",
    MILD: r"""
        advanc\w+|climb\w*|doubl\w+|eas(?:ier|ing)\b|expan\w+|grow(?:s|ing|th)?\b|higher\b|increas\w+|jump\w*|
        lift\w*|likely\sto\s(?:rise|gain|climb|grow)|move\shigher|peak\b(?=\sin)|push\w*|ris(?:e|es|ing)\b|
        rose\b|stabili[sz]\w+|tripl\w+|up\b(?=\s(?:to|from|by|\d|over|sharply))|upward\w*""",
}
_BAD = {
    STRONG: r"""
        avoid\w*|bankrupt\w*|bear(?:ish|s)?\b|bubble|collaps\w+|crash\w*|crisis|disaster\w*|downgrad\w+|
        expensive\b|fully\spriced|fully\svalued|intolerable|not\sworth|overbought|overdone\b|overestimat\w+|
        overpriced|overstated|overvalued|panic\w*|plung\w+|profit[-\s]taking|sell\b(?!ing|er|-)|stay\saway|
        steer\sclear|take\sprofits|too\s(?:high|expensive|optimistic|rich|early)|underperform\w*|underweight|
        (?:very|more|extremely)\s(?:negative|pessimistic|cautious)|worst\b""",
    PLAIN: r"""
        a\sshort\b|bad\b|bleak|bumpy|cautio\w+|barriers?\b|clouded|concern(?:s|ed)?\b|contract(?:ing|ion)\b|
        crack(?:s|ed|ing)?\b|cut\b(?=\sits)|damag\w+|default\w*|delay\w*|demanding\svaluation|deteriorat\w+|difficult\w*|
        dilut\w+|dim\b|disappoint\w+|doubt(?:s|ed|ful)?\b(?=\s(?:about|over|on\b|regarding)|[.,;])|downside|
        drag\w*|erod\w+|erosion|fade\b|fail(?:s|ed|ure|ing)?\b|fear(?:s|ed|ful)?\b|froth\w*|gloom\w*|glut|grim|
        halv(?:e|es|ed|ing)\b|hangover|hard\sto|harm\w*|headwinds?|hurdle\w*|hurt\w*|laggard|
        lag(?:s|ged|ging)?\b|lighten\w*|limited\b|los(?:e|es|ing|s|ses)\b|miss(?:ed|es)?\b|negatives?\b|
        no\slonger|overhang\w*|oversupplied|oversupply|peaked|pessimis\w+|poor\w*|pressur\w+|problem\w*|
        recession|risk(?:s|y|ier)?\b|s[ck]eptic\w*|shortfall|shorting|short-lived|shrink\w*|slow(?:er|ing|down|s|ed)?\b|
        sluggish\w*|slump\w*|soft(?:er|en\w*|ness)?\b|squeezed|stagnat\w+|stretched|struggl\w+|suffer\w*|
        threat\w*|tough(?:er)?\b|toxic|trap\b|troubl\w+|unattractive|uncertain\w*|unfavou?rable|unlikely|
        unwind\w*|volatil\w+|vulnerab\w+|warn\w*|wary|weak(?:er|en\w*|ness)?\b|worr\w+|worse\w*|
        write[-\s]?(?:down|off)s?""",
    MILD: r"""
        correct(?:ion|ed)|declin\w+|decreas\w+|depress\w+|dip\w*|down\b(?=\s(?:to|from|by|\d|sharply))|
        downward\w*|drop(?:s|ped|ping)?\b|eas(?:e|es|ed)\b(?=\s(?:to|in|further|over|by))|fall(?:s|ing|en)?\b|
        fell\b|lower\w*|narrow\w*|pullback|reduc\w+|retrace\w*|retreat\w*|sap\w*|setback|sink\w*|
        slid(?:e|es|ing)?\b|slip\w*|trim\w*|weigh\w*""",
}
LEXICON: Final = tuple(
    (sign * weight, re.compile(rf"\b(?:{pattern})", re.IGNORECASE | re.VERBOSE))
    for sign, words in ((1, _GOOD), (-1, _BAD))
    for weight, pattern in words.items()
)
