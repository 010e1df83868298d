"""Records in the store: known again by their identifiers, joined when a new one shows two to be the same."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, replace

from litreview.errors import UsageError
from litreview.model.bibliography import Record
from litreview.store.codec import record_from_json, record_to_json
from litreview.store.database import Database, joined, transaction, upsert
from litreview.store.same_entry import contradict, could_be, title_key

_STRONG = ("pmid", "pmcid", "doi")
_TITLE_LONG_ENOUGH = 25  # "Reply", "Letter to the editor": many papers bear them


def save_record(db: Database, record: Record, *, known: tuple[str, ...] | None = None) -> str:
    """Keep a record and give its id: that of the record it is already known as, or a new one.

    Known by PMID, PMCID or DOI, else by normalised title and year; never across two different PMIDs, so that two
    entries of one paper stay two. What a later revision says wins, what it leaves empty is kept. A record that bridges
    two known ones makes them one, under the older id. `known` is what `find_records` has just said, where that is at
    hand.
    """
    with joined(db):
        known = find_records(db, record) if known is None else known
        if not known:
            return _insert(db, record)
        record_id = known[0]
        for other in known[1:]:
            record = merged(record, load_record(db, other))
            join_records(db, other, into=record_id)
        before = load_record(db, record_id)
        after = merged(before, record)
        if after != before:
            _write(db, record_id, after)
        _name(db, record_id, record)
        return record_id


def load_record(db: Database, record_id: str) -> Record:
    """The record of that id; `UsageError` where there is none."""
    row = db.execute("SELECT entry FROM bibliographies WHERE record_id = ?", [record_id]).fetchone()
    if row is None:
        raise UsageError(f"{record_id} is not a record of this database", hint="see: litreview status DB")
    return record_from_json(row[0])


def load_records(db: Database, record_ids: Iterable[str] | None = None) -> dict[str, Record]:
    """Every record by its id, or those of these ids that there are, in the order they came."""
    among = "" if record_ids is None else "WHERE record_id IN (SELECT value FROM json_each(?))"
    rows = db.execute(
        f"SELECT record_id, entry FROM bibliographies JOIN records USING (record_id) {among} ORDER BY records.rowid",
        [] if record_ids is None else [json.dumps(sorted(record_ids))],
    )
    return {str(record_id): record_from_json(entry) for record_id, entry in rows.fetchall()}


def find_records(db: Database, record: Record) -> tuple[str, ...]:
    """Ids of the known records that this one is, oldest first; several where it bridges them."""
    found: list[str] = []
    for scheme in _STRONG:
        value = getattr(record, scheme)
        found += _named(db, scheme, value) if value else []
    if not found and _by_title(record):
        found = _titled(db, record)
        found = [known for known in found if could_be(load_record(db, known), record)]
    return _compatible(db, record, list(dict.fromkeys(found))) if found else ()


def resolve(db: Database, name: str) -> str:
    """The record id behind a record id, a former one, a PMID, a PMCID or a DOI; `UsageError` where there is none."""
    bare = name.strip()
    rows = db.execute(
        "SELECT record_id FROM records WHERE record_id = :name UNION ALL "
        "SELECT record_id FROM identifiers WHERE value IN (:name, upper(:name), lower(:name)) AND scheme <> 'title'",
        {"name": bare},
    ).fetchall()
    if not rows:
        raise UsageError(
            f"{bare} is not a record of this database", hint="give a record_id, a PMID, a PMCID or a DOI of it"
        )
    return str(rows[0][0])


def revisions(db: Database) -> dict[str, str]:
    """Every known PMID with the date of revision it was read at, empty where there was none."""
    rows = db.execute("SELECT pmid, revised FROM records WHERE pmid IS NOT NULL").fetchall()
    return {str(pmid): str(revised or "") for pmid, revised in rows}


def fulltexts_to_try(db: Database) -> dict[str, str]:
    """PMCIDs whose full text was not asked for yet, each with its record."""
    rows = db.execute(
        "SELECT pmcid, record_id FROM records WHERE pmcid IS NOT NULL AND fulltext_tried IS NULL ORDER BY rowid"
    )
    return {str(pmcid): str(record_id) for pmcid, record_id in rows.fetchall()}


def mark_fulltext_tried(db: Database, record_ids: Iterable[str], *, on: str | None) -> None:
    """Note that the full text of some records was asked for, whatever came; `None`: that it is to be asked for."""
    with joined(db):
        db.conn.executemany(
            "UPDATE records SET fulltext_tried = :on WHERE record_id = :id AND fulltext_tried IS NOT :on",
            [{"on": on, "id": record_id} for record_id in record_ids],
        )


def join_records(db: Database, record_id: str, *, into: str) -> None:
    """Give all that one record has to another, and keep its id as a name of that one."""
    with transaction(db):
        both = {"old": record_id, "new": into}
        db.execute("UPDATE OR IGNORE identifiers SET record_id = :new WHERE record_id = :old", both)
        db.execute("UPDATE OR IGNORE record_sources SET record_id = :new WHERE record_id = :old", both)
        db.execute("UPDATE documents SET record_id = :new WHERE record_id = :old", both)
        db.execute("UPDATE case_identities SET record_id = :new WHERE record_id = :old", both)
        db.execute("UPDATE cases SET record_id = :new WHERE record_id = :old", both)
        db.execute("UPDATE records SET duplicate_of = :new WHERE duplicate_of = :old", both)
        db.execute("UPDATE records SET duplicate_of = NULL WHERE record_id = duplicate_of")
        db.execute("UPDATE decisions SET subject = :new WHERE subject = :old", both)
        db.execute(
            "UPDATE decisions SET attribute = :new WHERE attribute = :old AND action IN ('merge', 'split')", both
        )
        db.execute("UPDATE blind_decisions SET subject = :new WHERE subject = :old", both)
        db.execute("UPDATE OR IGNORE review_progress SET record_id = :new WHERE record_id = :old", both)
        db.execute("DELETE FROM review_progress WHERE record_id = :old", both)
        db.execute("DELETE FROM links WHERE kind = 'record' AND :old IN (left_id, right_id)", both)
        db.execute("DELETE FROM records WHERE record_id = :old", both)
        db.execute("UPDATE records SET reconciled_with = NULL WHERE record_id = :new", both)
        db.execute("INSERT OR IGNORE INTO identifiers VALUES ('alias', :old, :new)", both)


def included_pmids(db: Database) -> tuple[str, ...]:
    """The PMIDs of reports that count, their duplicates with them, as far as PubMed is known to have them."""
    rows = db.execute(
        "SELECT pmid FROM records WHERE eligible = 'yes' AND pmid IS NOT NULL AND status <> 'deleted' ORDER BY rowid"
    )
    return tuple(str(row[0]) for row in rows.fetchall())


def given_by_pubmed(db: Database) -> frozenset[str]:
    """The PMIDs whose records came from PubMed, and not from a person or a file alone."""
    rows = db.execute(
        "SELECT pmid FROM records WHERE pmid IS NOT NULL AND (revised IS NOT NULL OR EXISTS (SELECT 1 FROM documents "
        "WHERE documents.record_id = records.record_id AND format = 'pubmed'))"
    )
    return frozenset(str(row[0]) for row in rows.fetchall())


def merge_records(db: Database, record_id: str, *, into: str) -> None:
    """Join a record to the one that its source has merged it into, whose abstract then stands for both."""
    if record_id == into:
        return
    with transaction(db):
        db.execute("DELETE FROM documents WHERE record_id = ? AND format = 'pubmed'", [record_id])
        join_records(db, record_id, into=into)


def merged(first: Record, second: Record) -> Record:
    """One record of two: the later revised leads, and the other fills what it leaves empty.

    Of two of the same revision `second` leads, where neither has one `first`. What one cites and the other does not is
    cited by both: a full text prints more of it than its record does. A notice that a record was deleted says
    nothing else of it; a record that is given again is not deleted any more.
    """
    if second.status == "deleted" and first.status != "deleted":
        return replace(first, status="deleted")
    again = first.status == "deleted" and second.status != "deleted"
    later = again or (_revised(second) and _revised(second) >= _revised(first))
    lead, other = (second, first) if later else (first, second)
    filled = {
        field.name: getattr(other, field.name)
        for field in fields(Record)
        if field.name != "status" and not getattr(lead, field.name)
    }
    if not set(other.references) <= set(lead.references):
        filled["references"] = tuple(dict.fromkeys((*lead.references, *other.references)))
    return replace(lead, **filled) if filled else lead


def _revised(record: Record) -> str:
    return str(record.revised or "")


def _named(db: Database, scheme: str, value: str) -> list[str]:
    rows = db.execute(
        "SELECT identifiers.record_id FROM identifiers JOIN records USING (record_id) "
        "WHERE scheme = ? AND value = ? ORDER BY records.rowid",
        [scheme, value],
    )
    return [str(row[0]) for row in rows]


def _titled(db: Database, record: Record) -> list[str]:
    """Those of the same title that may be the same entry: for one with a PMID, only those without.

    A journal may print a thousand reports under one title, and each of them is compared for every one of them.
    """
    rows = db.execute(
        "SELECT identifiers.record_id FROM identifiers JOIN records USING (record_id) "
        "WHERE scheme = 'title' AND value = ? AND (pmid IS NULL OR ?) ORDER BY records.rowid",
        [title_key(record.title), record.pmid is None],
    )
    return [str(row[0]) for row in rows]


def _by_title(record: Record) -> bool:
    return len(title_key(record.title)) >= _TITLE_LONG_ENOUGH


def _compatible(db: Database, record: Record, found: list[str]) -> tuple[str, ...]:
    """Those that contradict neither the record nor each other."""
    kept: list[str] = []
    so_far = record
    for record_id in found:
        known = load_record(db, record_id)
        if not contradict(known, so_far):
            kept.append(record_id)
            so_far = merged(so_far, known)
    places = ", ".join("?" * len(kept))
    rows = db.execute(f"SELECT record_id FROM records WHERE record_id IN ({places}) ORDER BY rowid", kept)
    return tuple(str(row[0]) for row in rows)


def _insert(db: Database, record: Record) -> str:
    record_id = _mint(db, record)
    _write(db, record_id, record)
    _name(db, record_id, record)
    return record_id


def _mint(db: Database, record: Record) -> str:
    """Made from the first identifier, so that two databases name the same paper alike."""
    named = next((f"{scheme}:{getattr(record, scheme)}" for scheme in _STRONG if getattr(record, scheme)), "")
    digest = hashlib.sha256((named or f"{title_key(record.title)}|{record.year}|{record.authors}").encode()).hexdigest()
    length = 8
    while _taken(db, f"r{digest[:length]}"):
        length += 1
    return f"r{digest[:length]}"


def _taken(db: Database, record_id: str) -> bool:
    """Whether a record has the id, or had it: cases are named after it and may outlive it."""
    return bool(
        db.execute(
            "SELECT 1 FROM records WHERE record_id = :id UNION ALL "
            "SELECT 1 FROM identifiers WHERE scheme = 'alias' AND value = :id",
            {"id": record_id},
        ).fetchone()
    )


def _write(db: Database, record_id: str, record: Record) -> None:
    row = {
        "record_id": record_id,
        "pmid": record.pmid,
        "pmcid": record.pmcid,
        "doi": record.doi,
        "title": record.title,
        "authors": "; ".join(record.authors),
        "journal": record.journal,
        "year": record.year,
        "publication_types": "; ".join(record.publication_types),
        "status": record.status,
        "revised": str(record.revised) if record.revised else None,
    }
    upsert(db, "records", row, key="record_id")
    upsert(db, "bibliographies", {"record_id": record_id, "entry": record_to_json(record)}, key="record_id")


def _name(db: Database, record_id: str, record: Record) -> None:
    names = [(scheme, getattr(record, scheme)) for scheme in _STRONG] + [("title", title_key(record.title))]
    rows = [(scheme, value, record_id) for scheme, value in names if value]
    db.conn.executemany("INSERT OR IGNORE INTO identifiers VALUES (?, ?, ?)", rows)
