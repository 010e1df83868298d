"""What a heading says about its section: the vocabulary of headings, and the kind that follows from it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

import yaml

from litreview import resources
from litreview.errors import ReadError
from litreview.model.document import SectionKind
from litreview.model.heading import bare

_RUN_IN = re.compile(r"([A-Z#][\w’'()/&, #-]{1,45}?)\s*(?::|\.(?=\s+[A-Z“\"]))\s+(?=\S)")
KEYWORDS = re.compile(r"key\s?words?\b|index terms\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headings:
    """The vocabulary: per kind the sec-types and patterns of whole headings, in the order they are tried."""

    labels: tuple[re.Pattern[str], ...]
    persons: tuple[re.Pattern[str], ...]
    kinds: tuple[tuple[SectionKind, frozenset[str], tuple[re.Pattern[str], ...]], ...]
    anywhere: frozenset[str]

    def own_kind(self, heading: str, sec_type: str = "") -> SectionKind | None:
        """The kind that a heading or a sec-type names by itself, `None` where neither says anything."""
        words = bare(heading)
        if self.is_label(words):
            return "case"
        for kind, _, patterns in self.kinds:
            if words and any(pattern.fullmatch(words) for pattern in patterns):
                return kind
        for kind, types, _ in self.kinds:
            if sec_type.strip().lower() in types:
                return kind
        return None

    def is_label(self, heading: str) -> bool:
        """Whether a heading names patients, such as "Patient 2", "Case A: a late relapse" or "Patients 3 and 4"."""
        return any(pattern.fullmatch(bare(heading)) for pattern in self.labels)

    def is_person(self, heading: str) -> bool:
        """Whether a heading brings up a patient, such as "A 9-year-old boy with aplastic anemia"."""
        return any(pattern.fullmatch(bare(heading)) for pattern in self.persons)

    def kind(self, heading: str, sec_type: str = "", parent: SectionKind | None = None) -> SectionKind:
        """The kind of a section below `parent`.

        A patient's section is a case wherever it stands. Below a case everything is part of it but what says
        otherwise ("Discussion"); elsewhere a subsection that says nothing, or only "Patients", is its parent's.
        """
        own = self.own_kind(heading, sec_type)
        if self.is_label(heading) and parent != "back":
            return "case"
        if self.is_person(heading) and parent in (None, "other", "case", "results"):
            return "case"
        if parent in (None, "other"):
            return own or "other"
        if parent == "abstract":
            return own if own and own != "back" else parent
        if parent == "case":
            return own if own in self.anywhere else parent
        return own if own == "back" else parent


def run_in(text: str) -> str:
    """The heading that a paragraph begins with ("Conclusion: ...", "Case 2. A ..."), empty where there is none."""
    match = _RUN_IN.match(text)
    if not match or len(match.group(1).split()) > 5 or KEYWORDS.match(text):
        return ""
    words = match.group(1)
    known = vocabulary().own_kind(words) is not None and not (vocabulary().is_label(words) and "," in words)
    return match.group() if known else ""


@cache
def vocabulary() -> Headings:
    """The shipped vocabulary (extraction_rules/common/sections.yaml); `ReadError` where it says what it cannot."""
    path = resources.rules_dir() / "common" / "sections.yaml"
    return load(path.read_text(encoding="utf-8"), path.name)


def load(text: str, name: str) -> Headings:
    """Read a vocabulary of headings from YAML; `ReadError` names the place of a mistake."""
    try:
        raw = yaml.load(text, Loader=yaml.BaseLoader)
        kinds = tuple(_kind(kind, entry) for kind, entry in raw["kinds"].items())
        labels, persons = (tuple(map(_pattern, raw[name])) for name in ("labels", "persons"))
        return Headings(labels, persons, kinds, frozenset(raw["anywhere"]))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError, re.error) as error:
        raise ReadError(
            f"{name}: not a vocabulary of headings: {error}",
            hint="it needs labels, persons, kinds (types, headings for each) and anywhere; see the comment at its top",
        ) from error


def _kind(kind: str, entry: dict[str, list[str]]) -> tuple[SectionKind, frozenset[str], tuple[re.Pattern[str], ...]]:
    known: tuple[SectionKind, ...] = get_args(SectionKind)
    if kind not in known or entry.keys() != {"types", "headings"}:
        raise ValueError(f"{kind} is not a kind of section with types and headings")
    types = frozenset(word.lower() for word in entry["types"])
    return known[known.index(kind)], types, tuple(map(_pattern, entry["headings"]))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
