"""The pages in a real browser: read, facet, decide, undo, mark words; a paper that means no good changes nothing."""

import csv
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager

import pytest
from serve_values import TITLE, first_patient, second_patient

from litreview import store
from litreview.model.case import DocumentCase

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install litreview[test]")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")

PATIENCE = 90_000  # of a machine that is busy with other tests
sync_api.expect.set_options(timeout=PATIENCE)
POOLED = "/copy/cases?case_source=own&eligible=yes"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as which tests run in containers.
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@contextmanager
def serving(path, rules_dir):
    """The server's address, and the address that signs each reviewer in."""
    command = [sys.executable, "-m", "litreview", "serve", str(path), "--port", "0", "--rules", str(rules_dir)]
    people = ["--reviewer", "ada", "--reviewer", "ben", "--reviewer", "cid"]
    process = subprocess.Popen([*command, *people], stdout=subprocess.PIPE, text=True)
    try:
        home, ada, ben, cid = (re.search(r"http\S+", process.stdout.readline())[0] for _ in range(4))
        yield home.rstrip("/"), {"ada": ada, "ben": ben, "cid": cid}
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@pytest.fixture
def site(copy, rules_dir):
    with serving(copy, rules_dir) as found:
        yield found


@pytest.fixture
def visit(browser, site):
    """Opens a window for somebody; at the end nothing may have been complained of in any."""
    contexts, troubles = [], []
    home, tickets = site

    def window(name=None, **given):
        context = browser.new_context(base_url=home, **given)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: message.type in ("error", "warning") and troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(home) or troubles.append(f"asked {request.url}"))
        if name:
            page.goto(tickets[name])
        return page

    yield window
    for context in contexts:
        context.close()
    assert troubles == []


def downloaded(page, link):
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.path().read_text(encoding="utf-8")


def test_from_the_home_page_by_a_facet_to_the_words_behind_a_value(visit):
    page = visit()
    page.goto("/")
    sync_api.expect(page.locator("h1")).to_have_text("Antivenom after snake bites")
    page.get_by_role("link", name="Open the case table").click()
    page.locator(".facet-info[data-column=outcome]").get_by_role("link", name="dead").click()
    sync_api.expect(page.locator(".lr-table tbody tr")).to_have_count(1)
    page.locator(".lr-table td.col-delay_days a").click()
    sync_api.expect(page.locator("#a-delay_days")).to_have_class(re.compile("here"))
    lit = page.locator("mark.lit").first
    sync_api.expect(lit).to_be_in_viewport()
    sync_api.expect(lit).to_have_text("9")


def test_a_click_on_a_value_brings_its_words_into_view(visit, ids):
    page = visit(viewport={"width": 1200, "height": 300})
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.locator("#a-outcome .lr-value").click()
    lit = page.locator("mark.lit").first
    sync_api.expect(lit).to_have_text("alive")
    sync_api.expect(lit).to_be_in_viewport()


def test_a_correction_shows_in_the_table_and_in_a_file_until_it_is_undone(visit, ids):
    page = visit("ada")
    page.goto(f"/copy/-/case/{ids['1#1']}#a-age_years")
    line = page.locator("#a-age_years")
    line.get_by_text("Decide").click()
    line.get_by_label(re.compile("Value")).fill("35")
    line.get_by_label(re.compile("Why")).fill("the table says so")
    line.get_by_role("button", name="Correct").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("Corrected age years: 35")
    page.goto(POOLED)
    cell = page.locator(f"tr:has(td.col-case_id a[href$='{ids['1#1']}']) td.col-age_years")
    sync_api.expect(cell).to_have_text("35")
    sync_api.expect(cell).to_have_class(re.compile("decided"))
    rows = list(csv.DictReader(io.StringIO(downloaded(page, page.locator("a[href*='/-/filtered/cases.csv']")))))
    assert {row["case_id"]: row["age_years"] for row in rows}[ids["1#1"]] in ("35", "35.0")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.locator("#a-age_years").get_by_role("button", name="Undo").click()
    sync_api.expect(page.locator("#a-age_years .lr-value").first).to_have_text("34")
    sync_api.expect(page.locator("#a-age_years .lr-undone")).to_contain_text("35")


