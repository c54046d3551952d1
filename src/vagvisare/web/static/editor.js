/* The editor: which node is open, and what its parts share. Without scripts the page is links and forms. */
(() => {
  "use strict";
  const { Journal, Sheet, Surface, Outline, post } = window.Vagvisare;
  const CONTEXT_AFTER = 4_000; // what stands around the text is not what a writer waits for
  const NEWS_FOR = 30_000;

  const root = document.querySelector("#editor");
  if (!root) return;
  const language = document.documentElement.lang;
  const t = (sv, en) => (language === "en" ? en : sv);
  const { base, person } = root.dataset;
  const journal = new Journal(root.dataset.draft, person);
  let contextTimer = 0;
  let newsTimer = 0;
  let latest = null; // undoes what can be undone now
  let asked = 0; // the latest choice of a node: an answer to an earlier one comes too late

  /* What the parts of the page share. ``sheets``: by uid; a node that was left goes on saving. */
  const desk = {
    root, t, base, person, journal, say, news, choose, context, rows, heard,
    sheets: new Map(),
    surface: null,
    stamp: root.dataset.stamp,
    outlineAt: 0,
    pane: () => document.querySelector("#pane"),
    open: () => desk.surface?.sheet.uid ?? desk.pane()?.dataset.uid ?? "",
    saveAt: (uid) => `${base}nod/${uid}/spara/`,
    shortName: (key) => (key ?? "").replace(/ #\d+$/, ""),
  };
  const { leftBehind, recover } = window.Vagvisare.recovery(desk);
  const { poll, newest, again } = window.Vagvisare.presence(desk);

  /* Something that must be heard by somebody who does not see the line it stands on. */
  function say(words) {
    const live = document.querySelector("#live");
    live.textContent = "";
    setTimeout(() => (live.textContent = words), 50); // a live region is read only when it changes
  }

  /* Say what was done, with a way to undo it (``event``, and ``back`` where it is no change of the draft) or a way on
     (``href``, in ``words``). */
  function news(said, { event, back = takeBack, href, words } = {}) {
    const place = document.querySelector("#news");
    const made = Object.assign(document.createElement("p"), { className: "news-item", textContent: said });
    if (href) made.append(" ", Object.assign(document.createElement("a"), { href, textContent: words }));
    latest = event ? () => back(event) : null;
    if (event) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: t("Ångra", "Undo") });
      button.addEventListener("click", undo);
      made.append(" ", button);
    }
    place.classList.add("at-foot");
    place.replaceChildren(made);
    clearTimeout(newsTimer);
    if (!href) newsTimer = setTimeout(() => place.matches(":hover, :focus-within") || made.remove(), NEWS_FOR);
  }

  /* A sheet has something to tell. */
  function heard(sheet, happening) {
    const { surface } = desk;
    if (surface?.sheet === sheet) surface.heard(happening);
    else if (happening.what === "clash" || happening.what === "refused") leftBehind(sheet);
    if (happening.what === "saved") {
      if (surface?.sheet !== sheet && surface?.sheet.uid === sheet.uid) surface.sheet.hear(sheet.known.version, sheet.text);
      desk.outline?.reworded(sheet.uid, sheet.text, t("ändrad", "changed"));
    }
    if (!happening.answer && !happening.settled) return;
    clearTimeout(contextTimer);
    contextTimer = setTimeout(context, CONTEXT_AFTER);
  }

  /* Put the node of the pane that stands in the page to work. */
  function mount() {
    const at = desk.pane();
    desk.surface = null;
    if (!at?.dataset.uid) return;
    const { uid, version } = at.dataset;
    window.Vagvisare.talk(at, { t });
    const box = at.querySelector("#text");
    if (!box) return;
    let sheet = desk.sheets.get(uid);
    if (sheet) sheet.hear(Number(version), box.value);
    else {
      sheet = new Sheet({ uid, address: desk.saveAt(uid), version: Number(version), text: box.value, journal, person }, heard);
      desk.sheets.set(uid, sheet);
    }
    desk.surface = new Surface(at, sheet, {
      t, language, say, newest,
      name: desk.shortName,
      look: root.dataset.look,
      addTerm: root.dataset.addTerm && addTerm,
      reload: () => Promise.all([context(), rows()]),
      clashAt: (id) => `${base}krock/${id}/`,
      back: () => desk.outline?.settle(desk.outline.current, { focus: true }),
    });
    if (sheet.clash) desk.surface.clash();
    if (sheet.state !== "saved") desk.surface.status();
  }

  async function fetched(address) {
    const response = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  /* Open a node beside the outline. ``write`` puts the cursor in its text, ``push`` the node in the address. */
  async function choose(row, { write = false, push = true } = {}) {
    asked += 1;
    const own = asked;
    desk.surface?.sheet.save();
    let came;
    try {
      came = await fetched(`${base}nod/${row.uid}/`);
    } catch {
      news(t("Ingen kontakt just nu. Försök igen om en stund.", "No contact just now. Try again in a moment."));
      return;
    }
    if (own !== asked) return;
    desk.pane().replaceWith(document.adoptNode(came.querySelector("#pane")));
    root.dataset.chosen = "1";
    if (push) {
      const here = new URL(location.href);
      here.searchParams.set("nod", row.address);
      here.searchParams.delete("angra");
      history.pushState({ uid: row.uid }, "", here);
    }
    desk.outline?.chosen(row.uid);
    mount();
    poll();
    const narrow = window.matchMedia("(max-width: 820px)").matches;
    const to = write ? desk.pane().querySelector("#text") : narrow && desk.pane().querySelector("h2");
    if (to) to.focus({ preventScroll: true });
    if (narrow) window.scrollTo(0, 0);
  }

  /* Fetch what stands around the text anew, leaving the text and what is being typed elsewhere alone. */
  async function context() {
    const uid = desk.open();
    if (!uid) return;
    try {
      const came = await fetched(`${base}nod/${uid}/`);
      if (desk.open() === uid) for (const piece of came.querySelectorAll("[data-piece]")) renewed(piece);
      window.Vagvisare.talk(desk.pane(), { t });
    } catch {
      // the next question of presence tells when there is contact again
    }
  }

  function renewed(piece) {
    const now = desk.pane().querySelector(`[data-piece="${piece.dataset.piece}"]`);
    const boxes = now?.querySelectorAll("textarea, input:not([type=hidden])") ?? [];
    if (!now || [...boxes].some((box) => box.value !== box.defaultValue)) return;
    const held = now.contains(document.activeElement) ? trace(document.activeElement) : "";
    const opened = [...now.querySelectorAll("details[open]")].map((one) => one.id);
    now.replaceChildren(...document.adoptNode(piece).childNodes);
    for (const id of opened) now.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
    if (held) now.querySelector(held)?.focus({ preventScroll: true });
  }

  /* How what has focus is found again when it has been drawn anew. */
  function trace(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    if (element.localName === "summary") return `#${CSS.escape(element.parentElement.id)} > summary`;
    return element.value && element.name ? `[name="${element.name}"][value="${CSS.escape(element.value)}"]` : "";
  }

  /* Fetch the outline anew. */
  async function rows() {
    if (!desk.outline) return;
    desk.outlineAt = Date.now();
    try {
      const came = await fetched(`${base}disposition/`);
      desk.outline.replace(document.adoptNode(came.querySelector("#rows")));
      document.querySelector("#removed").replaceChildren(...document.adoptNode(came.querySelector("#removed")).childNodes);
      desk.stamp = came.querySelector("#outline").dataset.stamp;
      again();
    } catch {
      // stays as it is until there is contact
    }
  }

  /* Do something to the draft's shape, and offer to undo it in the status line. */
  async function act(address, told, words) {
    await desk.surface?.sheet.save();
    const came = await post(address, told);
    if (came.kind !== "answer") {
      news(came.error || t("Ingen kontakt: ingenting är ändrat.", "No contact: nothing was changed."));
      return null;
    }
    await rows();
    news(came.answer.event ? words : came.answer.said, { event: came.answer.event });
    return came.answer;
  }

  async function undo() {
    await latest?.();
    latest = null;
  }

  async function takeBack(event) {
    const done = await act(`${base}angra/${event}/`, {}, t("Ångrat.", "Undone."));
    if (done && desk.open()) await choose({ uid: desk.open(), address: desk.pane().dataset.address }, { push: false });
  }

  /* Put a word in the strategy's list of terms, or take it out again; then the text is looked over anew. */
  const addTerm = (word) => term(root.dataset.addTerm, { word }, (answer) => news(answer.said, { event: answer.event, back: removeTerm }));
  const removeTerm = (event) => term(root.dataset.undoTerm, { handelse: event }, () => {
    news(t("Ångrat.", "Undone."));
    desk.surface?.box.focus();
  });

  async function term(address, told, done) {
    const came = await post(address, told);
    if (came.kind !== "answer") return news(came.error || t("Ingen kontakt: ingenting är ändrat.", "No contact: nothing was changed."));
    done(came.answer);
    return desk.surface?.look(0);
  }

  const moved = { up: t("Flyttad upp.", "Moved up."), down: t("Flyttad ner.", "Moved down."), in: t("Flyttad in.", "Moved in."), out: t("Flyttad ut.", "Moved out.") };
  desk.outline = root.querySelector("#rows") && new Outline(root.querySelector("#outline"), {
    t, choose, undo,
    key: `vagvisare-folding/${root.dataset.draft}`,
    move: (row, how) => act(`${base}nod/${row.uid}/flytta/`, how, moved[how.step] ?? t("Flyttad.", "Moved.")),
  });
  window.Vagvisare.forms(desk);

  const saveAll = () => {
    for (const sheet of desk.sheets.values()) sheet.save();
  };
  window.addEventListener("online", poll);
  window.addEventListener("focus", poll);
  window.addEventListener("pagehide", saveAll);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) saveAll();
    poll();
  });
  window.addEventListener("popstate", () => {
    const address = new URL(location.href).searchParams.get("nod");
    const row = desk.outline?.rows.find((one) => one.address === address);
    if (row) choose(row, { push: false });
    else root.dataset.chosen = "";
  });
  root.addEventListener("click", (event) => {
    if (!event.target.closest(".to-outline")) return;
    event.preventDefault();
    root.dataset.chosen = "";
    desk.outline?.settle(desk.outline.current, { focus: true });
  });

  root.classList.add("scripted");
  mount();
  recover();
  poll();
})();
