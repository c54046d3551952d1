// Reading in: says that work is under way, and saves choices without losing one's place. Without it, forms do the same.
(() => {
  "use strict";

  const say = (form) => {
    const words = form.dataset.working;
    const place = form.querySelector(".working");
    if (words && place) place.textContent = words;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  };

  let review = document.getElementById("review");

  const focusOn = (key) => {
    const row = key && document.getElementById(key);
    if (!row) return;
    const ask = key === "fragor" && review.querySelector(".ask-line > input");
    if (ask || key === "fragor") return void (ask || row).focus();
    const field = row.querySelector("select, textarea, input:not([type=hidden])") || row.querySelector("a");
    (field || row).focus({ preventScroll: false });
  };

  const opened = (details) => details.firstElementChild.textContent.replace(/·.*|\d/g, "").trim();

  const draw = async (response, key) => {
    const text = await response.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const drawn = page.getElementById("review");
    if (!drawn) {
      const main = page.querySelector("main");
      if (main) document.querySelector("main").replaceWith(main);
      document.querySelector("main").focus();
      return;
    }
    const kept = new Set([...review.querySelectorAll("details[open]")].map(opened));
    const top = key && document.getElementById(key) ? document.getElementById(key).getBoundingClientRect().top : null;
    review.replaceWith(drawn);
    review = drawn;
    for (const one of review.querySelectorAll("details")) {
      if (kept.has(opened(one))) one.open = true;
    }
    const row = key && document.getElementById(key);
    if (row && top !== null) window.scrollBy(0, row.getBoundingClientRect().top - top);
    focusOn(key);
    const news = page.getElementById("news");
    if (news) document.getElementById("news").innerHTML = news.innerHTML;
  };

  const send = async (form, submitter) => {
    const told = new FormData(form);
    if (submitter && submitter.name) told.append(submitter.name, submitter.value);
    const key = told.get("rad");
    try {
      const response = await fetch(form.action, { method: "POST", body: told, credentials: "same-origin" });
      await draw(response, form.closest(".asks") ? "fragor" : key);
    } catch {
      form.submit();
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.working) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      say(form);
      return;
    }
    if (review && review.contains(form) && /\/(valj|sedd)\/$/.test(form.action)) {
      event.preventDefault();
      send(form, event.submitter);
    }
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".piece-change, .piece-form a.button");
    if (!link || !review || !review.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const key = new URL(link.href).hash.slice(1);
    try {
      await draw(await fetch(link.href, { credentials: "same-origin" }), key);
      history.replaceState(null, "", link.href);
    } catch {
      location.href = link.href;
    }
  });

  // What is chosen for a row is saved as it is chosen; the row stays open. What is ticked beside the nodes is, too.
  document.addEventListener("change", async (event) => {
    const form = event.target.closest(".piece-form") || (event.target.closest(".bring") && event.target.form);
    if (!form || !review.contains(form)) return;
    const told = new FormData(form);
    const key = told.get("rad");
    const name = event.target.id;
    try {
      const saved = await fetch(form.dataset.save || form.action, { method: "POST", body: told, credentials: "same-origin" });
      if (!saved.ok) return void draw(saved, key);
      const again = new URL(location.href);
      if (key) again.searchParams.set("rad", key);
      await draw(await fetch(again, { credentials: "same-origin" }), key);
      const field = name && document.getElementById(name);
      if (field) field.focus({ preventScroll: true });
    } catch {
      const place = form.querySelector(".working");
      if (place) place.textContent = document.documentElement.lang === "sv" ? "Valet är inte sparat: ingen kontakt. Välj Spara valet för att försöka igen." : "The choice is not saved: no contact. Choose Save the choice to try again.";
    }
  });
})();
