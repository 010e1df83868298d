import pytest
from extract_told import topic

from litreview.extract.people.labels import key, labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient 1 had a rash", [("1",)]),
        ("Pt A: 4-yo M", [("A",)]),
        ("#1, #4 and #5 relapsed", [("1", "4", "5")]),
        ("in two (#2, #6)", [("2", "6")]),
        ("patients 2-4 and P1", [("2", "3", "4", "1")]),
        ("cases 1 to 3 recovered", [("1", "2", "3")]),
        ("Case No. 2 was older", [("2",)]),
        ("UPN 117 and UPN 203", [("117", "203")]),
        ("UPN117 died", [("117",)]),
        ("patient (ii) died", [("2",)]),
        ("Patient II died", [("2",)]),
        ("case two died", [("2",)]),
        ("patient M.K. died", [("MK",)]),
        ("100% in patients 2, 4, and 5 and 94% in patient 1", [("2", "4", "5"), ("1",)]),
        ("patient 2 and 3 doses of it", [("2",)]),
        ("patients 12-17 years of age", []),
        ("patients 18 years or older", []),
        ("the patients 5 and older", []),
        ("P = .02 and P1187", []),
        ("Patient: O positive", []),
        ("Donor A Rh+, recipient A Rh+", []),
        ("recipient B+, donor O+", []),
        ("the patient A (donor: O)", [("A",)]),
        ("Case 21-2022: a man with anemia", []),
        ("Patients 21-22 died", [("21", "22")]),
        ("Donor A Rh+, recipient A Rh+.", []),
        ("recipient B positive", []),
        ("Patient A was positive for anti-I", [("A",)]),
        ("Patient B: donor AB", [("B",)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_labels_are_read_alone_in_lists_and_in_ranges(text, expected):
    assert [label.keys for label in labels(text, topic())] == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Patient No. 2", "2"),
        ("P2", "2"),
        ("2*", "2"),
        ("4†", "4"),
        ("B", "B"),
        ("47/F", ""),
        ("The sister (J.)", "J"),
        ("Older boy (M.K.)", "MK"),
        ("Toxicity (A)", ""),
        ("Cohort (B)", ""),
        ("Harcastle et al6", ""),
    ],
)
def test_a_label_printed_alone_has_a_key(printed, expected):
    assert key(printed, topic()) == expected
