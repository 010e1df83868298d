"""From a document to sentences and mentions."""

from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.glued import without_glued
from litreview.extract.lexicon import lexicon, other_words
from litreview.extract.parsed import Mention, Parsed
from litreview.extract.sentences import sentences
from litreview.model.document import Document
from litreview.model.topic import Topic


def parse(document: Document, topic: Topic) -> Parsed:
    """The document with its sentences, and every concept it mentions that is asked for where it is mentioned."""
    parsed = _parse(document, topic)
    legible = without_glued(document.text, _of_all_vocabularies(parsed, topic))
    if legible == document.text:
        return parsed
    return replace(_parse(replace(document, text=legible), topic), as_printed=document.text)


def _parse(document: Document, topic: Topic) -> Parsed:
    words = lexicon(topic)
    doc = words.tokens(document.text)
    mentions = words.mentions(doc, document.text)
    return Parsed(document=document, doc=doc, sentences=sentences(document), mentions=mentions)


def _of_all_vocabularies(parsed: Parsed, topic: Topic) -> Iterator[Mention]:
    yield from parsed.mentions
    yield from other_words(topic).mentions(parsed.doc, parsed.document.text)
