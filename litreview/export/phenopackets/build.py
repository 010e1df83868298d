"""Build a phenopacket from a patient's row, as the plain object that its JSON is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from litreview.model.packet import Measured, Ontology, PacketMap, Term, TreatedWith

OWN = "LITREVIEW"  # prefix of terms that the topic brings itself
_STATEMENT = {"id": "ECO:0000033", "label": "author statement supported by traceable reference"}
_HUMAN = {"id": "NCBITaxon:9606", "label": "Homo sapiens"}
_ALIVE = {"alive": "ALIVE", "dead": "DECEASED"}
Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Words that a value rests on, and the report in which they stand."""

    report: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Person:
    """A patient: values by attribute (lists joined by `; `), and the words behind them."""

    patient_id: str
    case_ids: tuple[str, ...]
    values: Mapping[str, Any]
    told: Mapping[str, tuple[Told, ...]]


def build(person: Person, mapping: PacketMap, *, topic: str, created: str) -> Object:
    """The phenopacket of a person; `created` is when the knowledge base last changed."""
    actions = [action for each in mapping.treatments for action in _actions(each, person, mapping)]
    packet: Object = {
        "id": person.patient_id,
        "subject": _subject(person, mapping),
        "phenotypicFeatures": [
            {"type": term, "evidence": list(_evidence(person, name))}
            for name in mapping.features
            for term in _terms(name, person, mapping)
        ],
        "measurements": [*_facts(person, mapping), *_measurements(person, mapping)],
        "diseases": [{"term": term} for name in mapping.diseases for term in _terms(name, person, mapping)],
        "medicalActions": actions,
    }
    found = {key: value for key, value in packet.items() if value}
    return found | {"metaData": _meta(person, mapping, found, topic, created)}


def _subject(person: Person, mapping: PacketMap) -> Object:
    values = person.values
    subject: Object = {"id": person.patient_id, "alternateIds": list(person.case_ids), "taxonomy": _HUMAN}
    if sex := values.get(mapping.sex):
        subject["sex"] = {"female": "FEMALE", "male": "MALE"}.get(str(sex), "OTHER_SEX")
    if (age := values.get(mapping.age_years)) is not None:
        subject["timeAtLastEncounter"] = {"age": {"iso8601duration": duration(float(age))}}
    if status := _ALIVE.get(str(values.get(mapping.vital_status))):
        subject["vitalStatus"] = {"status": status}
    return subject


def duration(years: float) -> str:
    """Years as an ISO 8601 duration in years and months.

    >>> duration(4.5)
    'P4Y6M'
    """
    whole, months = divmod(round(years * 12), 12)
    return "P" + (f"{whole}Y" if whole else "") + (f"{months}M" if months or not whole else "")


def _facts(person: Person, mapping: PacketMap) -> Iterator[Object]:
    """Categories as measurements whose value is a term."""
    for name in mapping.facts:
        for term in _terms(name, person, mapping):
            yield {"assay": _own(name), "value": {"ontologyClass": term}}


def _measurements(person: Person, mapping: PacketMap) -> Iterator[Object]:
    for each in mapping.measurements:
        if (value := person.values.get(each.attribute)) is not None:
            yield {"assay": _assay(each), "value": {"quantity": _quantity(value, each.unit)}}


def _assay(measured: Measured) -> Object:
    return measured.assay.model_dump() if measured.assay else _own(measured.attribute)


def _actions(treated: TreatedWith, person: Person, mapping: PacketMap) -> Iterator[Object]:
    """A medical action for each agent or procedure, with what is known of the course."""
    shared: Object = {}
    if treated.intent:
        shared["treatmentIntent"] = treated.intent.model_dump()
    for name, key in ((treated.target, "treatmentTarget"), (treated.response, "responseToTreatment")):
        if name and (terms := _terms(name, person, mapping)):
            shared[key] = terms[0]
    if treated.adverse_events and (events := _terms(treated.adverse_events, person, mapping)):
        shared["adverseEvents"] = events
    for value, term in zip(_items(person, treated.attribute), _terms(treated.attribute, person, mapping), strict=True):
        if value in treated.procedures:
            yield {"procedure": {"code": term}} | shared
        else:
            yield {"treatment": {"agent": term} | _given(treated, person, mapping)} | shared


def _given(treated: TreatedWith, person: Person, mapping: PacketMap) -> Object:
    """Route and doses."""
    found: Object = {}
    if treated.route and (routes := _terms(treated.route, person, mapping)):
        found["routeOfAdministration"] = routes[0]
    doses = [
        {"quantity": _quantity(person.values[name], unit)}
        for name, unit in treated.doses.items()
        if person.values.get(name) is not None
    ]
    return found | ({"doseIntervals": doses} if doses else {})


def _quantity(value: Any, unit: Term) -> Object:
    return {"unit": unit.model_dump(), "value": float(value)}


def _items(person: Person, name: str) -> list[str]:
    value = person.values.get(name)
    return [] if value in (None, "") else [item for item in str(value).split("; ") if item]


def _terms(name: str, person: Person, mapping: PacketMap) -> list[Object]:
    """The terms of an attribute's values; the topic's own where the mapping has none."""
    known = mapping.terms.get("any", {}) | mapping.terms.get(name, {})
    return [known[item].model_dump() if item in known else _own(item) for item in _items(person, name)]


def _own(words: str) -> Object:
    return {"id": f"{OWN}:{re.sub(r'[^A-Za-z0-9.-]+', '_', words).strip('_') or 'x'}", "label": words.replace("_", " ")}


def _evidence(person: Person, name: str) -> Iterator[Object]:
    for each in person.told.get(name, ()):
        yield {"evidenceCode": _STATEMENT, "reference": _reference(each, each.quote)}


def _reference(told: Told, words: str) -> Object:
    return {"id": told.report, "reference": told.title, "description": words}


def _meta(person: Person, mapping: PacketMap, packet: Object, topic: str, created: str) -> Object:
    """What made it, the ontologies that are used, and the words behind treatments, which have no place of their own."""
    used = set(_prefixes(packet))
    treated = [each.attribute for each in mapping.treatments]
    references = [_reference(told, f"{name}: {told.quote}") for name in treated for told in person.told.get(name, ())]
    own = Ontology(
        id=OWN.lower(),
        name=f"Terms of the topic {topic}",
        url=f"urn:litreview:{topic}",
        version="1",
        prefix=OWN,
        iri_prefix=f"urn:litreview:{topic}:",
    )
    return {
        "created": created,
        "createdBy": "litreview",
        "resources": [_resource(each) for each in (*mapping.ontologies, own) if each.prefix in used],
        "phenopacketSchemaVersion": "2.0",
        "externalReferences": references,
    }


def _resource(ontology: Ontology) -> Object:
    return {
        "id": ontology.id,
        "name": ontology.name,
        "url": ontology.url,
        "version": ontology.version,
        "namespacePrefix": ontology.prefix,
        "iriPrefix": ontology.iri_prefix,
    }


def _prefixes(value: Any) -> Iterator[str]:
    """The prefixes of all terms in an object."""
    if isinstance(value, dict):
        if set(value) == {"id", "label"}:
            yield str(value["id"]).partition(":")[0]
        yield from (prefix for each in value.values() for prefix in _prefixes(each))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        yield from (prefix for each in value for prefix in _prefixes(each))
