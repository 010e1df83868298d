"""A text in tokens, as vocabularies and rules of tokens see it."""

from litreview.extract.lexicon import tokenizer


def test_a_letter_that_ends_a_sentence_is_a_token_without_the_stop() -> None:
    assert [token.text for token in tokenizer()("of group d. He")] == ["of", "group", "d", ".", "He"]
