"""Choose the value of an attribute among the matches that hold; keep the others with the reason."""

from collections.abc import Sequence

from litreview.extract.judge import Judged
from litreview.extract.signs import signs
from litreview.extract.tellings import disagreement, telling
from litreview.model.case import Candidate, Finding
from litreview.model.topic import Attribute

NEAR_BEST = 0.25  # how much weaker than the best a match may be and still be preferred by place or size
AGREEMENT = 0.25  # how much of the remaining doubt each further independent place takes away
CERTAIN = 0.99  # no rule is surer than this


def choose(judged: Sequence[Judged], attribute: Attribute) -> tuple[tuple[Finding, ...], tuple[Candidate, ...]]:
    """The attribute's findings (one, or one per item of a list) and the candidates that lost."""
    holding = [item for item in judged if not item.reason]
    lost = [Candidate(_finding(item, attribute, ()), item.reason) for item in judged if item.reason]
    if not holding:
        return (), tuple(lost)
    values = dict.fromkeys(item.match.value for item in holding)
    if attribute.type == "list":
        chosen = {value: _best(_of(value, holding)) for value in values}
    else:
        winner = _winner(holding, attribute)
        chosen = {winner.match.value: winner}
        others = [item for item in holding if item.match.value != winner.match.value]
        lost += [Candidate(_finding(item, attribute, ()), f"{_why(attribute)} was chosen") for item in others]
    findings = tuple(_chosen(item, holding, attribute) for item in chosen.values())
    return findings, tuple(lost)


def _chosen(item: Judged, holding: Sequence[Judged], attribute: Attribute) -> Finding:
    """The finding with what can be seen of it; items of a list do not compete with each other."""
    same = _of(item.match.value, holding)
    others = () if attribute.type == "list" else [other for other in holding if other.match.value != item.match.value]
    support = _support(same)
    rivals = [_support(_of(value, others)) - support for value in {other.match.value for other in others}]
    doubt = _doubt(holding, attribute) if others else ""
    return _finding(item, attribute, same, signs=signs(item, same, rivals), doubts=(doubt,) if doubt else ())


def _doubt(holding: Sequence[Judged], attribute: Attribute) -> str:
    """What abstract, text and table say each by itself, where they disagree."""
    tellings: dict[str, list[Judged]] = {}
    for item in holding:
        tellings.setdefault(telling(item), []).append(item)
    return disagreement({who: _winner(items, attribute).match.value for who, items in tellings.items()}, attribute)


def _of(value: object, holding: Sequence[Judged]) -> list[Judged]:
    return [item for item in holding if item.match.value == value]


def _best(items: Sequence[Judged]) -> Judged:
    """The strongest; of equal ones the first told."""
    return min(items, key=lambda item: (-item.strength, item.match.span))


def _winner(holding: Sequence[Judged], attribute: Attribute) -> Judged:
    supported = {item.match.value: _support(_of(item.match.value, holding)) for item in holding}
    top = max(supported.values())
    running = [item for item in holding if supported[item.match.value] >= top - NEAR_BEST]
    # Equal values stand side by side, so the sort decides between values and then shows the best words for it.
    match attribute.choice.prefer:
        case "first":
            return _best(_of(min(running, key=_place).match.value, running))
        case "last":
            return max(running, key=lambda item: (not _place(item)[0], item.match.span.start))
        case "lowest":
            return _best(_of(min(item.match.value for item in running), running))
        case "highest":
            return _best(_of(max(item.match.value for item in running), running))
        case "order":
            ranks = {value: number for number, value in enumerate(attribute.choice.order)}
            best = min(running, key=lambda item: ranks.get(str(item.match.value), len(ranks)))
            return _best(_of(best.match.value, running))
    best = max(running, key=lambda item: (supported[item.match.value], -item.match.span.start))
    return _best(_of(best.match.value, running))


def _place(item: Judged) -> tuple[bool, int]:
    """Body before abstract: what the fuller text says counts for first and last."""
    passage = item.match.passage
    brief = passage is not None and passage.part != "body"
    return brief, item.match.span.start


def _support(items: Sequence[Judged]) -> float:
    """How well a value is supported: by its strongest match, and by every further sentence or cell that says it."""
    best = max(item.strength for item in items)
    places = {item.match.passage.span if item.match.passage else item.match.span for item in items}
    doubt = (1 - best) * (1 - AGREEMENT) ** (len(places) - 1)
    return round(min(1 - doubt, CERTAIN), 3)


def _why(attribute: Attribute) -> str:
    prefer = attribute.choice.prefer
    return "a better supported value" if prefer == "strongest" else f"the {prefer} value"


def _finding(
    item: Judged,
    attribute: Attribute,
    agreeing: Sequence[Judged],
    signs: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        attribute=attribute.name,
        value=item.match.value,
        evidence=item.evidence,
        qualifier=item.match.qualifier,
        unit=attribute.unit,
        confidence=_support(agreeing) if agreeing else round(item.strength, 3),
        rule_id=item.match.rule.id,
        signs=signs,
        doubts=doubts,
    )
