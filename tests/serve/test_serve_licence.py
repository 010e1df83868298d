import pytest

from litreview.serve.licence import may_show_whole


@pytest.mark.parametrize(
    "licence",
    [
        "https://creativecommons.org/licenses/by/4.0/",
        "http://creativecommons.org/licenses/by-nc-nd/4.0/",
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "Open access under the terms of the Creative Commons Attribution License.",
        "CC BY-NC",
        "cc0",
        "This article is in the public domain in the USA.",
    ],
)
def test_a_free_licence_lets_the_whole_text_show(licence):
    assert may_show_whole(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "",
        "All rights reserved.",
        "Open access",
        "© 2021 The Authors",
        "This is not a Creative Commons licence.",
        "accBYx",
    ],
)
def test_where_nothing_is_allowed_the_text_does_not_show(licence):
    assert not may_show_whole(licence)
