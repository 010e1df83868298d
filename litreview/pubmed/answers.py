"""Tells a usable answer of E-utilities from everything else that arrives with status 200."""

import json
import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from litreview.pubmed.transport import Reply

Fault = Literal["again", "refused", "expired"]

_EXPIRED = re.compile(r"obtain query|history data|web_?env|query_key", re.IGNORECASE)
_REFUSED = re.compile(
    r"invalid (db|api|uid)|api key|not supported|unsupported|cannot be larger|nothing to ?do|id list is empty"
    r"|empty id list|no id|neither query_key",
    re.IGNORECASE,
)

# ESummary says so of one id among others, whose summaries stand beside it.
_OF_ONE_ID = re.compile(r"UID=\d+: cannot get document summary")

# NCBI reports some of its own time-outs with status 400.
_TIMED_OUT = re.compile(r"time-?d? ?out|empty response|external viewer", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole, well-formed answer of the expected kind."""

    body: bytes
    root: etree._Element


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer: `again` may go better next time, `refused` will not, `expired` asks for a new search."""

    fault: Fault
    reason: str
    retry_after: float | None = None


def judge(reply: Reply, roots: tuple[str, ...]) -> Answer | Failure:
    """An `Answer` if the reply is XML with one of the expected root elements and without an `<ERROR>`."""
    if reply.status == 0:
        return Failure("again", reply.trouble)
    root = parse_xml(reply.body)
    complaint = _complaint(root, reply.body)
    if reply.status != 200:
        return _bad_status(reply, complaint)
    if complaint:
        return Failure(_fault(complaint), f"it said: {complaint}")
    if root is None:
        return Failure("again", "the answer was empty" if not reply.body.strip() else "the answer was not whole XML")
    if root.tag not in roots:
        return Failure("again", f"the answer was <{root.tag}>, not <{roots[0]}>")
    return Answer(reply.body, root)


def parse_xml(body: bytes) -> etree._Element | None:
    """The root element, or `None` where the body is not well-formed; no entity, DTD or network is touched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _complaint(root: etree._Element | None, body: bytes) -> str:
    """What an `<ERROR>` element or a JSON error says, empty where there is none."""
    if root is not None:
        said = ((node.text or "").strip() for node in root.iter("ERROR"))
        return _one_line("; ".join(text for text in said if text and not _OF_ONE_ID.fullmatch(text)))
    try:
        said = json.loads(body).get("error", "")
    except (ValueError, AttributeError, UnicodeDecodeError):
        return ""
    return _one_line(str(said))


def _bad_status(reply: Reply, complaint: str) -> Failure:
    reason = f"{reply.trouble or f'HTTP {reply.status}'}" + (f", {complaint}" if complaint else "")
    if reply.status in (408, 429) or reply.status >= 500 or _TIMED_OUT.search(complaint):
        return Failure("again", reason, reply.retry_after)
    return Failure("expired" if _fault(complaint) == "expired" else "refused", reason)


def _fault(complaint: str) -> Fault:
    if _REFUSED.search(complaint):
        return "refused"
    return "expired" if _EXPIRED.search(complaint) else "again"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
