"""Whether a document's licence lets its whole text be shown to others."""

import re

_FREE = re.compile(
    r"creativecommons\.org/(?:licen[sc]es|publicdomain)/"
    r"|\bcreative\s+commons\b"
    r"|\bCC[\s-]?(?:BY|0|zero)\b"
    r"|\bpublic\s+domain\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|without|except|excluded\s+from)\b[^.;]{0,60}\b(?:creative\s+commons|CC[\s-]?(?:BY|0)|public\s+domain)",
    re.IGNORECASE,
)


def may_show_whole(licence: str) -> bool:
    """Whether the licence, as the document words it, allows passing the text on.

    Creative Commons licences of every kind and the public domain do (a verbatim copy with its source named is what
    even the narrowest of them allows). Where nothing is said, or something else, only quotations are shown.
    """
    return bool(_FREE.search(licence)) and not _NOT.search(licence)
