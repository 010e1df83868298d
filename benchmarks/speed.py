"""Speed of extraction: kB of text a second on one core, for short and long documents, and the cost of loading the rules.

python benchmarks/speed.py [--copies 20]
"""

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from litreview import readers, resources, rules
from litreview.extract import extract
from litreview.model.document import Document


def main() -> None:
    """Print one line per measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=3, help="how often the corpus is read")
    copies = parser.parse_args().copies
    started = time.perf_counter()
    topic = rules.load("anti_cd38_cytopenia")
    print(f"rules loaded: {time.perf_counter() - started:.2f} s")
    documents = list(corpus())
    started = time.perf_counter()
    extract(documents[0], topic)
    print(f"first document, patterns compiled: {time.perf_counter() - started:.2f} s")
    for name, chosen in (
        ("abstracts", [document for document in documents if document.kind == "abstract"]),
        ("full texts", [document for document in documents if document.kind == "fulltext"]),
    ):
        run(name, chosen, copies, topic)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def run(name: str, documents: list[Document], copies: int, topic: object) -> None:
    """Extract from every document `copies` times; ids differ, so that nothing is taken from a cache."""
    size = sum(len(document.text.encode()) for document in documents) * copies / 1000
    started = time.perf_counter()
    for copy in range(copies):
        for document in documents:
            extract(replace(document, document_id=f"{document.document_id}-{copy}"), topic)  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    mean = size / len(documents) / copies
    print(f"{name}: {len(documents)} x {copies}, mean {mean:.1f} kB, {size / seconds:.0f} kB/s on one core")


def corpus() -> Iterator[Document]:
    """Every document of the demonstration corpus."""
    folder = resources.corpus_dir()
    paths: list[Path] = [folder / "pubmed.xml", *sorted((folder / "pmc").glob("*.xml"))]
    for path in paths:
        for item in readers.read_path(path):
            if isinstance(item, tuple) and item[1] is not None:
                yield item[1]


if __name__ == "__main__":
    main()
