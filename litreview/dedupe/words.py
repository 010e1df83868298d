"""Text as it is compared: small Latin letters and digits, without the accents and markup it was printed with."""

import html
import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and Greek ones, which one source prints and the next spells out.
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_LATIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_LETTERS = str.maketrans(_GREEK | _LATIN | dict.fromkeys("'’‘ʼ`´", ""))
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Words in small letters, without accents, markup and punctuation; `α` is `alpha`, `ß` is `ss`."""
    if text.isascii() and "&" not in text and "<" not in text and "'" not in text and "`" not in text:
        return " ".join(_WORDS.findall(text.lower()))
    bare = unicodedata.normalize("NFKD", _MARKUP.sub("", html.unescape(text))).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(bare.translate(_LETTERS)))


@lru_cache(maxsize=65_536)
def abbreviates(short: str, long: str) -> bool:
    """Whether one word may stand for another: the same first letter, and its other letters in their order.

    >>> abbreviates("natl", "national"), abbreviates("med", "mind")
    (True, False)
    """
    if long.startswith(short):
        return True
    if not short or not long or short[0] != long[0] or len(short) > len(long):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
