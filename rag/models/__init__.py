"""Chat models, all optional: which one, what it is asked, and how what it writes becomes statements that are checked.

question and evidence → prompt → request → sentences → editing (the guard) → statements of an answer
"""
