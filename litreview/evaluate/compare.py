"""Compare what was found of one case with what the gold says of it, attribute by attribute."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from litreview.evaluate.comparison import Comparison, Result, count
from litreview.evaluate.equal import equal
from litreview.evaluate.gold import GoldCase
from litreview.evaluate.places import Places
from litreview.model.case import Case, Finding, Value
from litreview.model.topic import Attribute, Topic


def compare(case: Case, gold: GoldCase, topic: Topic, places: Places | None = None) -> tuple[Comparison, ...]:
    """Every value of either side once; without `places` it is not asked whether evidence and quote overlap."""
    return tuple(
        found
        for attribute in _attributes(case, gold, topic)
        for found in _Pair(case, gold, attribute, topic, places).compared()
    )


def only_gold(gold: GoldCase, topic: Topic) -> tuple[Comparison, ...]:
    """All values of a gold case that nothing found corresponds to."""
    nobody = Case(label="", index=0, source="own", findings=())
    return tuple(_unmatched(found) for found in compare(nobody, gold, topic))


def only_found(case: Case, pmid: str, topic: Topic) -> tuple[Comparison, ...]:
    """All values of a found case that nothing in the gold corresponds to."""
    nobody = GoldCase(pmid=pmid, label="", index=0, source="own", values={})
    return tuple(_unmatched(found, case.label) for found in compare(case, nobody, topic))


def _unmatched(comparison: Comparison, label: str = "") -> Comparison:
    return replace(comparison, matched=False, case=label or comparison.case)


def _attributes(case: Case, gold: GoldCase, topic: Topic) -> Iterator[str]:
    """The topic's attributes in its order, then those that only the gold has.

    One that annotators were not asked for is left out where they say nothing of it: their silence is no "not reported".
    """
    unasked = {attribute.name for attribute in topic.attributes if not attribute.annotated}
    told = {finding.attribute for finding in case.findings} - unasked | set(gold.values)
    names = [attribute.name for attribute in topic.attributes]
    yield from (name for name in names if name in told)
    yield from (name for name in gold.values if name not in names)


class _Pair:
    """One attribute of a case on both sides."""

    def __init__(self, case: Case, gold: GoldCase, attribute: str, topic: Topic, places: Places | None) -> None:
        self.case, self.gold, self.topic, self.places = case, gold, topic, places
        self.name = attribute
        self.attribute = next((known for known in topic.attributes if known.name == attribute), None)
        self.findings = [finding for finding in case.findings if finding.attribute == attribute]
        self.accepted = gold.also_accept.get(attribute, ())

    def compared(self) -> tuple[Comparison, ...]:
        value = self.gold.values.get(self.name)
        if self.attribute is None:
            items = value if isinstance(value, tuple) else (value,)
            return tuple(self._told("missing", gold=item) for item in items)
        if self.attribute.type == "list" or isinstance(value, tuple):
            return self._list(self.attribute, value)
        return tuple(self._single(self.attribute, value))

    def _single(self, attribute: Attribute, value: Value | None) -> Iterator[Comparison]:
        finding = self.findings[0] if self.findings else None
        if finding is None:
            if value is not None and None not in self.accepted:
                yield self._told("missing", gold=value)
        elif any(equal(finding.value, right, attribute, self.topic) for right in _rights(value, self.accepted)):
            yield self._told("right", finding, gold=finding.value if value is None else value)
        elif value is None:
            yield self._told("extra", finding)
        else:
            yield self._told("wrong", finding, gold=value)

    def _list(self, attribute: Attribute, value: Value | None) -> tuple[Comparison, ...]:
        """Against the gold's list, or another whole list that is accepted, whichever agrees better."""
        given = () if value is None else value if isinstance(value, tuple) else (value,)
        whole = [given, *(other for other in self.accepted if isinstance(other, tuple))]
        optional = tuple(other for other in self.accepted if isinstance(other, str))
        if not self.findings and None in self.accepted:
            return ()
        readings = [tuple(self._items(attribute, items, optional)) for items in whole]
        return max(readings, key=_agreement)

    def _items(self, attribute: Attribute, gold: Sequence[Value], optional: Sequence[Value]) -> Iterator[Comparison]:
        left = list(gold)
        for item, finding in self._found_items(attribute):
            if (right := self._like(item, left, attribute)) is not None:
                left.remove(right)
                yield self._told("right", finding, gold=right, found=item)
            elif self._like(item, optional, attribute) is None:
                yield self._told("extra", finding, found=item)
        for right in left:
            if self._like(right, optional, attribute) is None:
                yield self._told("missing", gold=right)

    def _found_items(self, attribute: Attribute) -> Iterator[tuple[Value, Finding]]:
        """The items found, each concept once."""
        seen: list[Value] = []
        for finding in self.findings:
            for item in finding.value if isinstance(finding.value, tuple) else (finding.value,):
                if self._like(item, seen, attribute) is None:
                    seen.append(item)
                    yield item, finding

    def _like(self, item: Value, among: Sequence[Value], attribute: Attribute) -> Value | None:
        return next((other for other in among if equal(item, other, attribute, self.topic)), None)

    def _told(
        self, result: Result, finding: Finding | None = None, *, gold: Value | None = None, found: Value | None = None
    ) -> Comparison:
        leading = finding.evidence[0] if finding and finding.evidence else None
        quote = self.gold.evidence.get(self.name, "")
        asked = result == "right" and self.places is not None and quote and finding is not None
        return Comparison(
            pmid=self.gold.pmid,
            case=self.gold.key,
            attribute=self.name,
            result=result,
            gold=_printed(gold),
            found=_printed(found if found is not None else finding.value if finding else None),
            gold_quote=quote,
            quote=" | ".join(evidence.quote for evidence in finding.evidence) if finding else "",
            section=leading.section if leading else "",
            rule_id=finding.rule_id if finding else "",
            origin=finding.origin if finding else "",
            overlaps=self.places.overlap(quote, finding.evidence) if asked and self.places and finding else None,
            finding=finding,
        )


def _rights(value: Value | None, accepted: Sequence[Value | None]) -> Iterator[Value]:
    yield from (right for right in (value, *accepted) if right is not None)


def _agreement(comparisons: tuple[Comparison, ...]) -> int:
    counted = count(comparisons)
    return counted.tp - counted.fp - counted.fn


def _printed(value: Value | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)
