"""Houseview from a script: ask, search, retrieve through LangChain. Run it as `python -m docs.ask_from_a_script`."""

from __future__ import annotations

import sys
from datetime import date

from rag import Library, Scope


def main(folder: str = "library") -> None:
    """Print an answer with its quotes, a scoped search, and the documents that LangChain code would get."""
    with Library.open(folder) as library:
        answer = library.ask("who upgraded small caps and why")
        print(answer.text)
        for citation in answer.citations:
            article = library.article(citation.article.id)
            verbatim = article.text[citation.start : citation.end] == citation.quote
            print(f"[{citation.marker}] {citation.article.title} ({citation.article.publisher}), verbatim: {verbatim}")

        follow_up = library.ask("and what would change his mind?", history=(answer,))
        print("\n" + follow_up.text)

        autumn = Scope(since=date(2026, 10, 1), publishers=("Lanternwick Wire",))
        for passage in library.search("oil price forecast", k=3, scope=autumn):
            print(f"\n{passage.score:.2f} {passage.article.title}: {passage.text[:80]}…")

        documents = library.as_retriever(k=3).invoke("gold target")
        print("\n", [(document.metadata["title"], document.metadata["start"]) for document in documents])


if __name__ == "__main__":
    main(*sys.argv[1:])
