"""Values too unsure to be filled in: they are proposed to a person instead."""

from collections.abc import Sequence
from dataclasses import replace

from litreview.extract.derive import derive
from litreview.extract.weigh import rests_on_any, weighed
from litreview.model.case import Candidate, Case, Finding
from litreview.model.event import DECIDED, Event
from litreview.model.topic import Topic


def propose(case: Case, topic: Topic) -> Case:
    """The case with every value below the topic's `fill_from` among its candidates, and what rests on such a value."""
    unsure = {finding: reason for finding in case.findings if (reason := _unsure(finding, topic))}
    while more := _resting(case, unsure, topic):
        unsure |= more
    kept = tuple(finding for finding in case.findings if finding not in unsure)
    proposed = (Candidate(finding, f"proposed: {reason}", proposed=True) for finding, reason in unsure.items())
    return replace(case, findings=kept, candidates=(*proposed, *case.candidates)) if unsure else case


def unproposed(case: Case) -> Case:
    """The case with what was proposed among its findings again."""
    back = tuple(candidate.finding for candidate in case.candidates if candidate.proposed)
    left = tuple(candidate for candidate in case.candidates if not candidate.proposed)
    return replace(case, findings=(*case.findings, *back), candidates=left)


def settled(findings: Sequence[Finding], events: Sequence[Event], topic: Topic) -> tuple[Finding, ...]:
    """A case's findings after a person's decisions: what rests on others is derived anew, and all are weighed again.

    What was taken off the timeline stays, but for days that are missing and counted from or to an event whose day a
    person has decided. What is derived and too unsure to be filled in is left out.
    """
    made = derive(findings, topic)
    if moved := {event.kind for event in events if DECIDED in event.derived_from}:
        made = derive((*made, *_counted_anew(made, moved, events, topic)), topic)
    made = weighed(made, events, topic)
    return tuple(finding for finding in made if finding.origin != "derived" or not _unsure(finding, topic))


def _counted_anew(
    made: Sequence[Finding], moved: set[str], events: Sequence[Event], topic: Topic
) -> tuple[Finding, ...]:
    """What the timeline gives for attributes without a value whose days hang on the moved events."""
    told = {finding.attribute for finding in made}
    again = {finding.attribute: finding for finding in derive(made, topic, events)}
    return tuple(
        again[attribute.name]
        for attribute in topic.attributes
        if attribute.name not in told and attribute.name in again and moved & set(again[attribute.name].derived_from)
    )


def _unsure(finding: Finding, topic: Topic) -> str:
    if finding.origin == "decided" or finding.confidence >= topic.fill_from:
        return ""
    return f"confidence {finding.confidence:.2f} is below {topic.fill_from:g}"


def _resting(case: Case, unsure: dict[Finding, str], topic: Topic) -> dict[Finding, str]:
    """Derived values that lack what they rest on, since a value of it is unsure."""
    names = {finding.attribute for finding in unsure}
    sure = {finding.attribute for finding in case.findings} - names
    return {
        finding: f"rests on {', '.join(sorted(names & set(finding.derived_from)))}, which is proposed"
        for finding in case.findings
        if finding not in unsure
        and finding.origin == "derived"
        and names & set(finding.derived_from)
        and not (rests_on_any(finding, topic) and sure & set(finding.derived_from))
    }
