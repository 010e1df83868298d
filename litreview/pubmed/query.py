"""Reads a PubMed query into a tree, the way PubMed does: left to right, repairing what is not well-formed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litreview.errors import UsageError
from litreview.pubmed.fields import ALL_FIELDS, NEAR_FIELDS, Field, field_of
from litreview.pubmed.tree import Between, Combined, Complaint, ComplaintKind, Has, Node, Operator, Query, Term
from litreview.pubmed.words import query_words

# Words so common that they are not looked for by themselves.
_COMMON = """a an and are as at be been but by can did do does for from had has have in into is it its may no not of on
or our such than that the their then there these they this those to was we were which while who with within would"""
STOP_WORDS = frozenset(_COMMON.split())
_SHORTEST_STEM = 4
_DEEPEST = 50


def parse(text: str, *, mapping: Mapping[str, str] | None = None) -> Node:
    """The tree of a well-formed query.

    `UsageError` says what PubMed would have ignored or repaired. `mapping` as in `read`.
    """
    query = read(text, mapping=mapping)
    if query.complaints:
        raise UsageError(
            "the query is not well-formed: " + "; ".join(complaint.text for complaint in query.complaints),
            hint="balance brackets and quotes, write AND, OR, NOT between the terms, and use PubMed's field tags",
        )
    if query.tree is None:
        raise UsageError("the query is empty", hint="give at least one search term")
    return query.tree


def read(text: str, *, mapping: Mapping[str, str] | None = None) -> Query:
    """What PubMed makes of a query; where it is not well-formed, what was ignored is in `complaints`.

    `mapping` is the automatic term mapping for untagged words: a phrase in small letters to a query that is searched
    as well. PubMed's own is not public as data, so none is built in.
    """
    reader = _Reader(text, {key.lower(): value for key, value in (mapping or {}).items()})
    tree = reader.whole()
    return Query(text, tree, tuple(reader.complaints))


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) | (?P<colon>:) |
      "(?P<quoted>[^"]*)" | (?P<stray>") |
      \[(?P<tag>[^\[\]]*)\] | (?P<bracket>[\[\]]) |
      (?P<word>[^\s()\[\]":]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(text: str) -> Iterator[_Token]:
    curly = str.maketrans("“”„«»", '"""""')
    for match in _TOKEN.finditer(text.translate(curly)):
        kind = match.lastgroup or ""
        value = match.group(kind)
        yield _Token("operator" if kind == "word" and value in ("AND", "OR", "NOT") else kind, value)


