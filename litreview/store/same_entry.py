"""Whether two bibliographic entries can be one, by what they say."""

import re
import unicodedata
from functools import lru_cache

from litreview.model.bibliography import Record

_MARKUP = re.compile(r"<[^>]{1,20}>")
_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=1_000)
def title_key(title: str) -> str:
    """A title without case, accents, markup and punctuation."""
    plain = unicodedata.normalize("NFKD", _MARKUP.sub("", title)).casefold()
    bare = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", bare).strip()


def could_be(known: Record, record: Record) -> bool:
    """Whether year, first author and place in print are the same, as far as both have them.

    The place to the letter: an entry that says it in another way is kept as one of its own, for deduplication to
    compare. A meeting's abstract and its paper bear one title, and so do a paper and its correction.
    """
    return all(len({left, right} - {None, ""}) < 2 for left, right in zip(_marks(known), _marks(record), strict=True))


def contradict(known: Record, record: Record) -> bool:
    """Two PMIDs are two entries, whatever else they share; so are another DOI under another title.

    The latter is how a wrong PMID inside a full text shows itself. One DOI under another title and author is that of
    a supplement, which all its abstracts bear.
    """
    if known.pmid and record.pmid and known.pmid != record.pmid:
        return True
    if known.pmid != record.pmid and known.pmcid and record.pmcid and known.pmcid != record.pmcid:
        return True
    if _alike(known.title, record.title):
        return False
    if known.doi and record.doi and known.doi != record.doi:
        return True
    names = [set(title_key(entry.first_author).split()) for entry in (known, record)]
    same_pmid = bool(known.pmid) and known.pmid == record.pmid
    return not same_pmid and all(names) and not names[0] & names[1]


def _marks(entry: Record) -> tuple[object, ...]:
    name = title_key(entry.first_author).split(" ")[0]
    return (entry.year, name, title_key(entry.journal), *map(title_key, (entry.volume, entry.issue, entry.pages)))


def _alike(left: str, right: str) -> bool:
    words, others = set(title_key(left).split()), set(title_key(right).split())
    return not words or not others or len(words & others) >= 0.4 * min(len(words), len(others))
