// Goes to the words behind a value and marks all of them; without this the browser still goes to the first of them.
"use strict";

function light(anchors) {
  for (const lit of document.querySelectorAll("mark.lit")) lit.classList.remove("lit");
  for (const anchor of anchors) {
    for (const mark of document.querySelectorAll(`mark[data-m="${CSS.escape(anchor)}"]`)) mark.classList.add("lit");
  }
}

function go(anchor) {
  const mark = document.getElementById(anchor) ?? document.querySelector(`mark[data-m="${CSS.escape(anchor)}"]`);
  if (mark) mark.scrollIntoView({ block: "center", behavior: "auto" });
}

// Beside each other both are brought into view; below each other the value stays where it is.
function showBeside(link) {
  const pane = document.querySelector(".lr-papers");
  const mark = document.getElementById(link.getAttribute("href").slice(1));
  light(link.dataset.all.split(" "));
  if (pane && mark && pane.scrollHeight > pane.clientHeight + 1) {
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-all]");
  if (!link) return;
  event.preventDefault();
  const anchor = link.getAttribute("href").slice(1);
  for (const row of document.querySelectorAll(".lr-line.here")) row.classList.remove("here");
  link.closest(".lr-line")?.classList.add("here");
  history.replaceState(null, "", `#${anchor}`);
  light(link.dataset.all.split(" "));
  go(anchor);
});

function fromAddress() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (/^d\d+-\d+-\d+$/.test(anchor)) {
    light([anchor]);
    go(anchor);
  } else if (anchor.startsWith("a-")) {
    const row = document.getElementById(anchor);
    const link = row && row.querySelector("a[data-all]");
    row?.classList.add("here");
    if (link) showBeside(link);
  }
}

window.addEventListener("hashchange", fromAddress);
fromAddress();
