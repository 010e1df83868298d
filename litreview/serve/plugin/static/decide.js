// Deciding without a mouse, and words of the paper as the quote of a value. Every form works without this.
"use strict";

const lines = () => [...document.querySelectorAll(".lr-line, .lr-items > li")];

function move(step) {
  const all = lines();
  if (!all.length) return;
  const at = all.findIndex((line) => line.classList.contains("here"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  for (const line of all) line.classList.toggle("here", line === next);
  next.scrollIntoView({ block: "nearest" });
  const link = next.querySelector("a[data-all]");
  if (link && typeof showBeside === "function") showBeside(link);
}

function here() {
  return document.querySelector(".lr-line.here, .lr-items > li.here");
}

function press(name) {
  const button = here()?.querySelector(`button[name="action"][value="${name}"]`);
  if (button) button.form.requestSubmit(button);
}

function open() {
  const form = here()?.querySelector("details.lr-decide");
  if (!form) return;
  form.open = true;
  form.querySelector("[name=value]")?.focus();
}

function undo() {
  here()?.querySelector(".lr-history form")?.requestSubmit();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("accept"),
  x: () => press("reject"),
  n: () => press("not_reported"),
  e: open,
  u: undo,
  "?": () => document.getElementById("keys")?.toggleAttribute("open"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.activeElement?.blur();
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.getElementById("keys")?.setAttribute("data-ready", "");

// Offsets in a document are counted in characters, not in the halves that JavaScript counts.
const characters = (text) => Array.from(text).length;

function place(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element.closest("[data-at]") ?? element.querySelector("[data-at]");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? characters(node.data.slice(0, offset)) : 0;
  return { document: piece.closest("[data-document]").dataset.document, at: Number(piece.dataset.at) + before };
}

function marked() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const inside = (node) => (node.parentElement ?? node).closest?.("[data-document]");
  if (!inside(range.startContainer) || !inside(range.endContainer)) return null;
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  if (!start || !end || start.document !== end.document || end.at <= start.at) return null;
  return { document: start.document, start: start.at, end: end.at, quote: selection.toString() };
}

function use(words, form) {
  form.querySelector("[name=document_id]").value = words.document;
  form.querySelector("[name=start]").value = words.start;
  form.querySelector("[name=end]").value = words.end;
  const told = form.querySelector(".lr-markedwords");
  told.textContent = `Rests on “${words.quote}”`;
  told.hidden = false;
  const value = form.querySelector("[name=value]");
  if (!value.value && value.tagName === "INPUT") {
    const number = words.quote.match(/-?\d+(?:\.\d+)?/);
    value.value = "number" in value.dataset ? (number ? number[0] : "") : words.quote.trim();
  }
}

const bar = document.getElementById("marking");
let words = null;
document.addEventListener("selectionchange", () => {
  if (!bar) return;
  const found = marked();
  if (found) words = found;
  bar.hidden = !words;
  if (found) bar.querySelector("q").textContent = found.quote.length > 90 ? `${found.quote.slice(0, 90)}…` : found.quote;
});

bar?.addEventListener("submit", (event) => {
  event.preventDefault();
  const line = document.getElementById(`a-${bar.querySelector("select").value}`);
  const details = line?.querySelector("details.lr-decide");
  if (!words || !details) return;
  for (const other of lines()) other.classList.toggle("here", other === line);
  details.open = true;
  use(words, details.querySelector("form"));
  line.scrollIntoView({ block: "center" });
  details.querySelector("[name=value]").focus({ preventScroll: true });
  bar.hidden = true;
  words = null;
});
bar?.querySelector("[data-close]").addEventListener("click", () => {
  words = null;
  bar.hidden = true;
});
