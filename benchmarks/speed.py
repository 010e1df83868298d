"""Speed of extraction: kB of text a second on one core, for short and long documents, and what the first one costs.

python benchmarks/speed.py [--copies 5] [--growth [10000]]
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from litreview import readers, resources, rules
from litreview.extract import breaks, concepts, extract, sieves
from litreview.extract.amounts import habits, numbers
from litreview.extract.tables import heads
from litreview.extract.timeline import resets, tabled
from litreview.model import loose
from litreview.model.document import Document, Span, Table
from litreview.model.topic import Topic
from litreview.steps.collector import collect_seldom

# What is kept of texts that were read. Copies of a text must not profit from it.
KEPT = (
    resets._told,
    tabled._named,
    sieves._passing,
    sieves.may_hold_within,
    concepts._kept,
    heads._head,
    loose.plain,
    numbers.numbers,
    breaks.parts,
    habits.habit,
    heads._held,
)


def main() -> None:
    """Print one line per measure; seconds are those of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=5, help="how often the corpus is read")
    parser.add_argument(
        "--growth", type=int, nargs="?", const=10_000, help="cost and memory of so many documents beside 100"
    )
    options = parser.parse_args()
    collect_seldom()  # as every command does
    started = time.process_time()
    topic = rules.load("anti_cd38_cytopenia")
    print(
        f"rules loaded: {time.process_time() - started:.2f} s; {look_up():.0f} ns to look up a number among a million"
    )
    documents = list(corpus())
    started = time.process_time()
    extract(documents[0], topic)
    print(f"first document, patterns compiled: {time.process_time() - started:.2f} s")
    print(
        f"a command from its start to the end of one document: {min(from_start(documents[0]) for _ in range(3)):.2f} s"
    )
    fulltexts = [document for document in documents if document.kind == "fulltext"]
    run("abstracts", [document for document in documents if document.kind == "abstract"], options.copies, topic)
    run("full texts", fulltexts, options.copies, topic)
    run("5 kB", list(joined(fulltexts, 5_000)), options.copies, topic)
    run("40 kB", list(joined(fulltexts, 40_000)), options.copies, topic)
    if options.growth:
        grow(documents, topic, many=options.growth)
    print(f"peak memory: {peak_memory():.0f} MB; {look_up():.0f} ns to look up a number among a million")
    once("texts of other authors, each read once", list(others()), topic)


