"""Phenopackets, opened by the official library."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import phenopackets
import pytest
from google.protobuf.json_format import MessageToDict, Parse, ParseError

from litreview.export import PACKETS
from litreview.export.phenopackets.build import Person, Told, build, duration
from litreview.export.phenopackets.write import Cohort
from litreview.model.packet import Measured, Ontology, PacketMap, Term, TreatedWith

DRUG = Ontology(id="drug", name="Drugs", url="https://drug", version="1", prefix="DRUG", iri_prefix="https://drug/")
UCUM = Ontology(id="ucum", name="Units", url="https://ucum", version="1", prefix="UCUM", iri_prefix="https://ucum/")
MAPPING = PacketMap(
    ontologies=(DRUG, UCUM),
    terms={"any": {"antivenom": Term(id="DRUG:1", label="antivenom")}},
    sex="sex",
    age_years="age",
    vital_status="status",
    diseases=("snake",),
    features=("harm",),
    facts=("outcome",),
    measurements=(Measured(attribute="delay", unit=Term(id="UCUM:d", label="day")),),
    treatments=(
        TreatedWith(
            attribute="drugs",
            target="snake",
            response="outcome",
            adverse_events="harm",
            doses={"vials": Term(id="UCUM:1", label="unity")},
            procedures=("amputation",),
        ),
    ),
)
TOLD = Told("PMID:101", "A bite", "“was given 5 vials”")
PERSON = Person(
    "p1",
    ("c1", "c2"),
    {
        "sex": "female",
        "age": 4.5,
        "status": "alive",
        "snake": "Vipera berus",
        "harm": "rash; fever",
        "outcome": "recovered",
        "delay": 2,
        "drugs": "antivenom; amputation",
        "vials": 5,
    },
    {"drugs": (TOLD,), "harm": (TOLD,)},
)


def packet(person: Person = PERSON) -> dict[str, Any]:
    return build(person, MAPPING, topic="bites", created="2024-01-01T00:00:00Z")


def message(person: Person = PERSON) -> Any:
    return Parse(json.dumps(packet(person)), phenopackets.Phenopacket())


def written(suffix: str, *members: dict[str, Any]) -> bytes:
    made = Cohort("bites", "Which?", members, packet()["metaData"])
    stream: io.BytesIO | io.StringIO = io.BytesIO() if PACKETS[suffix].binary else io.StringIO()
    assert PACKETS[suffix].write(made, stream) == len(members)
    content = stream.getvalue()
    return content if isinstance(content, bytes) else content.encode()


def terms(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"id", "label"}:
            yield value["id"]
        for each in value.values():
            yield from terms(each)
    elif isinstance(value, list):
        for each in value:
            yield from terms(each)


def test_who_the_patient_is_is_read_by_the_official_library() -> None:
    subject = message().subject

    assert (subject.id, list(subject.alternate_ids)) == ("p1", ["c1", "c2"])
    assert subject.sex == phenopackets.FEMALE
    assert subject.time_at_last_encounter.age.iso8601duration == "P4Y6M"
    assert subject.vital_status.status == phenopackets.VitalStatus.ALIVE


def test_a_treatment_is_a_medical_action_with_agent_dose_target_response_and_harm() -> None:
    action = message().medical_actions[0]

    assert (action.treatment.agent.id, action.treatment.agent.label) == ("DRUG:1", "antivenom")
    assert action.treatment.dose_intervals[0].quantity.value == 5
    assert action.treatment_target.label == "Vipera berus"
    assert action.response_to_treatment.label == "recovered"
    assert [event.label for event in action.adverse_events] == ["rash", "fever"]


def test_a_procedure_is_told_from_a_substance() -> None:
    assert message().medical_actions[1].procedure.code.label == "amputation"


def test_the_words_behind_features_and_treatments_go_along_with_their_report() -> None:
    made = message()

    assert made.phenotypic_features[0].evidence[0].reference.id == "PMID:101"
    (reference,) = made.meta_data.external_references
    assert (reference.id, reference.description) == ("PMID:101", "drugs: “was given 5 vials”")


def test_a_value_without_a_term_gets_one_of_the_topic() -> None:
    assert message().diseases[0].term.id == "LITREVIEW:Vipera_berus"


def test_every_term_has_its_ontology_and_no_ontology_is_named_in_vain() -> None:
    made = MessageToDict(message())

    named = {each["namespacePrefix"] for each in made["metaData"]["resources"]}
    used = {term.partition(":")[0] for term in terms(made)}
    assert used - {"ECO", "NCBITaxon"} == named


def test_what_is_not_reported_is_not_there() -> None:
    made = MessageToDict(message(Person("p2", ("c3",), {}, {})))

    assert set(made) == {"id", "subject", "metaData"}
    assert set(made["subject"]) == {"id", "alternateIds", "taxonomy"}


@pytest.mark.parametrize(("years", "iso"), [(11, "P11Y"), (0.75, "P9M"), (4.5, "P4Y6M"), (0, "P0M"), (0.999, "P1Y")])
def test_an_age_is_years_and_months(years: float, iso: str) -> None:
    assert duration(years) == iso


def test_a_cohort_holds_every_patient() -> None:
    cohort = Parse(written(".json", packet(), packet()), phenopackets.Cohort())

    assert (cohort.id, [member.id for member in cohort.members]) == ("bites", ["p1", "p1"])
    assert cohort.meta_data.phenopacket_schema_version == "2.0"


def test_lines_and_files_hold_one_each() -> None:
    lines = written(".jsonl", packet(), packet()).splitlines()
    with zipfile.ZipFile(io.BytesIO(written(".zip", packet()))) as archive:
        files = [archive.read(name) for name in archive.namelist()]

    for text in (*lines, *files):
        assert Parse(text, phenopackets.Phenopacket()) == message()


def test_what_the_schema_does_not_have_is_refused() -> None:
    with pytest.raises(ParseError):
        written(".jsonl", packet() | {"mood": "good"})


@pytest.mark.parametrize("identifier", ["no curie", "HP 1", ""])
def test_a_term_of_the_mapping_is_a_curie(identifier: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Term(id=identifier, label="x")


def test_every_own_term_is_a_curie() -> None:
    odd = Person("p3", (), {"snake": "Vipera (berus), 5 % | =x"}, {})

    assert all(re.fullmatch(r"[A-Za-z]+:[A-Za-z0-9._-]+", term) for term in terms(packet(odd)))
