import csv
import io
import json

import pytest
from serve_values import DOUBT, PROPOSED, TEXT, TITLE, marked, soup

POOLED = "/review/cases?eligible=yes&case_source=own"


def test_the_home_page_tells_question_counts_and_reasons(get):
    page = soup(get("/"))
    assert page.h1.text == "Antivenom after snake bites"
    assert "What happens to bitten people" in page.text
    assert [figure.text.strip() for figure in page.select(".lr-figures b")] == ["3", "4", "15"]
    assert "Last search 2026-01-02" in " ".join(page.text.split())
    (reason,) = page.select(".lr-reason")
    assert (reason.dt.text, reason.a["title"]) == ("retracted", "A retracted publication.")


def test_the_home_page_leads_to_pages_that_answer(get):
    page = soup(get("/"))
    links = {link["href"] for link in page.select("a[href]")} - {"https://datasette.io/", "#main"}
    assert POOLED.replace("eligible=yes&case_source=own", "case_source=own&eligible=yes") in links
    assert {"/review/outcome_by_grade", "/review/-/export/cases.csv", "/review/patients"} <= links
    for link in sorted(links):
        get(link)


def test_the_case_table_is_faceted_by_the_topic_s_facets(get):
    found = get("/review/cases.json?eligible=yes&case_source=own").json()
    assert set(found["facet_results"]) == {"grade", "outcome", "year"}
    counts = {value["value"]: value["count"] for value in found["facet_results"]["outcome"]["results"]}
    assert counts["alive"] == 2
    assert counts["dead"] == 1


def test_the_case_table_shows_facets_in_the_topic_s_order_by_their_words(get):
    page = soup(get(POOLED))
    assert [facet.select_one("strong").text for facet in page.select(".facet-info")] == ["Grade", "Outcome", "Year"]


def test_a_search_finds_cases_by_their_values(get):
    found = get("/review/cases.json?_shape=array&_search=polyval").json()
    assert len(found) == 3


def test_a_search_finds_passages_by_their_words(get):
    page = soup(get("/review/-/texts?q=lived"))
    assert {mark.text for mark in page.select("mark")} == {"lived"}
    assert page.select_one(".lr-items a")["href"].startswith("/review/-/report/")


def test_columns_bear_unit_and_definition(get):
    page = soup(get(POOLED))
    head = page.select_one("th.col-age_years")
    assert (head.a.text, head.small.text) == ("Age", "years")
    assert head["data-column-description"] == "Age at the bite (years)"
    assert (
        get("/-/metadata.json").json()["databases"]["review"]["tables"]["cases"]["columns"]["delay_days"]
        == "Bite to antivenom (days)"
    )


def test_the_case_comes_first_then_attributes_and_bookkeeping_last(get):
    names = [head["data-column"] for head in soup(get(POOLED)).select(".lr-table th")]
    assert names[:4] == ["case_id", "year", "age_years", "grade"]
    assert names.index("outcome") < names.index("title") < names.index("eligible")


def test_a_column_without_any_value_is_folded_and_can_be_had(get):
    page = soup(get(POOLED))
    assert page.select_one("th.col-igg_g_l") is None
    assert "folded: IgG" in " ".join(page.text.split())
    assert soup(get(f"{POOLED}&_all=1")).select_one("th.col-igg_g_l") is not None


def test_columns_that_the_reader_chose_stay_as_chosen(get):
    page = soup(get("/review/cases?_col=igg_g_l&_col=first_author"))
    assert [head["data-column"] for head in page.select(".lr-table th")] == ["case_id", "igg_g_l", "first_author"]


def test_every_value_leads_to_its_place_on_the_case_s_page(get, ids):
    page = soup(get(POOLED))
    row = next(row for row in page.select(".lr-table tbody tr") if "Patient 1" in row.td.text and "2021" in row.text)
    assert row.select_one("td.col-grade a")["href"] == f"/review/-/case/{ids['1#1']}#a-grade"
    assert row.select_one("td.col-delay_days").text.strip() == "> 2"
    assert "derived" in row.select_one("td.col-delay_days")["class"]
    assert "unsure" in row.select_one("td.col-grade")["class"]


