"""From a document to sentences and mentions."""

from dataclasses import replace

from litreview.extract.glued import without_glued
from litreview.extract.lexicon import lexicon
from litreview.extract.parsed import Parsed
from litreview.extract.sentences import sentences
from litreview.model.document import Document
from litreview.model.topic import Topic


def parse(document: Document, topic: Topic) -> Parsed:
    """The document with its sentences, and every concept of the topic that it mentions."""
    parsed = _parse(document, topic)
    legible = without_glued(document.text, parsed.mentions)
    if legible == document.text:
        return parsed
    return replace(_parse(replace(document, text=legible), topic), as_printed=document.text)


def _parse(document: Document, topic: Topic) -> Parsed:
    words = lexicon(topic)
    doc = words.tokens(document.text)
    mentions = words.mentions(doc, document.text)
    return Parsed(document=document, doc=doc, sentences=sentences(document), mentions=mentions)
