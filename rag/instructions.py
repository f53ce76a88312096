"""Sentences that speak to whoever writes the answer: commands to a model, which somebody planted in an article.

An article's commands are never followed, whoever writes; but neither are they what its author thinks of a market, so
they are no evidence, no view and no quotation of an answer. The article itself shows them as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.sentences import sentence_spans

_LONGEST = 2_000  # characters of a sentence that are looked at
_REPLY = r"(?:answer|response|reply|replies|output|summary|message|completion|generation)s?"
_BELIEFS = r"(?:instruction|prompt|rule|guideline|direction|command|directive|context|polic(?:y|ies)|constraint)s?"
_MODEL = (
    r"(?:ai(?:\s(?:assistant|model|agent|system|language\smodel|chatbot))?|a\.i\.|(?:large\s)?language\smodel|llm|"
    r"chatbot|chatgpt|gpt(?:-\w+)?|claude|gemini|assistant)s?"
)
_PATTERNS = (
    # To the reply itself: "in your answer", "your response must", "the final output should".
    rf"\b(?:in|of|to|with|into|from|end|begin|start)\s(?:of\s)?your\s(?:\w+\s){{0,2}}{_REPLY}\b",
    rf"^\W*(?:\w+\s){{0,3}}your\s(?:\w+\s){{0,2}}{_REPLY}\b",
    rf"\byour\s(?:\w+\s){{0,2}}{_REPLY}\s(?:must|should|shall|has\sto|needs?\sto|will|is\sto|in\b|with\b|by\b|as\b|so\b)",
    rf"\byour\s{_REPLY}\W*['’]?s?\swords\b",
    # Away with what was said before.
    r"(?:\b(?:ignor|disregard|overrid|overrul|bypass)\w*|^\W*(?:please\s|now\s|and\s)?forget)\s(?:\w+\s){0,4}?"
    r"(?:previous|prior|above|earlier|preceding|foregoing|original|system)\b",
    rf"\b(?:ignor|disregard|forget|overrid|bypass|discard)\w*\s(?:\w+\s){{0,3}}?(?:your|these|those|all|any|the)\s{_BELIEFS}\b",
    r"\b(?:new|updated|real|actual|hidden|following|further|additional)\s(?:system\s)?(?:instruction|prompt|directive)s?\s*:",
    r"\b(?:reveal|print|repeat|show|leak|output)\s(?:\w+\s){0,2}(?:system\s)?(?:prompt|instructions)\b",
    # To a model by name or by role, or as one of its turns.
    rf"\b(?:you\sare|you['’]re|act\sas|pretend\s(?:to\sbe|you\sare)|behave\sas|as)\s(?:now\s)?(?:an?|the)\s(?:\w+\s)?{_MODEL}\b",
    rf"\bif\syou\sare\s(?:an?\s)?{_MODEL}\b",
    rf"\b(?:dear|attention|note\sto|message\s(?:to|for)|instructions?\s(?:to|for))\s(?:all\s|any\s|the\s)?{_MODEL}\b",
    rf"\b{_MODEL}\s(?:that|who|which)?\s?(?:reads?|reading|processing|process(?:es)?|summari[sz](?:es?|ing)|answering)\s(?:this|these)\b",
    r"<\|\w+\|>|\[/?INST\]|<</?SYS>>|^\W*#{2,}\s?(?:system|instruction|assistant|user|human)\b",
    r"^\W*(?:system|assistant|user|human|developer|ai)(?:\s(?:message|prompt|note|override))?\s*:",
    r"(?-i:\bEND\sOF\s(?:THE\s)?(?:SOURCES?|ARTICLES?|DOCUMENTS?|CONTEXT|DATA|INPUT)\b)",
    r"\b(?:user|reader|client)\s(?:now\s|then\s|has\s)?ask(?:s|ed)\s*:",
    r"\b(?:end|beginning|start)\sof\s(?:the\s)?(?:article|source|sources|document|context|data|user\sinput|quotes?)\b\W*$",
    # Commands about what to say.
    r"^\W*(?:instead|please|now|then|also|from\snow\son|and|simply|just|only|always|first)\W+(?:\w+\W+){0,2}?"
    r"(?:say|answer|respond|reply|output|print|repeat|append|tell\s(?:them|the\s(?:user|reader))|state\sthat|conclude\sthat|"
    r"report\sthat|recommend\sthat|write|translate|include\sthe|insert)\b",
    r"^\W*(?:\w+\W+){0,3}?(?:answer|respond|reply)\s(?:only|solely|instead|exclusively)\b(?!\sto\b)",
    r"^\W*(?:\w+\W+){0,3}?(?:respond|reply)\s(?:to\sthe\s\w+\s)?with\b.{0,40}['\"“]",
    r"\b(?:do\snot|don['’]t|never)\s(?:mention|tell|reveal|cite|quote|disclose)\s(?:\w+\s){0,4}(?:instruction|prompt|sources?|user|reader)s?\b",
    r"\b(?:user|reader)\s(?:asks?|has\sasked|wants)\b.{0,60}\b(?:answer|say|tell|respond|reply|output)\b",
    # Tasks that no article sets its readers.
    r"^\W*(?:please\s|now\s|can\syou\s|could\syou\s)?(?:translate|rewrite|paraphrase|summari[sz]e)\s(?:the\s(?:following|above|text|article)|this|it|all|everything)\b",
    r"^\W*(?:please\s|now\s)?(?:write|compose|draft|create|generate|develop|provide|give|show)\s(?:me\s|us\s)?(?:an?|the|some)\s(?:\w+\s){0,3}?"
    r"(?:poem|story|essay|letter|speech|song|joke|recipe|haiku|function|script|program|code|introduction\sfor|equivalent|"
    r"example\sof\show|translation|summary|reply|response|answer)\b",
    r"^\W*(?:explain|describe|break\sdown)\s(?:the\s(?:theory|process|concept|lifecycle|plot|difference|meaning)\b|how\s\w+\sworks?\b)",
    r"^\W*(?:replace|convert|substitute|swap|reverse|rearrange|scramble|jumble|anagram|misspell|capitali[sz]e)\s(?:\w+\s){0,3}?"
    r"(?:letters?|vowels?|consonants?|words?|characters?)\b",
    r"^\W*(?:can|could)\syou\s(?:show|write|give|explain|tell|help)\b",
)
_INSTRUCTION = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)


_MARKS = re.compile(
    r"\[\d{1,4}\]|^\W*\d{1,6}\s+(?=[^\w\s]|[A-Z][a-z]+\s[a-z])"
)  # of citations, and what numbers a file
_JOINTS = re.compile(r"(?:[_\-./+\s]|%20)+")


@lru_cache(maxsize=4096)
def is_instruction(sentence: str) -> bool:
    """Return whether a sentence tells its reader how to answer, or what to write, and so says nothing of a market."""
    return _INSTRUCTION.search(" ".join(_MARKS.sub(" ", sentence[:_LONGEST]).split())) is not None


@lru_cache(maxsize=4096)
def is_planted_name(name: str) -> bool:
    """Return whether what an article is called, or by whom it says it is, is an instruction: file names included."""
    last = name.rsplit("/", 1)[-1]
    return is_instruction(name) or is_instruction(last) or is_instruction(_JOINTS.sub(" ", last))


def holds_instruction(text: str) -> bool:
    """Return whether any sentence of a text is an instruction."""
    return any(is_instruction(text[start:end]) for start, end in sentence_spans(text))
