// Matrices by keyboard: arrows move, letters answer, Enter opens the reason, Ctrl+Z undoes. Without this script every
// cell is a button that opens the same pane, and every answer a form.
(() => {
  "use strict";
  const forms = [...document.querySelectorAll(".matrix-form")];
  if (!forms.length) return;
  const board = document.getElementById("board");
  const pane = document.getElementById("pane");
  const news = document.getElementById("news");
  const undo = document.getElementById("undo");
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const buttons = (value) => [...document.querySelectorAll("button.cell")].filter((one) => one.value === value);
  let opener = null;
  let waiting = 0;
  // Answers are sent one at a time: two to the same cell must arrive in the order they were given.
  let queue = Promise.resolve();

  const say = (words, error) => {
    const line = document.createElement("p");
    line.className = error ? "news-item error" : "news-item";
    line.textContent = words;
    news.replaceChildren(line);
  };

  const post = async (address, told) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      body: told,
    });
    const kind = answer.headers.get("Content-Type") || "";
    const said = kind.includes("json") ? await answer.json() : { error: document.documentElement.lang === "en" ? "Not saved. Load the page again." : "Inte sparat. Ladda om sidan." };
    if (!answer.ok || said.error) throw new Error(said.error);
    return said;
  };

  const offline = () => (document.documentElement.lang === "en" ? "Not saved: no contact with the server. Try again." : "Inte sparat: ingen kontakt med servern. Försök igen.");
  const failed = (error) => say(error instanceof TypeError ? offline() : error.message, true);

  const show = (button, said) => {
    button.className = `cell is-${said.answer}${said.changed ? " changed" : ""}${said.reasoned ? " reasoned" : ""}`;
    button.textContent = "full" in button.dataset ? said.word : said.mark;
    button.dataset.version = said.version;
    button.setAttribute("aria-label", said.name);
    button.title = said.name;
  };

  const offerUndo = (form, event) => {
    if (!event || !undo) return;
    undo.action = form.dataset.undo.replace(/\/0\/$/, `/${event}/`);
    undo.hidden = false;
  };

  // What follows from the cells (sums, lists, others' answers) is drawn by the server, and fetched when it is quiet.
  const renew = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["lead", "fresh"]) {
      const [now, then] = [document.getElementById(id), fresh.getElementById(id)];
      if (now && then) now.innerHTML = then.innerHTML;
    }
    const place = (one) => `${one.value} ${"full" in one.dataset}`;
    const known = new Map([...fresh.querySelectorAll("button.cell")].map((one) => [place(one), one]));
    for (const button of document.querySelectorAll("button.cell")) {
      const other = known.get(place(button));
      if (!other || button.classList.contains("sending")) continue;
      button.className = other.className;
      button.textContent = other.textContent;
      button.dataset.version = other.dataset.version;
      button.setAttribute("aria-label", other.getAttribute("aria-label"));
      button.title = other.title;
    }
  };
  const renewSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, 500);
  };

  const send = (form, value, fill) => {
    for (const one of buttons(value)) one.classList.add("sending");
    queue = queue.then(async () => {
      const told = fill(buttons(value)[0]);
      const kind = form.querySelector("input[name=slag]");
      if (kind && !told.has("slag")) told.set("slag", kind.value);
      told.set("cell", value);
      try {
        const said = await post(form.dataset.action, told);
        for (const one of buttons(value)) show(one, said);
        offerUndo(form, said.event);
        say(said.news);
      } catch (error) {
        for (const one of buttons(value)) one.classList.remove("sending");
        failed(error);
      }
      renewSoon();
    });
    return queue;
  };

  const answer = (form, button, word) => {
    if (!("open" in button.dataset)) return;
    send(form, button.value, (now) => {
      const told = new FormData();
      told.set("answer", word);
      told.set("version", now.dataset.version);
      return told;
    });
  };

  const undoLast = () => {
    if (!undo || undo.hidden) return;
    queue = queue.then(async () => {
      try {
        const told = new FormData();
        const said = await post(undo.action, told);
        undo.hidden = true;
        say(said.news);
      } catch (error) {
        failed(error);
      }
      await renew();
    });
  };

  const rowsOf = (form) => {
    const rows = [...form.querySelectorAll("tbody tr")];
    return (rows.length ? rows : [...form.querySelectorAll(".cell-list li")]).map((row) => [...row.querySelectorAll("button.cell")]);
  };
  const move = (form, button, down, right, end) => {
    const rows = rowsOf(form);
    const at = rows.findIndex((row) => row.includes(button));
    const column = button.closest("td") ? button.closest("td").cellIndex : 0;
    const inRow = (row) => row.find((one) => !one.closest("td") || one.closest("td").cellIndex === column);
    let next = null;
    if (end) next = end > 0 ? rows[at].at(-1) : rows[at][0];
    else if (right) next = rows[at][rows[at].indexOf(button) + right];
    else for (let row = at + down; rows[row] && !next; row += down) next = inRow(rows[row]);
    if (next) focusOn(form, next);
  };
  // One stop for the tab key in each matrix; the arrows do the rest.
  const focusOn = (form, button) => {
    for (const one of form.querySelectorAll("button.cell")) one.tabIndex = one === button ? 0 : -1;
    button.focus();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const openPane = async (form, button) => {
    const told = new URLSearchParams(new FormData(form));
    told.set("cell", button.value);
    const address = `${location.pathname}?${told}`;
    const fetched = await fetch(address);
    const fresh = new DOMParser().parseFromString(await fetched.text(), "text/html").getElementById("pane");
    if (!fresh || !fresh.firstElementChild) return;
    pane.replaceChildren(...fresh.childNodes);
    board.classList.add("open");
    history.replaceState(null, "", address);
    opener = button;
    (pane.querySelector("input:checked") || pane.querySelector("h2")).focus();
  };
  const closePane = () => {
    pane.replaceChildren();
    board.classList.remove("open");
    const told = new URLSearchParams(location.search);
    told.delete("cell");
    history.replaceState(null, "", `${location.pathname}${told.size ? `?${told}` : ""}`);
    if (opener) opener.focus();
  };

  for (const form of forms) {
    const keys = new Map(form.dataset.keys.split(" ").map((pair) => pair.split("=")));
    for (const [place, button] of [...form.querySelectorAll("button.cell")].entries()) button.tabIndex = place ? -1 : 0;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter) openPane(form, event.submitter).catch(failed);
    });
    form.addEventListener("focusin", (event) => {
      if (event.target.matches("button.cell")) for (const one of form.querySelectorAll("button.cell")) one.tabIndex = one === event.target ? 0 : -1;
    });
    form.addEventListener("keydown", (event) => {
      const button = event.target.closest("button.cell");
      if (!button || event.altKey || event.metaKey || event.ctrlKey) return;
      const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, 0, -1], End: [0, 0, 1] };
      const letter = event.key.toLowerCase();
      if (event.key in moves) move(form, button, ...moves[event.key]);
      else if (keys.has(letter)) answer(form, button, keys.get(letter));
      else if ([" ", "Delete", "Backspace"].includes(event.key)) answer(form, button, "unknown");
      else return;
      event.preventDefault();
    });
    // The space that emptied a cell must not also press it.
    form.addEventListener("keyup", (event) => {
      if (event.key === " " && event.target.matches("button.cell")) event.preventDefault();
    });
  }

  pane.addEventListener("submit", (event) => {
    event.preventDefault();
    const told = new FormData(event.target);
    const value = told.get("cell");
    send(forms[0], value, () => told).then(() => {
      if (news.querySelector(".error")) return;
      opener = opener || buttons(value).find((one) => one.offsetParent);
      closePane();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pane.firstElementChild) closePane();
    const typing = event.target.matches("textarea, input, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey && !typing) {
      event.preventDefault();
      undoLast();
    }
  });
  if (undo) {
    undo.addEventListener("submit", (event) => {
      event.preventDefault();
      undoLast();
    });
  }
})();
