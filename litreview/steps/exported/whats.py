"""The list of what can be exported."""

from litreview.export import PACKAGES, PACKETS, PICTURE_SETS, REFERENCES, Format
from litreview.steps.exported import What

_FINDING = (
    "finding_id, case_id, attribute, value, qualifier, unit, origin, derived_from, confidence, rule_id, decided_by, "
    'quote, document_id, section, start, "end"'
)
_WEIGHED = "signs, doubts"
_PICTURES = "litreview.export.pictures"
_POOLED = ("patients", "cases", "findings")

_VERSION = {
    ".md": Format("Markdown", "litreview.export.version.markdown", "write_markdown", "text/markdown"),
    ".json": Format("JSON, one object", "litreview.export.version.json_text", "write_json", "application/json"),
}

# What can be exported: the table's or view's columns in their promised order, and an order of rows that stays.
WHATS: dict[str, What] = {
    "cases": What(make="litreview.steps.exported.pooled:cases"),
    "patients": What(make="litreview.steps.exported.pooled:patients"),
    "findings": What(f"SELECT {_FINDING}, {_WEIGHED} FROM findings ORDER BY case_id, n"),
    "machine_findings": What(f"SELECT {_FINDING}, {_WEIGHED} FROM machine_findings ORDER BY case_id, n"),
    "candidates": What(f"SELECT {_FINDING}, reason, {_WEIGHED}, proposed FROM candidates ORDER BY case_id, n"),
    "evidence": What(
        'SELECT finding_id, n, role, document_id, section, start, "end", quote FROM evidence '
        "ORDER BY case_id, finding_id, n"
    ),
    "events": What(
        "SELECT case_id, kind, agent, day, day_qualifier, clock, amount, unit, finding_id FROM events "
        "ORDER BY case_id, events.n"
    ),
    "records": What(
        "SELECT record_id, pmid, pmcid, doi, title, authors, journal, year, publication_types, status, "
        "eligible, exclusion_reason, duplicate_of FROM records ORDER BY pmid IS NULL, length(pmid), pmid, record_id"
    ),
    "searches": What(
        "SELECT search_id, database, platform, name, query_version, query, clauses_off, limits, translation, count, "
        "new_records, searched_at, asked_by, url, fetched_at FROM searches ORDER BY search_id"
    ),
    "flow": What(
        "SELECT n, stage, arm, reason, count FROM flow ORDER BY n, arm, reason", picture=f"{_PICTURES}.flow:draw"
    ),
    "decisions": What(
        "SELECT decision_id, subject, attribute, action, value, decided_by, why, decided_at, undone_at, "
        'waiting, qualifier, document_id, start, "end", quote, basis, source, role, label, machine, undone_by '
        "FROM decisions ORDER BY decision_id"
    ),
    "problems": What(
        "SELECT stage, subject, sentence, hint, noticed_at FROM problems ORDER BY stage, subject, sentence"
    ),
    "wanted": What("SELECT * FROM wanted"),
    "swimmer": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.pictured:swimmer",
        picture=f"{_PICTURES}.swimmer:draw",
        about="How long each patient was followed and what happened when, as a table or a picture.",
    ),
    "forest": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.forest:forest",
        picture=f"{_PICTURES}.forest:draw",
        chosen=True,
        about="The topic's shares by report, pooled and by subgroup, with intervals, as a table or a picture.",
    ),
    "missingness": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.pictured:missingness",
        picture=f"{_PICTURES}.missingness:draw",
        about="Which attribute is reported for which patient, as a table or a picture.",
    ),
    "years": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.pictured:years",
        picture=f"{_PICTURES}.years:draw",
        about="Patients by the year of their first report, and how many there were by then, as a table or a picture.",
    ),
    "figures": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.figures:figures",
        unit="pictures",
        about="All pictures in one file: flow, swimmer, a forest for each share, missingness, years.",
        tables=PICTURE_SETS,
    ),
    "checklists": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.checklists:checklists",
        about="PRISMA 2020, PRISMA-S, PRISMA-LSR, JBI, Murad, CARE, filled as far as data go, for a person to confirm.",
    ),
    "references": What(
        rests_on=("records",),
        make="litreview.steps.exported.included:included",
        unit="entries",
        about="The included reports for a reference manager, keyed by first author and year.",
        tables=REFERENCES,
    ),
    "fates": What("SELECT * FROM fates"),
    "phenopackets": What(
        rests_on=_POOLED,
        make="litreview.steps.exported.people:cohort",
        unit="patients",
        about="The unique patients as GA4GH Phenopackets (version 2), treatments as medical actions.",
        tables=PACKETS,
    ),
    "package": What(
        whole=True,
        make="litreview.steps.exported.package:package",
        about="Everything, as a Frictionless Data Package: `litreview init DB --from package.zip` makes it again.",
        tables=PACKAGES,
    ),
    "snowball": What("SELECT * FROM snowball"),
    "report": What(
        make="litreview.steps.exported.report:last",
        unit="changes",
        about="What changed in the last version of the review, with searches, flow and the items of PRISMA-LSR.",
        tables=_VERSION,
    ),
    "changes": What(
        "SELECT version, n, kind, change, subject, record_id, attribute, before, after, why FROM changes "
        "ORDER BY version, n"
    ),
    "shifts": What("SELECT * FROM shifts ORDER BY version, n"),
}
