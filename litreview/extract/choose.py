"""Choose the value of an attribute among the matches that hold; keep the others with the reason."""

from collections.abc import Mapping, Sequence

from litreview.extract.judge import Judged
from litreview.extract.signs import places, signs
from litreview.extract.tellings import disagreement, telling
from litreview.model.case import Candidate, Finding
from litreview.model.topic import Attribute

NEAR_BEST = 0.25  # how much weaker than the best a match may be and still be preferred by place or size
AGREEMENT = 0.25  # how much of the remaining doubt each further independent place takes away
CERTAIN = 0.99  # no rule is surer than this


def choose(holding: Sequence[Judged], attribute: Attribute) -> tuple[tuple[Finding, ...], tuple[Candidate, ...]]:
    """The attribute's findings (one, or one per item of a list) and the candidates that lost."""
    if not holding:
        return (), ()
    saying = _by_value(holding)
    # Items of a list do not compete with each other, nor does a value that no other stands against.
    if attribute.type == "list" or (len(saying) == 1 and attribute.choice.prefer != "last"):
        return tuple([_chosen(_best(same), same, _support(same), attribute) for same in saying.values()]), ()
    finding = _one(holding, saying, attribute)
    why = f"{_why(attribute)} was chosen"
    beaten = [item for item in holding if item.value != finding.value]
    return (finding,), tuple([Candidate(item.finding(attribute, round(item.strength, 3)), why) for item in beaten])


def _one(holding: Sequence[Judged], saying: Mapping[object, Sequence[Judged]], attribute: Attribute) -> Finding:
    support = {value: _support(same) for value, same in saying.items()}
    winner = _winner(holding, support, attribute)
    value = winner.value
    rivals = [other - support[value] for rival, other in support.items() if rival != value]
    doubt = _doubt(holding, attribute) if rivals else ""
    return _chosen(winner, saying[value], support[value], attribute, rivals, doubt)


def _chosen(
    item: Judged,
    same: Sequence[Judged],
    support: float,
    attribute: Attribute,
    rivals: Sequence[float] = (),
    doubt: str = "",
) -> Finding:
    """The finding with what can be seen of it."""
    return item.finding(attribute, support, signs(item, same, rivals), (doubt,) if doubt else ())


def _doubt(holding: Sequence[Judged], attribute: Attribute) -> str:
    """What abstract, text and table say each by itself, where they disagree."""
    tellings: dict[str, list[Judged]] = {}
    for item in holding:
        tellings.setdefault(telling(item), []).append(item)
    if len(tellings) < 2:
        return ""
    return disagreement({who: _value(items, attribute) for who, items in tellings.items()}, attribute)


def _value(items: Sequence[Judged], attribute: Attribute) -> str | int | float:
    """What would be chosen if there were no others."""
    support = {value: _support(same) for value, same in _by_value(items).items()}
    return _winner(items, support, attribute).value


def _by_value(holding: Sequence[Judged]) -> dict[object, list[Judged]]:
    """The matches by what they say, in the order in which it is said first."""
    found: dict[object, list[Judged]] = {}
    for item in holding:
        found.setdefault(item.value, []).append(item)
    return found


def _of(value: object, holding: Sequence[Judged]) -> list[Judged]:
    return [item for item in holding if item.value == value]


def _best(items: Sequence[Judged]) -> Judged:
    """The strongest; of equal ones the first told."""
    if len(items) == 1:
        return items[0]
    return min(items, key=lambda item: (-item.strength, item.match.span))


def _winner(holding: Sequence[Judged], supported: Mapping[object, float], attribute: Attribute) -> Judged:
    top = max(supported.values())
    running = [item for item in holding if supported[item.value] >= top - NEAR_BEST]
    # Equal values stand side by side, so the sort decides between values and then shows the best words for it.
    match attribute.choice.prefer:
        case "first":
            return _best(_of(min(running, key=_place).value, running))
        case "last":
            return max(running, key=lambda item: (not _place(item)[0], item.match.span.start))
        case "lowest":
            return _best(_of(min(item.value for item in running), running))
        case "highest":
            return _best(_of(max(item.value for item in running), running))
        case "order":
            ranks = {value: number for number, value in enumerate(attribute.choice.order)}
            best = min(running, key=lambda item: ranks.get(str(item.value), len(ranks)))
            return _best(_of(best.value, running))
    best = max(running, key=lambda item: (supported[item.value], -item.match.span.start))
    return _best(_of(best.value, running))


def _place(item: Judged) -> tuple[bool, int]:
    """Body before abstract: what the fuller text says counts for first and last."""
    passage = item.match.passage
    brief = passage is not None and passage.part != "body"
    return brief, item.match.span.start


def _support(items: Sequence[Judged]) -> float:
    """How well a value is supported: by its strongest match, and by every further sentence or cell that says it."""
    best = max([item.strength for item in items])
    doubt = (1 - best) * (1 - AGREEMENT) ** (places(items) - 1)
    return round(min(1 - doubt, CERTAIN), 3)


def _why(attribute: Attribute) -> str:
    prefer = attribute.choice.prefer
    return "a better supported value" if prefer == "strongest" else f"the {prefer} value"
