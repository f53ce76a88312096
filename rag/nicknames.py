"""Short forms of first names, each with the full name that it most often stands for."""

from __future__ import annotations

_TABLE = """
abby abigail | al albert | alex alexander | andy andrew | ben benjamin | bill william | billy william | bob robert |
bobby robert | brad bradley | cathy catherine | kathy catherine | katherine catherine | kathryn catherine |
charlie charles | chris christopher | chuck charles | cindy cynthia | dan daniel | danny daniel | dave david |
deb deborah | debbie deborah | dick richard | don donald | doug douglas | ed edward | eddie edward | fred frederick |
geoff geoffrey | greg gregory | jack john | jake jacob | jeff jeffrey | jim james | jimmy james | joe joseph |
jon jonathan | josh joshua | ken kenneth | larry lawrence | laurence lawrence | len leonard | liz elizabeth |
lou louis | marty martin | matt matthew | mike michael | mick michael | mitch mitchell | nate nathan | nick nicholas |
pam pamela | pat patrick | pete peter | phil philip | phillip philip | ray raymond | rich richard | rick richard |
rob robert | ron ronald | sam samuel | stan stanley | steve steven | stephen steven | sue susan | ted theodore |
terry terence | tim timothy | tom thomas | tony anthony | vicky victoria | vince vincent | walt walter |
will william
"""

NICKNAMES: dict[str, str] = {pair.split()[0]: pair.split()[1] for pair in _TABLE.split("|")}
