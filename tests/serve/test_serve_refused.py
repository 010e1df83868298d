"""What is not given is said in a sentence, on a page of ours with a way back."""

import pytest
from serve_values import Visitor, soup


@pytest.fixture
def desk(served, copy):
    return served(copy, settings_of_plugin={"reviewers": {"id": ["ada"]}})


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/copy/-/case/nobody", 404, "There is no case nobody"),
        ("/copy/-/report/none", 404, "There is no report none"),
        ("/copy/-/patient/none", 404, "There is no patient none"),
        ("/copy/nothing", 404, "Table not found"),
        ("/copy/-/changed?version=99", 404, "There is no changed"),
        ("/copy/-/export/cases.exe", 404, "This is not written as .exe"),
        ("/copy/-/act/decide", 404, "Decisions are sent by a form"),
        ("/copy/cases?_sort=nothing", 400, "it has no such column"),
        ("/copy/cases?nothing=1", 400, "cases has no column nothing to filter by"),
        ("/copy/cases?_where=nonsense+(", 400, "syntax error"),
        ("/copy/documents", 403, "permission"),
        ("/-/litreview/sign-in?ticket=forged", 403, "take the one it prints now"),
    ],
)
def test_a_page_that_is_not_given_says_why_and_leads_back(desk, address, status, sentence):
    answer = Visitor(desk).ask("get", address)
    page = soup(answer)
    assert answer.status_code == status
    assert sentence in " ".join(page.select_one("main").text.split())
    assert page.select_one('a[href="/copy/cases?case_source=own&eligible=yes"]') is not None
    assert "script-src" in answer.headers["content-security-policy"]


def test_a_query_that_takes_too_long_says_so_without_a_script(served, copy):
    slow = "with+recursive+n(k)+as+(select+1+union+all+select+k%2B1+from+n)+select+count(*)+from+n"
    answer = Visitor(served(copy, settings={"sql_time_limit_ms": 20})).ask("get", f"/copy/cases?_where=({slow})")
    assert answer.status_code == 400
    assert "took too long" in soup(answer).select_one("main").text


def test_an_error_that_nobody_foresaw_is_printed_and_not_shown(desk, monkeypatch, capfd):
    def broken(*_):
        raise RuntimeError("the secret")

    monkeypatch.setattr("litreview.serve.history.latest", broken)
    answer = Visitor(desk).ask("get", "/copy/-/decisions")
    assert answer.status_code == 500
    assert "the secret" not in answer.text
    assert "the server's own output says more" in soup(answer).select_one("main").text
    assert "the secret" in capfd.readouterr().err


def test_data_that_is_not_given_says_so_as_data(desk):
    answer = Visitor(desk).ask("get", "/copy/cases.json?_sort=nothing")
    assert answer.status_code == 400
    assert "no such column" in answer.json()["error"]


@pytest.mark.parametrize(
    ("name", "token", "sentence"),
    [
        (None, "", "a sign-in ends with the server that gave it"),
        ("eve", "", "Only a reviewer who is signed in decides"),
        ("ada", "forged", "go back, load the page again, and decide there"),
        ("ada", "", "go back, load the page again, and decide there"),
    ],
    ids=["signed out", "no reviewer", "forged token", "no token"],
)
def test_a_form_that_is_not_taken_says_why(desk, ids, name, token, sentence):
    visitor = Visitor(desk, name)
    visitor.open(f"/copy/-/case/{ids['1#1']}")
    visitor.token = token
    answer = visitor.decide(ids["1#1"], "age_years", "correct", value="35")
    assert answer.status_code == 403
    assert sentence in soup(answer).select_one("main").text


def test_a_form_for_a_case_that_went_meanwhile_is_told_on_the_page(desk, ids):
    ada = Visitor(desk, "ada")
    ada.open(f"/copy/-/case/{ids['1#1']}")
    answer = ada.send("decide", subject="nobody", attribute="age_years", action="correct", value="35", page="queue")
    assert answer.status_code == 303, answer.text
    assert "nobody" in ada.open("/copy/-/queue").select_one(".lr-trouble").text


def test_a_neighbour_s_errors_stay_as_they_were(served, neighbour, review):
    answer = Visitor(served(review, neighbour)).ask("get", "/neighbour/nothing")
    assert answer.status_code == 404
    assert "lr-head" not in answer.text
