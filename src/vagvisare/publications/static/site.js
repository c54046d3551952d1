/* Vägvisare: what JavaScript adds. Every page is whole without it. */
"use strict";

/* A list that narrows as you write. The search stands in the address, so that it can be shared. */
for (const form of document.querySelectorAll("[data-filter]")) {
  const target = document.getElementById(form.dataset.filter);
  const rows = [...(target.tBodies ? target.tBodies[0].rows : target.children)];
  const search = form.querySelector("input");
  const kind = form.querySelector("select");
  const count = form.querySelector("[role=status]");
  const asked = new URLSearchParams(location.search);
  search.value = asked.get("q") || "";
  if (kind) kind.value = asked.get("slag") || "";
  const apply = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      const fits = words.every((word) => text.includes(word)) && (!kind || !kind.value || row.dataset.kind === kind.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = form.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  const remember = () => {
    const now = new URLSearchParams(location.search);
    for (const field of [search, kind].filter(Boolean)) {
      if (field.value) now.set(field.name, field.value);
      else now.delete(field.name);
    }
    const query = now.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  };
  form.hidden = false;
  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

/* The figure nearest the pointer, in words under the chart. */
for (const figure of document.querySelectorAll("[data-readout]")) {
  const line = figure.querySelector(".readout");
  const points = [...figure.querySelectorAll("[data-read]")];
  if (!points.length) continue;
  line.hidden = false;
  const say = (event) => {
    const direct = event.target.closest("[data-read]");
    if (direct) { line.textContent = direct.dataset.read; return; }
    if (figure.querySelector(".county")) return;
    let best = null;
    let distance = Infinity;
    for (const point of points) {
      const box = point.getBoundingClientRect();
      if (!box.width) continue;
      const away = Math.abs(box.left + box.width / 2 - event.clientX);
      if (away < distance) { distance = away; best = point; }
    }
    if (best) line.textContent = best.dataset.read;
  };
  figure.addEventListener("pointermove", say);
  figure.addEventListener("pointerleave", () => { line.textContent = ""; });
}

/* One earlier day at a time, instead of all of them. */
for (const chooser of document.querySelectorAll("[data-choose]")) {
  const rows = document.querySelectorAll(`#${chooser.dataset.choose} tbody tr`);
  const select = chooser.querySelector("select");
  chooser.hidden = false;
  select.addEventListener("change", () => {
    for (const row of rows) row.hidden = Boolean(select.value) && row.dataset.day !== select.value;
  });
}

/* A link to a folded computation unfolds it. */
const unfold = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches("details")) { target.open = true; target.scrollIntoView(); }
};
addEventListener("hashchange", unfold);
unfold();

/* Printing shows what is folded. */
addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details")) part.open = true; });
