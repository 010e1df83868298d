"""How a topic's attributes become fields of a GA4GH phenopacket (schema version 2)."""

from pydantic import Field

from litreview.model.strict import Strict


class Term(Strict):
    """A concept of an ontology, by CURIE and label."""

    id: str = Field(pattern=r"^\w[\w.\-]*:\S+$")
    label: str


class Ontology(Strict):
    """Where the concepts of a prefix are defined."""

    id: str
    name: str
    url: str
    version: str
    prefix: str
    iri_prefix: str


class Measured(Strict):
    """A number as a measurement: what was measured, in which unit."""

    attribute: str
    assay: Term | None = None
    unit: Term


class TreatedWith(Strict):
    """An attribute whose values are agents, as medical actions; the other names are attributes of the same course.

    `doses` gives the unit of each attribute that is a dose.
    """

    attribute: str
    intent: Term | None = None
    target: str = ""
    route: str = ""
    doses: dict[str, Term] = {}
    response: str = ""
    adverse_events: str = ""
    procedures: tuple[str, ...] = Field(default=(), description="values that are procedures, not substances")


class PacketMap(Strict):
    """Where each attribute goes. A value without a term of its own gets one of the topic: nothing is left out.

    `terms` are by attribute and value; those of `any` hold for all attributes.
    """

    ontologies: tuple[Ontology, ...] = ()
    terms: dict[str, dict[str, Term]] = {}
    sex: str = ""
    age_years: str = ""
    vital_status: str = ""
    diseases: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    facts: tuple[str, ...] = Field(default=(), description="categories that are kept as measurements with a value")
    measurements: tuple[Measured, ...] = ()
    treatments: tuple[TreatedWith, ...] = ()

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute that is named."""
        single = (self.sex, self.age_years, self.vital_status)
        of_course = (
            name
            for each in self.treatments
            for name in (each.attribute, each.target, each.route, each.response, each.adverse_events, *each.doses)
        )
        named = (*single, *self.diseases, *self.features, *self.facts, *of_course)
        return tuple(name for name in (*named, *(each.attribute for each in self.measurements)) if name)
