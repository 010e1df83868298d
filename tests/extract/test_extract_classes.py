"""Names of classes among the items of a list."""

import pytest

from litreview.extract.classes import members_first
from litreview.model.case import Finding
from litreview.rules import load

TOPIC = load("anti_cd38_cytopenia")


def kept(*values):
    findings = tuple(Finding("prior_therapies", value, ()) for value in values)
    held, dropped = members_first(findings, TOPIC)
    return [finding.value for finding in held], [(lost.finding.value, lost.reason) for lost in dropped]


@pytest.mark.parametrize(
    ("values", "members", "classes"),
    [
        pytest.param(
            ("proteasome inhibitor", "rituximab", "bortezomib"),
            ["rituximab", "bortezomib"],
            [("proteasome inhibitor", "is the class of bortezomib")],
            id="a-class-beside-its-member",
        ),
        pytest.param(("proteasome inhibitor", "eltrombopag"), ["proteasome inhibitor", "eltrombopag"], [], id="alone"),
        pytest.param(("eltrombopag", "romiplostim"), ["eltrombopag", "romiplostim"], [], id="two-members"),
        pytest.param(
            ("corticosteroids", "erythropoiesis-stimulating agents"),
            ["corticosteroids", "erythropoiesis-stimulating agents"],
            [],
            id="names-that-stand-for-their-members",
        ),
    ],
)
def test_a_class_gives_way_to_a_member_in_the_same_list(values, members, classes):
    assert kept(*values) == (members, classes)