class _Reader:
    """One pass over the tokens, from left to right."""

    def __init__(self, text: str, mapping: Mapping[str, str]) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._mapping = mapping
        self._depth = 0
        self.complaints: list[Complaint] = []

    def whole(self) -> Node | None:
        """The tree; a bracket that closes nothing is passed over."""
        tree = self._sequence()
        while self._peek() == "close":
            self._complain("syntax", "a closing bracket has no opening one")
            self._at += 1
            tree = self._joined(tree, "AND", self._sequence())
        return tree

    def _sequence(self) -> Node | None:
        """Operands up to a closing bracket, joined as they come; PubMed knows no precedence."""
        tree: Node | None = None
        operator: Operator | None = None
        while self._peek() not in ("", "close"):
            if self._peek() == "operator":
                operator = self._operator(operator, first=tree is None)
                tree = Has("") if tree is None and operator == "NOT" else tree
                continue
            tree = self._joined(tree, operator or "AND", self._operand())
            operator = None
        if operator is not None:
            self._complain("syntax", f"nothing follows {operator}")
        return tree

    def _operator(self, before: Operator | None, *, first: bool) -> Operator | None:
        word = self._next().text
        operator: Operator = "OR" if word == "OR" else "NOT" if word == "NOT" else "AND"
        if operator == "NOT" and (first or before == "AND"):
            return operator
        if before is not None or first:
            self._complain("syntax", f"{word} has nothing before it")
            return before
        return operator

    def _joined(self, left: Node | None, operator: Operator, right: Node | None) -> Node | None:
        if left is None or right is None:
            return left or right
        if isinstance(left, Combined) and left.operator == operator:
            return Combined(operator, (*left.parts, right))
        return Combined(operator, (left, right))

    def _operand(self) -> Node | None:
        token = self._next()
        if token.kind == "open":
            return self._bracketed()
        if token.kind == "quoted":
            return self._tagged(token.text, quoted=True)
        if token.kind == "word":
            return self._run(token.text)
        self._complain(
            "syntax", f"{token.text or token.kind} stands alone" if token.kind != "tag" else _alone(token.text)
        )
        return None

    def _bracketed(self) -> Node | None:
        if self._depth == _DEEPEST:
            self._complain("syntax", f"brackets are nested more than {_DEEPEST} deep")
            return None
        self._depth += 1
        tree = self._sequence()
        self._depth -= 1
        if self._peek() == "close":
            self._at += 1
        else:
            self._complain("syntax", "an opening bracket has no closing one")
        return tree

    def _run(self, first: str) -> Node | None:
        """Words that follow one another share the tag behind them."""
        run = [first]
        while self._peek() == "word":
            run.append(self._next().text)
        return self._tagged(" ".join(run), quoted=False)

    def _tagged(self, text: str, *, quoted: bool) -> Node | None:
        if self._peek() not in ("tag", "colon"):
            return self._untagged(text, quoted=quoted)
        if self._peek() == "colon":
            return self._range(text, quoted=quoted)
        tag, near = self._tag()
        field = self._field(tag)
        if self._peek() == "colon" and field.kind in ("dates", "ids"):
            self._at += 1
            return self._upper(text, field)
        return self._term(text, field, quoted=quoted, near=near)

    def _range(self, low: str, *, quoted: bool) -> Node | None:
        """`2018:2021[dp]`; a colon that parts nothing is passed over."""
        self._at += 1
        if self._peek() in ("word", "quoted"):
            high = self._next().text
            if self._peek() == "tag":
                field = self._field(self._tag()[0])
                if field.kind in ("dates", "ids"):
                    return Between(low.strip(), high.strip(), field)
                return self._term(f"{low} {high}", field, quoted=quoted)
            return self._untagged(f"{low} {high}", quoted=quoted)
        self._complain("syntax", f"nothing follows the colon behind {low}")
        return self._untagged(low, quoted=quoted)

    def _upper(self, low: str, field: Field) -> Node | None:
        """The second half of `"2018"[edat] : "3000"[edat]`."""
        if self._peek() not in ("word", "quoted"):
            self._complain("syntax", f"nothing follows the colon behind {low}")
            return self._term(low, field, quoted=False)
        high = self._next().text
        if self._peek() == "tag":
            self._field(self._tag()[0])
        return Between(low.strip(), high.strip(), field)

    def _tag(self) -> tuple[str, int | None]:
        text = self._next().text
        match = re.fullmatch(r"(.*?)\s*:\s*~\s*(\d+)", text.strip())
        return (match.group(1), int(match.group(2))) if match else (text, None)

    def _field(self, tag: str) -> Field:
        field = field_of(tag)
        if field is None:
            self._complain("FieldNotFound", tag.strip())
        return field or ALL_FIELDS

    def _term(self, text: str, field: Field, *, quoted: bool, near: int | None = None) -> Node | None:
        text = text.strip()
        if text.lower() in ("hasabstract", "fha") and field.name in ("All Fields", "Text Word", "Filter"):
            return Has()
        if text.lower() == "all" and field.name == "Filter":
            return Has("")
        if near is not None and field.name not in NEAR_FIELDS:
            self._complain("PhraseIgnored", f"{field.name} knows no distance")
            near = None
        text = self._stems(text)
        if not query_words(text):
            if text or quoted:
                self._complain("PhraseIgnored", text or '""')
            return None
        return Term(text, field, quoted, near)

    def _stems(self, text: str) -> str:
        """The text without asterisks behind fewer than four letters, which PubMed does not expand."""
        for word in query_words(text):
            if word.endswith("*") and len(word) <= _SHORTEST_STEM:
                self._complain("PhraseIgnored", f"{word}: fewer than {_SHORTEST_STEM} characters before the asterisk")
                text = re.sub(rf"(?<![^\W_]){re.escape(word[:-1])}\*", word[:-1], text, flags=re.IGNORECASE)
        return text

    def _untagged(self, text: str, *, quoted: bool) -> Node | None:
        """A phrase where it is quoted or has an asterisk; otherwise every word, less the stop words."""
        if quoted or "*" in text or text.strip().lower() in ("hasabstract", "fha"):
            return self._term(text, ALL_FIELDS, quoted=quoted)
        tree: Node | None = None
        for part in self._mapped(text.split()):
            tree = self._joined(tree, "AND", part)
        return tree

    def _mapped(self, run: list[str]) -> Iterator[Node | None]:
        """One node per word, or per longest run of words that the mapping knows."""
        at = 0
        while at < len(run):
            size = next(
                (n for n in range(len(run) - at, 0, -1) if " ".join(run[at : at + n]).lower() in self._mapping), 0
            )
            phrase = " ".join(run[at : at + max(size, 1)])
            if size:
                more = read(self._mapping[phrase.lower()]).tree
                yield self._joined(more, "OR", self._term(phrase, ALL_FIELDS, quoted=False))
            elif phrase.lower() in STOP_WORDS:
                self._stopped(phrase, alone=len(run) == 1)
            else:
                yield self._term(phrase, ALL_FIELDS, quoted=False)
            at += max(size, 1)

    def _stopped(self, word: str, *, alone: bool) -> None:
        if alone or word.lower() in ("and", "or", "not"):
            self._complain("PhraseIgnored", word)

    def _peek(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _next(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _complain(self, kind: ComplaintKind, text: str) -> None:
        self.complaints.append(Complaint(kind, text))


def _alone(tag: str) -> str:
    return f"the tag [{tag}] has no term before it"
