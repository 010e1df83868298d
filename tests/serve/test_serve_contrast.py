"""WCAG 2.2 AA: what is written stands out from its ground by 4.5 to 1, marks and borders of inputs by 3 to 1."""

import re
from pathlib import Path

import pytest

import litreview.serve.plugin

CSS = (Path(litreview.serve.plugin.__file__).parent / "static" / "litreview.css").read_text(encoding="utf-8")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")

TEXT = [
    *[(ink, ground) for ink in ("ink", "soft", "accent", "bad", "good") for ground in ("ground", "card")],
    *[(ink, "tint") for ink in ("ink", "soft", "accent", "good")],
    ("ink", "mark"),
    ("ink", "lit"),
    ("soft", "mark"),
    ("on-accent", "accent"),
    ("bad", "bad-tint"),
    ("good", "good-tint"),
    ("warn", "warn-tint"),
    ("warn", "card"),
    *[("ink", f"hue-{n}") for n in range(8)],
]
MARKS = [("accent", "ground"), ("accent", "card"), ("soft", "card"), ("warn", "card")]


def palette(scheme):
    """The colours of a scheme: those of the dark one are in blocks of their own."""
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) \{(.*?)\n\}", CSS, re.DOTALL)
    light = CSS
    for block in dark:
        light = light.replace(block, "")
    text = light if scheme == "light" else light + "\n".join(dark)
    hues = re.findall(r"\.lr-hue-(\d) \{ --hue: (#[0-9a-f]{6}); \}", text)
    return dict(_COLOUR.findall(text)) | {f"hue-{n}": colour for n, colour in hues}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_known_to_be_21_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_schemes_are_told_apart():
    assert luminance(palette("light")["ground"]) > luminance(palette("dark")["ground"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT, ids=["-on-".join(pair) for pair in TEXT])
def test_text_can_be_read(scheme, ink, ground):
    colours = palette(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS, ids=["-on-".join(pair) for pair in MARKS])
def test_marks_can_be_seen(scheme, mark, ground):
    colours = palette(scheme)
    assert contrast(colours[mark], colours[ground]) >= 3
