/* Changes: all parts can be ticked together, and the sources of a reason can be searched. */
"use strict";
(() => {
  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      for (const box of document.querySelectorAll("input[name=nod]")) box.checked = event.target.checked;
    });
  }

  const causes = document.querySelector("[data-causes]");
  const search = causes?.querySelector("input[type=search]");
  if (!search) return;
  const count = causes.querySelector("[data-words]");
  const choices = [...causes.querySelectorAll("fieldset .tick")];
  search.parentElement.hidden = false;

  function narrow() {
    const words = search.value.toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
    for (const choice of choices) {
      const text = choice.textContent.toLocaleLowerCase("sv");
      // What is ticked stays in sight, so that nobody saves a source they have forgotten.
      choice.hidden = !choice.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
    for (const group of causes.querySelectorAll("fieldset")) group.hidden = !group.querySelector(".tick:not([hidden])");
    const shown = choices.filter((choice) => !choice.hidden).length;
    count.textContent = words.length ? count.dataset.words.replace("{n}", shown) : "";
  }

  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    const first = choices.find((choice) => !choice.hidden && !choice.querySelector("input").checked);
    if (event.key === "Enter") event.preventDefault(); // Enter chooses here; it does not save half a reason
    if (event.key === "Enter" && first && search.value.trim()) {
      first.querySelector("input").checked = true;
      search.value = "";
      narrow();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.querySelector("input").focus();
    }
  });
  causes.addEventListener("keydown", (event) => {
    if (event.target.type !== "checkbox" || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const shown = choices.filter((choice) => !choice.hidden).map((choice) => choice.querySelector("input"));
    const next = shown.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (next < 0 ? search : shown[next])?.focus();
  });
})();