def test_marked_words_fill_an_empty_cell_and_become_its_place(visit, ids, copy):
    page = visit("ada")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.evaluate(
        """() => {
          const pieces = [...document.querySelectorAll("[data-at]")];
          const piece = pieces.find((one) => one.textContent.includes("Both lived"));
          const at = piece.textContent.indexOf("Both lived");
          const range = document.createRange();
          range.setStart(piece.firstChild, at);
          range.setEnd(piece.firstChild, at + "Both lived".length);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    bar = page.locator("#marking")
    sync_api.expect(bar).to_be_visible()
    bar.get_by_role("combobox").select_option("igg_g_l")
    bar.get_by_role("button", name="Use these words").click()
    line = page.locator("#a-igg_g_l")
    sync_api.expect(line.locator(".lr-markedwords")).to_contain_text("Both lived")
    with closing(sqlite3.connect(copy)) as connection:
        (text,) = connection.execute("SELECT text FROM documents WHERE document_id = 'd1'").fetchone()
    start, end = (int(line.locator(f"[name={name}]").input_value()) for name in ("start", "end"))
    assert text[start:end] == "Both lived"
    line.locator("[name=value]").fill("3.5")
    line.get_by_role("button", name="Fill in").click()
    sync_api.expect(page.locator("#a-igg_g_l .lr-value").first).to_have_text("3.5")


def test_the_keys_are_enough(visit, ids):
    page = visit("ada")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    ready = page.locator("#keys[data-ready]")
    sync_api.expect(ready).to_be_visible()
    page.keyboard.press("j")
    sync_api.expect(page.locator("#a-age_years")).to_have_class(re.compile("here"))
    page.keyboard.press("a")
    sync_api.expect(page.get_by_role("status")).to_contain_text("Accepted age years")
    sync_api.expect(ready).to_be_visible()
    page.keyboard.press("e")
    sync_api.expect(page.locator("#v-age_years")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    sync_api.expect(page.get_by_role("status")).to_contain_text("undone: accept age years")


@pytest.fixture
def extracted(copy):
    """What extraction gave for the paper, of which the cases of its report are made anew."""
    cases = tuple(
        DocumentCase("d1", case.label, case.index, case.source, case.findings, case.candidates, case.events)
        for case in (first_patient(), second_patient())
    )
    with store.open_database(copy) as db:
        store.save_document_cases(db, "d1", cases, rules_hash="")


def test_a_patient_who_is_two_is_split_and_made_one_again(extracted, visit, ids):
    page = visit("ada")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.get_by_text("Decide on this patient as a whole").click()
    page.get_by_label(re.compile("Name of the second")).fill("Patient 1b")
    page.locator("[name=part][value=outcome]").check()
    page.get_by_label(re.compile("^More")).fill("+antivenom")
    page.get_by_role("button", name="Split in two").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("Split off Patient 1b")
    sync_api.expect(page.locator("#a-outcome .lr-value")).to_have_count(0)
    sync_api.expect(page.locator("#a-antivenom .lr-value").first).to_contain_text("Polyval")
    page.goto(f"/copy/-/report/{ids['1']}")
    page.locator(".lr-side thead").get_by_role("link", name="Patient 1b").click()
    sync_api.expect(page.locator("#a-outcome .lr-value").first).to_have_text("alive")
    sync_api.expect(page.locator("#a-antivenom .lr-value").first).to_contain_text("Polyval")
    sync_api.expect(page.locator("#a-age_years .lr-value")).to_have_count(0)
    page.goto(f"{POOLED}&outcome=alive")
    sync_api.expect(page.locator("td.col-case_id", has_text="Patient 1b")).to_have_count(1)
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.locator(".lr-history", has_text="split case").get_by_role("button", name="Undo").click()
    sync_api.expect(page.locator("#a-outcome .lr-value").first).to_have_text("alive")
    page.goto(POOLED)
    sync_api.expect(page.locator("td.col-case_id", has_text="Patient 1b")).to_have_count(0)


def test_without_scripts_forms_and_quotes_still_work(visit, ids):
    page = visit("ben", java_script_enabled=False)
    page.goto(f"/copy/-/case/{ids['1#1']}")
    page.locator("#a-outcome details.lr-decide summary").click()
    page.locator("#a-outcome").get_by_role("button", name="Accept").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("Accepted outcome")
    page.locator("#a-grade .lr-value").first.click()
    assert re.search(r"#d1-\d+-\d+$", page.url)


def test_a_report_is_excluded_by_a_reviewer(visit, ids):
    page = visit("ada")
    page.goto(f"/copy/-/report/{ids['1']}")
    page.get_by_text("Decide on this report").click()
    page.get_by_label(re.compile("Reason")).fill("not_given")
    page.get_by_role("button", name="Exclude").click()
    sync_api.expect(page.locator(".lr-tag.lr-no")).to_have_text("excluded: not given")


def test_two_reviewers_decide_unseen_and_a_third_settles(copy, visit, ids):
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO meta VALUES ('review_mode', 'dual')")
    for name, given in (("ada", "35"), ("ben", "36")):
        page = visit(name)
        page.goto(f"/copy/-/case/{ids['1#1']}")
        sync_api.expect(page.locator("#a-age_years .lr-history")).to_have_count(0)
        page.locator("#a-age_years").get_by_text("Decide").click()
        page.locator("#v-age_years").fill(given)
        page.locator("#a-age_years").get_by_role("button", name="Correct").click()
        sync_api.expect(page.locator("#a-age_years .lr-history")).to_contain_text("unseen by others")
        page.get_by_role("button", name="Done with this report").click()
        sync_api.expect(page.get_by_role("status")).to_contain_text("done")
    page = visit("cid")
    page.goto("/copy/-/differences")
    row = page.get_by_role("row", name=re.compile("^ben"))
    row.get_by_role("button", name="So it is").click()
    sync_api.expect(page.get_by_role("status")).to_contain_text("Settled: correct 36")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    sync_api.expect(page.locator("#a-age_years .lr-value").first).to_have_text("36")
    page.goto("/copy/-/agreement")
    sync_api.expect(page.get_by_role("heading", name="ada and ben")).to_be_visible()


def test_who_is_not_signed_in_is_offered_nothing(visit, ids):
    page = visit()
    page.goto(f"/copy/-/case/{ids['1#1']}")
    sync_api.expect(page.locator("form[method=post]")).to_have_count(0)


PAGES = ["/", POOLED, "/copy/patients", "/copy/records", "/copy/findings", "/copy/outcome_by_grade", "/copy/-/queue",
         "/copy/-/decisions", "/copy/-/tasks", "/copy/-/differences", "/copy/-/agreement", "/copy/-/changed",
         "/copy/-/texts?q=lived", "/copy?sql=select+1,+'a'+--+b", "/copy"]  # fmt: skip


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_complains_or_is_wider_than_the_window(visit, ids, size, scheme):
    page = visit("ada", viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    ours = [f"/copy/-/case/{ids['1#1']}", f"/copy/-/report/{ids['1']}", f"/copy/-/patient/{patient(page, ids)}"]
    for address in (*PAGES, *ours):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


CONTRAST = """() => {
  const channel = (part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 24, 26] : [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.textContent.trim();
    if (!text || element.closest("svg, script, style, option") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const pair = [luminance(parts(style.color)), luminance(ground(element))].sort((x, y) => y - x);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_every_page_stands_out_from_its_ground(visit, ids, scheme):
    page = visit("ada", color_scheme=scheme)
    ours = [f"/copy/-/case/{ids['1#1']}", f"/copy/-/report/{ids['1']}", f"/copy/-/report/{ids['3']}"]
    for address in (*PAGES, *ours, f"/copy/-/patient/{patient(page, ids)}", f"{POOLED}&_search=nothing"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(CONTRAST) == [], address


def patient(page, ids):
    answer = page.request.get(f"/copy/cases.json?case_id={ids['1#1']}&_shape=array").json()
    return answer[0]["patient_id"]


EVIL = [
    "<script>window.evil = 1</script>",
    "<img src=x onerror='window.evil = 1'>",
    "<svg onload='window.evil = 1'>",
    "<a href='javascript:window.evil=1'>x</a>",
    "<style>body { display: none }</style>",
    "</textarea></title></script><script>window.evil = 1</script>",
    '" onmouseover="window.evil=1" x="',
    "{{ 7 * 7 }}${7*7}",
    "\u202eevil\u2066",
]


@pytest.fixture
def hostile(copy):
    """Everything that a paper may word is worded as badly as can be, and a title has a megabyte."""
    evil = " ".join(EVIL)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE records SET title = title || ?, authors = ?, journal = ?", [evil, evil, evil])
        connection.execute("UPDATE records SET title = ? WHERE pmid = '4'", [evil * (1_000_000 // len(evil) + 1)])
        connection.execute("UPDATE records SET doi = 'javascript:window.evil=1', pmid = pmid || '\"><script>'")
        connection.execute("UPDATE cases SET title = ?, first_author = ?, case_label = ?, antivenom = ?", [evil] * 4)
        connection.execute("UPDATE findings SET quote = ?, rule_id = ?, doubts = ?", [evil] * 3)
        connection.execute("UPDATE findings SET value = ? WHERE attribute = 'antivenom'", [evil])
        connection.execute("UPDATE evidence SET quote = ?, section = ?", [evil] * 2)
        connection.execute("UPDATE candidates SET reason = ?, value = ?", [evil] * 2)
        connection.execute("UPDATE documents SET source = ?, licence = licence || ?", [evil] * 2)
        connection.execute("UPDATE passages SET text = text || ?, section = ?", [evil] * 2)
        connection.execute("UPDATE decisions SET why = ?, decided_by = ?", [evil] * 2)
        connection.execute("UPDATE events SET agent = ?", [evil])
        connection.execute("UPDATE screenings SET explanation = ?, reason = ?", [evil] * 2)
        connection.execute("INSERT INTO problems VALUES ('x', ?, ?, ?, '2026-01-01')", [evil] * 3)
    return copy


def test_a_paper_that_means_no_good_changes_nothing(hostile, visit, ids):
    page = visit("ada")
    cases = [f"/copy/-/case/{ids[name]}" for name in ("1#1", "1#2", "4#1")]
    reports = [f"/copy/-/report/{ids[name]}" for name in ("1", "3", "4")]
    for address in (*PAGES, "/copy/problems", "/copy/candidates", *cases, *reports):
        page.goto(address)
        page.mouse.move(400, 300)
        assert page.evaluate("window.evil") is None, address
        assert page.evaluate("getComputedStyle(document.body).display") != "none", address
        assert page.locator("a[href^='javascript:' i]").count() == 0, address
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert page.evaluate("document.querySelectorAll('img[src=x], [onerror], [onload]').length") == 0, address


def test_a_hostile_value_can_be_decided_on_like_any_other(hostile, visit, ids):
    page = visit("ada")
    page.goto(f"/copy/-/case/{ids['1#1']}")
    line = page.locator("#a-antivenom")
    line.locator("details.lr-decide summary").click()
    line.locator("[name=value]").fill("<script>window.evil = 1</script>")
    line.get_by_role("button", name="Correct").click()
    sync_api.expect(page.locator("#a-antivenom .lr-value").first).to_have_text("<script>window.evil = 1</script>")
    assert page.evaluate("window.evil") is None


def test_the_server_tells_no_stranger_s_texts(site):
    home, _ = site
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{home}/copy/documents.json", timeout=30)
    assert caught.value.code == 403
    assert TITLE not in caught.value.read().decode()
    caught.value.close()
