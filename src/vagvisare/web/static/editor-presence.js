/* Who else is here, who writes where, and whether the open text has grown old: one question every few seconds. */
(() => {
  "use strict";
  const { post } = window.Vagvisare;
  const OFTEN = 5_000;
  const SELDOM = 20_000;
  const LONGEST = 60_000;
  const OUTLINE_AT_MOST = 30_000; // others' changes to the outline are fetched no more often than this

  /* ``desk`` is what editor.js shares: {root, t, sheets, surface, outline, open, pane, choose, context, rows, shortName}. */
  function presence(desk) {
    const { t, root } = desk;
    let misses = 0;
    let timer = 0;
    let lastPeople = [];

    async function poll() {
      clearTimeout(timer);
      const uid = desk.open();
      const version = desk.surface?.sheet.known.version ?? Number(desk.pane()?.dataset.version ?? 0);
      const came = await post(root.dataset.state, { node: uid, writing: desk.surface?.busy ? 1 : 0, version });
      clearTimeout(timer);
      misses = came.kind === "answer" ? 0 : misses + 1;
      if (came.kind === "answer") heardOf(uid, came.answer);
      const wait = document.hidden ? SELDOM : OFTEN;
      timer = setTimeout(poll, Math.min(LONGEST, wait * 2 ** Math.min(misses, 4)));
    }

    function heardOf(uid, answer) {
      for (const sheet of desk.sheets.values()) if (sheet.troubled) sheet.after(0); // there is contact again
      present(answer.people ?? []);
      if (uid === desk.open()) newer(uid, answer);
      if (answer.outline_stamp && String(answer.outline_stamp) !== desk.stamp && Date.now() - desk.outlineAt > OUTLINE_AT_MOST) {
        desk.stamp = String(answer.outline_stamp);
        desk.rows();
      }
    }

    /* Somebody else has written in the open node: who has not typed sees it at once, who has keeps what they typed. */
    function newer(uid, answer) {
      const { surface } = desk;
      if (!surface) {
        const shown = desk.pane();
        if (answer.version > Number(shown.dataset.version)) desk.choose({ uid, address: shown.dataset.address }, { push: false });
      } else if (typeof answer.text === "string" && surface.sheet.hear(answer.version, answer.text)) {
        const who = desk.shortName(answer.by);
        surface.line.textContent = who ? t(`${who} ändrade texten.`, `${who} changed the text.`) : t("Texten har ändrats.", "The text was changed.");
        desk.context();
      }
    }

    function present(people) {
      lastPeople = people;
      const line = document.querySelector("#present");
      if (line) line.textContent = people.length ? `${t("Här nu:", "Here now:")} ${people.map((one) => one.name).join(", ")}` : t("Ingen annan är här nu", "Nobody else is here now");
      const here = people.filter((one) => one.node === desk.open());
      const beside = desk.pane()?.querySelector("#beside");
      if (beside) {
        beside.textContent = here.map((one) => one.writing
          ? t(`${one.name} skriver här nu`, `${one.name} is writing here now`)
          : t(`${one.name} läser här`, `${one.name} is reading here`)).join(" · ");
      }
      for (const row of desk.outline?.rows ?? []) {
        const who = people.filter((one) => one.node === row.uid && one.writing).map((one) => one.name);
        const mark = row.link.querySelector(".row-here");
        mark.textContent = who.length ? t(`${who.join(", ")} skriver`, `${who.join(", ")} writing`) : "";
      }
    }

    async function newest(uid, version) {
      const came = await post(root.dataset.state, { node: uid, writing: 0, version });
      return came.kind === "answer" && typeof came.answer.text === "string" ? came.answer : null;
    }

    return { poll, newest, again: () => present(lastPeople) };
  }

  Object.assign(window.Vagvisare, { presence });
})();
