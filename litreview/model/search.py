"""Searches: what is asked of PubMed, as it was stated or in clauses that can be switched off."""

from litreview.model.strict import Strict


class Clause(Strict):
    """One part of a search, switchable, with the reason it is there."""

    name: str
    terms: tuple[str, ...]
    why: str
    on: bool = True


class Search(Strict):
    """A PubMed search: either the `query` as it was stated, or `blocks` of clauses (OR within a block, AND between)."""

    name: str
    title: str
    source: str = ""
    query: str = ""
    blocks: dict[str, tuple[Clause, ...]] = {}
    default: bool = False

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """The query as PubMed reads it: OR within a block, AND between blocks.

        Clauses that are off, or named in `without`, are left out, and a block without any clause with them.
        """
        if self.query:
            return " ".join(self.query.split())
        blocks = [
            [term for clause in clauses if clause.on and clause.name not in without for term in clause.terms]
            for clauses in self.blocks.values()
        ]
        return " AND ".join("(" + " OR ".join(terms) + ")" for terms in blocks if terms)
