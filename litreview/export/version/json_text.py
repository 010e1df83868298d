"""A version as JSON."""

import json
from dataclasses import asdict
from typing import TextIO

from litreview.export.version.lsr import items
from litreview.model.change import Version


def write_json(version: Version, stream: TextIO) -> int:
    """Write one object; how many changes it tells."""
    told = {
        "version": version.number,
        "made_at": version.made_at,
        "command": version.command,
        "topic": version.topic,
        "title": version.title,
        "previous_at": version.previous_at or None,
        "made_with": asdict(version.made_with),
        "previous_with": asdict(version.previous_with),
        "searches": [asdict(asked) for asked in version.searches],
        "changes": [asdict(change) for change in version.changes],
        "shifts": [asdict(shift) for shift in version.shifts],
        "flow": [asdict(box) for box in version.flow],
        "flow_before": [asdict(box) for box in version.flow_before],
        "waiting": version.waiting,
        "people": version.people,
        "reports": {name: asdict(named) for name, named in version.names.items()},
        "cases": version.labels,
        "prisma_lsr": [asdict(item) for item in items(version)],
    }
    json.dump(told, stream, ensure_ascii=False, indent=2, allow_nan=False)
    stream.write("\n")
    return len(version.changes)
