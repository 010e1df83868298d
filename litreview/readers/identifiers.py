"""Identifiers, bare: what is printed in many ways, said in one."""

import re

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMCID = re.compile(r"^\s*(?:PMC\s*)*0*(\d{1,9})(?:\.\d+)?\s*$", re.IGNORECASE)
_PMID = re.compile(r"^\s*(?:PMID\s*:?\s*)?0*([1-9]\d{0,8})(?:\.\d+)?\s*$", re.IGNORECASE)


def doi(text: str | None) -> str | None:
    """A DOI in lower case without resolver, prefix or closing punctuation; `None` where there is none."""
    match = _DOI.search(text or "")
    if not match:
        return None
    found = match.group().rstrip(".,;:'\"]}>").lower()
    return found.rstrip(")") if found.count(")") > found.count("(") else found


def pmcid(text: str | None) -> str | None:
    """A PMCID with one prefix, whatever was there: `PMCPMC77`, `77` and `PMC77.1` are `PMC77`."""
    match = _PMCID.match(text or "")
    return f"PMC{match.group(1)}" if match else None


def pmid(text: str | None) -> str | None:
    """A PMID's digits, `None` where it is not one."""
    match = _PMID.match(text or "")
    return match.group(1) if match else None


def initials(given: str) -> str:
    """Initials of given names: "Imogen R." is "IR", "Jean-Paul" is "JP"; initials stay as they are."""
    words = re.split(r"[\s.\-‐–]+", given.strip())
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= 4:
        return words[0]
    return "".join(word[0].upper() for word in words if word and word[0].isalpha())