def test_an_empty_cell_says_not_reported(get):
    page = soup(get(POOLED))
    row = next(row for row in page.select(".lr-table tbody tr") if "Patient 2" in row.td.text)
    assert row.select_one("td.col-grade").text.strip() == "not reported"


def test_a_decided_value_says_who_decided(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#2']}"))
    line = page.select_one("#a-age_years")
    assert "51" in line.select_one(".lr-value").text
    assert "decided by A. Reader" in " ".join(line.text.split())


def test_another_table_is_not_sorted_by_an_index_that_loses_rows(get):
    get("/review/evidence.json?_sort_desc=document_id", expect=500)  # so Datasette says it
    get("/review/evidence.json?_sort_desc=quote")


def test_the_case_page_shows_each_value_with_origin_rule_and_confidence(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#1']}"))
    told = {line["id"]: " ".join(line.text.split()) for line in page.select(".lr-line")}
    assert "34 years" in told["a-age_years"]
    assert "0.90 1.regex" in told["a-age_years"]
    assert "> 2 days derived from Outcome" in told["a-delay_days"]
    assert "1 not chosen III further from its anchor" in told["a-grade"]
    assert "Not reported: IgG" in " ".join(page.text.split())


def test_the_case_page_shows_what_speaks_against_a_value_and_what_is_proposed(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#2']}"))
    told = {line["id"]: " ".join(line.text.split()) for line in page.select(".lr-line")}
    assert DOUBT in told["a-delay_days"]
    assert f"not filled in IV {PROPOSED}" in told["a-grade"]


def test_a_doubted_value_is_marked_in_the_case_table(get, ids):
    page = soup(get(f"{POOLED}&_all=1"))
    row = next(row for row in page.select(".lr-table tbody tr") if ids["1#2"] in str(row))
    assert "unsure" in row.select_one("td.col-delay_days")["class"]


def test_the_case_page_highlights_exactly_the_quote(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#1']}"))
    anchors = set()
    for link in page.select(".lr-line a[data-all]"):
        anchors |= set(link["data-all"].split())
    assert len(anchors) == 6
    for anchor in anchors:
        start, end = (int(part) for part in anchor.split("-")[1:])
        assert marked(page, anchor) == TEXT[start:end]
        assert len(page.select(f'[id="{anchor}"]')) == 1


def test_the_case_page_shows_the_quote_beside_the_value(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#1']}"))
    quote = page.select_one("#a-grade q")
    assert quote.text == "grade II bites & <b>no</b> fever"
    assert [small.text for small in page.select("#a-delay_days .lr-part small")] == ["header"]


def test_a_paper_without_licence_shows_only_the_passages(get, ids):
    whole = soup(get(f"/review/-/case/{ids['1#1']}")).select_one(".lr-papers").text
    part = soup(get(f"/review/-/case/{ids['2#1']}")).select_one(".lr-papers").text
    assert "Nothing rests on this last sentence" in whole
    assert "Nothing rests on this last sentence" not in part
    assert "34-year-old man" in part


def test_the_course_is_told_in_days(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#1']}"))
    told = [" ".join(item.text.split()) for item in page.select(".lr-course li")]
    assert told == ["day 0 after bite bite", "day 2 ± 1 after bite antivenom: Polyval"]


def test_the_case_page_names_the_other_reports_of_the_patient(get, ids):
    page = soup(get(f"/review/-/case/{ids['1#1']}"))
    assert page.select_one(f'.lr-note a[href="/review/-/case/{ids["2#1"]}"]') is not None


def test_the_patient_s_page_puts_the_cases_beside_the_pooled_values(get, ids):
    case = soup(get(f"/review/-/case/{ids['1#1']}"))
    page = soup(get(case.select_one('.lr-note a[href*="/-/patient/"]')["href"]))
    assert len(page.select(".lr-side thead th")) == 3
    assert [cell.text.strip() for cell in page.select("#a-age_years td")] == ["34", "34", "34"]


def test_the_report_page_puts_its_cases_beside_each_other(get, ids):
    page = soup(get(f"/review/-/report/{ids['1']}"))
    assert page.h1.text == TITLE
    assert [head.text for head in page.select(".lr-side thead th")] == ["Patient 1", "Patient 2"]
    assert [cell.text.strip() for cell in page.select("#a-delay_days td")] == ["> 2", "9"]
    assert {link.text for link in page.select(".lr-head a")} == {"PubMed", "PMC", "DOI"}


def test_a_retracted_report_says_so_and_why_it_is_out(get, ids):
    page = soup(get(f"/review/-/report/{ids['3']}"))
    assert "Retracted" in page.select_one(".lr-retracted").text
    assert page.select_one(".lr-no").text == "excluded: retracted"
    assert "A retracted publication." in page.text


def test_a_saved_question_answers(get):
    rows = get("/review/outcome_by_grade.json?_shape=array").json()
    assert {"grade": "II", "outcome": "alive", "patients": 1} in rows
    assert "Outcome by grade" in get("/review/outcome_by_grade").text


@pytest.mark.parametrize(
    "address",
    [
        "/review/-/case/none",
        "/review/-/report/none",
        "/review/-/patient/none",
        "/review/-/export/cases.exe",
        "/review/-/export/sqlite_master.csv",
        "/other/-/case/x",
    ],
)
def test_what_is_not_there_is_not_found(get, address):
    get(address, expect=404)


def test_a_whole_table_comes_as_the_export_writes_it(get):
    answer = get("/review/-/export/cases.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 4
    assert answer.headers["content-disposition"] == 'attachment; filename="review-cases.csv"'
    assert next(row for row in rows if row["pmid"] == "4")["antivenom"] == "'=cmd()"
    assert len(json.loads(get("/review/-/export/patients.json").text)) == 3
    assert get("/review/-/export/findings.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
def test_hostile_text_stays_text_on_every_page(get, ids, key):
    addresses = ["/", POOLED, "/review/records", "/review/findings", "/review/evidence", f"/review/records/{ids[key]}"]
    addresses.append(f"/review/-/report/{ids[key]}")
    addresses += [f"/review/-/case/{ids[f'{key}#1']}"] if key != "3" else []
    for address in addresses:
        page = soup(get(address))
        assert not page.select("img, [onerror]"), address
        assert not any("alert(" in script.text for script in page.select("script")), address
        assert not any(link["href"].strip().lower().startswith("javascript:") for link in page.select("a[href]")), (
            address
        )
        assert "\u202e" not in page.select_one("main, section.content").text, address


def test_an_enormous_title_does_not_fill_the_page(get, ids):
    assert len(get(f"/review/-/report/{ids['4']}").text) < 20_000
    assert len(get(POOLED).text) < 100_000


def test_our_pages_load_nothing_from_elsewhere_and_run_no_foreign_script(get, ids):
    for address in ("/", POOLED, f"/review/-/case/{ids['1#1']}", "/review", "/review/outcome_by_grade"):
        answer = get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        page = soup(answer)
        loaded = [tag.get("src") or tag.get("href") for tag in page.select("script[src], link[rel=stylesheet], img")]
        assert loaded
        assert all(url.startswith("/") and not url.startswith("//") for url in loaded)


def test_the_policy_allows_the_scripts_that_datasette_s_own_pages_bear(get):
    import base64
    import hashlib

    for address in (POOLED, "/review", "/review?sql=select+1", "/review/outcome_by_grade", "/review/findings"):
        answer = get(address)
        for script in soup(answer).select("script:not([src])"):
            digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in answer.headers["content-security-policy"], (address, script.text[:80])


def test_a_plugin_s_user_may_widen_the_policy(served, review, get):
    other = served(review, settings_of_plugin={"content_security_policy": "default-src *"})
    assert get("/review", of=other).headers["content-security-policy"] == "default-src *"


def test_raw_sql_still_works(get):
    assert get("/review.json?sql=select+count(*)+as+n+from+cases&_shape=array").json() == [{"n": 4}]
    get("/review.json?sql=delete+from+cases", expect=400)


def test_a_case_id_in_a_query_s_answer_leads_to_the_case(get, ids):
    page = soup(get("/review?sql=select+case_id,+doi+from+cases+order+by+case_id"))
    assert f"/review/-/case/{ids['1#1']}" in {link["href"] for link in page.select("td a")}


def test_a_knowledge_base_whose_topic_is_gone_is_served_with_a_sentence(served, review, get, ids, tmp_path):
    other = served(review, settings_of_plugin={"rules": str(tmp_path)})
    assert "rules cannot be used" in get("/", of=other).text
    get(f"/review/-/case/{ids['1#1']}", of=other)
    get(POOLED, of=other)


def test_only_a_demonstration_says_that_it_is_fictional(served, review, get, ids, tmp_path):
    import shutil
    import sqlite3
    from contextlib import closing

    copy = tmp_path / "demo.db"
    with closing(sqlite3.connect(review)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(review, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO meta VALUES ('demo', 'yes')")
    demo = served(copy)
    for address in ("/", "/demo/cases", f"/demo/-/case/{ids['1#1']}", f"/demo/-/report/{ids['1']}", "/demo"):
        assert "Fictional demonstration corpus" in get(address, of=demo).text
        assert "Fictional demonstration corpus" not in get(address.replace("demo", "review")).text


def test_pages_answer_while_others_write(get, review, rules_dir, ids):
    from litreview import store

    with store.open_database(review) as db, store.transaction(db):
        db.execute("UPDATE meta SET value = value")
        get(f"/review/-/case/{ids['1#1']}")
        get(POOLED)


def test_of_many_candidates_the_nearest_are_shown_and_the_others_linked(served, get, tmp_path, rules_dir):
    from litreview import rules, store
    from litreview.model.bibliography import Record
    from litreview.model.case import Candidate, Case, Finding
    from litreview.model.review import Verdict

    topic = rules.load("snake_bites", rules_dir)
    lost = tuple(Candidate(Finding("grade", "I", (), confidence=n / 100), f"reason {n}") for n in range(40))
    with store.open_database(tmp_path / "many.db", topic=topic, create=True) as db:
        report = store.save_record(db, Record("Many", "9"))
        case = Case("P1", 1, "own", (), lost)
        (case_id,) = store.save_report_cases(
            db, report, (case,), Verdict(True), topic=topic, derive=lambda found, events: found
        )
    page = soup(get(f"/many/-/case/{case_id}", of=served(tmp_path / "many.db")))
    line = page.select_one("#a-grade")
    assert [tag.text for tag in line.select(".lr-lost .lr-tag")][:2] == ["reason 39", "reason 38"]
    assert len(line.select(".lr-lost")) == 12
    assert line.select("details a")[-1].text == "All 40"


def test_every_pooled_figure_leads_to_exactly_the_cases_it_counts(get):
    page = soup(get("/review/-/figures"))
    links = [(row.a.text.split()[0], row.a["href"]) for row in page.select(".lr-chart tr") if row.a]
    assert links
    for count, address in links:
        path, _, query = address.partition("?")
        assert len(get(f"{path}.json?{query}&_shape=array").json()) == int(count)


def test_the_home_page_leads_to_all_figures(get):
    assert "/review/-/figures" in {link["href"] for link in soup(get("/")).select("a[href]")}