def from_start(document: Document) -> float:
    """Seconds of the processor that a command takes which reads one text: Python, modules, rules, patterns, and all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "litreview", "rules", "explain", document.text]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def grow(documents: Sequence[Document], topic: Topic, *, few: int = 100, many: int) -> None:
    """What a document of the corpus costs among a few and among many, each of them another text, and what memory grows.

    The few are as many rounds through the corpus as come nearest to their number, so that both are alike.
    """
    few = round(few / len(documents)) * len(documents)
    first = timed(varied(documents, few), topic) / few
    before = peak_memory()
    each = (timed(varied(documents, many - few, seed=few), topic) + first * few) / many
    print(f"growth: {1000 * first:.1f} ms each of {few} documents, {1000 * each:.1f} ms each of {many:,}", end=", ")
    print(f"{100 * (each / first - 1):+.0f} %, memory {peak_memory() - before:+.0f} MB")


def varied(documents: Sequence[Document], number: int, seed: int = 0) -> Iterator[Document]:
    """The documents again and again, each time with other figures in their texts."""
    chance = random.Random(seed)
    for document in islice(cycle(documents), number):
        text = re.sub(r"[1-9]", lambda _: str(chance.randint(1, 9)), document.text)
        yield replace(document, text=text)


def run(name: str, documents: Sequence[Document], copies: int, topic: Topic) -> None:
    """Extract from every document `copies` times, once more before for what is compiled.

    What else goes on in a machine, or beside a virtual one, only adds: the least time of each document comes nearest to
    what it costs.
    """
    for document in documents:
        extract(document, topic)
    rounds = [[timed([document], topic) for document in documents] for _ in range(copies)]
    least, mean = sum(map(min, zip(*rounds, strict=True))), sum(map(sum, rounds)) / copies
    size = sum(len(document.text.encode()) for document in documents) / 1000
    print(f"{name}: {len(documents)} x {copies}, mean {size / len(documents):.1f} kB", end=", ")
    print(f"{size / least:.0f} kB/s at best, {1000 * least / len(documents):.1f} ms each", end="; ")
    print(f"{size / mean:.0f} kB/s on average")


def once(name: str, documents: Sequence[Document], topic: Topic) -> None:
    """Extract from texts that were never read before: many of their words are met for the first time."""
    seconds = timed(documents, topic)
    size = sum(len(document.text.encode()) for document in documents) / 1000
    print(f"{name}: {len(documents)}, mean {size / len(documents):.1f} kB, {size / seconds:.0f} kB/s")


def timed(documents: Iterable[Document], topic: Topic) -> float:
    """Seconds to extract from the documents, nothing kept from one to the next."""
    seconds = 0.0
    for document in documents:
        for kept in KEPT:
            kept.cache_clear()
        started = time.process_time()
        extract(document, topic)
        seconds += time.process_time() - started
    return seconds


def look_up() -> float:
    """Nanoseconds in which Python looks up a number in a table larger than the caches: how fast the machine is now.

    Reading a paper waits for memory above all, and how fast a virtual machine's memory is depends on its neighbours.
    """
    table = {number: str(number) for number in range(1_000_000)}
    asked = random.Random(0).sample(range(len(table)), 200_000)
    started = time.process_time()
    for number in asked:
        len(table[number])
    return 1e9 * (time.process_time() - started) / len(asked)


def peak_memory() -> float:
    """The most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def corpus() -> Iterator[Document]:
    """Every document of the demonstration corpus."""
    folder = resources.corpus_dir()
    paths: list[Path] = [folder / "pubmed.xml", *sorted((folder / "pmc").glob("*.xml"))]
    for path in paths:
        yield from read(path)


def others() -> Iterator[Document]:
    """Every document of the reports that were written to test what has never been seen."""
    for folder in sorted((Path(__file__).parents[1] / "tests" / "unseen").iterdir()):
        for path in [folder / "pubmed.xml", *sorted((folder / "pmc").glob("*.xml"))]:
            if path.exists():
                yield from read(path)


def read(path: Path) -> Iterator[Document]:
    """The documents of a file."""
    for item in readers.read_path(path):
        if isinstance(item, tuple) and item[1] is not None:
            yield item[1]


def joined(documents: Sequence[Document], size: int) -> Iterator[Document]:
    """Documents of about `size` characters, each made of several one after another."""
    whole: Document | None = None
    for document in documents:
        whole = _append(whole, document) if whole else document
        if len(whole.text) >= size:
            yield whole
            whole = None


def _append(first: Document, second: Document) -> Document:
    offset = len(first.text) + 2
    return replace(
        first,
        document_id=f"{first.document_id}+{second.document_id}",
        text=f"{first.text}\n\n{second.text}",
        sections=(*first.sections, *(replace(one, span=_moved(one.span, offset)) for one in second.sections)),
        paragraphs=(*first.paragraphs, *(_moved(one, offset) for one in second.paragraphs)),
        tables=(*first.tables, *(_moved_table(one, offset) for one in second.tables)),
    )


def _moved_table(table: Table, offset: int) -> Table:
    return replace(
        table,
        span=_moved(table.span, offset),
        cells=tuple(replace(cell, span=_moved(cell.span, offset)) for cell in table.cells),
        caption=_moved(table.caption, offset) if table.caption else None,
        foot=tuple(_moved(one, offset) for one in table.foot),
    )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


if __name__ == "__main__":
    main()
