import pytest

from litreview.store.identity import Identity, match


def known(case_id: str, label: str = "", *, source: str = "own", spans: int = 0, **marks: str) -> Identity:
    places = tuple(("d1", n, n + 1) for n in range(spans))
    return Identity(case_id, source, label, tuple(sorted(marks.items())), places)


def ids(cases: list[Identity], before: list[Identity]) -> tuple[str, ...]:
    return match(tuple(cases), tuple(before), record_id="r1")


def test_first_cases_are_numbered_in_their_order() -> None:
    assert ids([known("", "A"), known("", "B")], []) == ("r1-1", "r1-2")


def test_a_label_is_known_again_however_it_is_written() -> None:
    before = [known("r1-1", "Patient 1"), known("r1-2", "Patient 2")]
    assert ids([known("", "patient #2"), known("", "PATIENT 1")], before) == ("r1-2", "r1-1")


def test_marks_tell_cases_apart_whose_labels_have_changed() -> None:
    before = [known("r1-1", "the girl", age="5", sex="f"), known("r1-2", "the boy", age="9", sex="m")]
    assert ids([known("", "Case 1", age="9", sex="m"), known("", "Case 2", age="5", sex="f")], before) == (
        "r1-2",
        "r1-1",
    )


def test_shared_words_tell_cases_apart_that_have_no_marks() -> None:
    assert ids([known("", "Case 1", spans=3)], [known("r1-1", "the man"), known("r1-2", "x", spans=2)]) == ("r1-2",)


def test_a_new_patient_gets_a_number_that_nobody_had() -> None:
    before = [known("r1-1", "Patient 1", age="5")]
    assert ids([known("", "Patient 7", age="44")], before) == ("r1-2",)


def test_a_cited_case_never_becomes_an_own_one() -> None:
    assert ids([known("", "Patient 1")], [known("r1-1", "Patient 1", source="cited")]) == ("r1-2",)


def test_a_record_that_took_over_another_keeps_the_ids_of_its_cases() -> None:
    assert ids([known("", "Patient 1")], [known("r0-1", "Patient 1")]) == ("r0-1",)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_no_id_is_given_twice(n: int) -> None:
    given = ids([known("", "Patient", age="5")] * n, [known("r1-1", "Patient", age="5")])
    assert len(set(given)) == n
