/* The forms around the text, sent without leaving the page. Without scripts each of them works by itself. */
(() => {
  "use strict";
  const { post } = window.Vagvisare;

  /* ``desk`` is what editor.js shares: {root, t, surface, outline, open, pane, choose, context, rows, news}. */
  function forms(desk) {
    const { t, news } = desk;

    /* Forms around the text are sent without leaving the page; the pieces they change are fetched anew. */
    desk.root.addEventListener("submit", async (event) => {
      const form = event.target;
      if (event.defaultPrevented || !form.matches("[data-quiet]")) return;
      event.preventDefault();
      const told = new FormData(form, event.submitter);
      if (form.dataset.quiet === "split" && !splitting(told)) return;
      if (form.dataset.quiet === "merge" && !merging(told)) return;
      if (form.dataset.quiet === "new") placing(form, told, event.submitter);
      await desk.surface?.sheet.save();
      const came = await post(form.action, told);
      if (came.kind !== "answer") {
        news(came.error || t("Ingen kontakt: ingenting är ändrat. Det du skrev står kvar.", "No contact: nothing was changed. What you wrote is still there."));
        return;
      }
      for (const box of form.querySelectorAll("textarea, input:not([type=hidden])")) box.value = box.defaultValue;
      news(came.answer.said, { event: form.dataset.quiet === "undo" ? null : came.answer.event });
      if (form.dataset.quiet === "undo") form.remove();
      await desk.rows();
      await after(form, came.answer);
    });

    /* Splitting is done at the caret, in the text as it stands; a text that is on its way is waited for. */
    function splitting(told) {
      const at = desk.surface?.box.selectionStart ?? 0;
      if (!at || at >= desk.surface.box.value.length) {
        news(t("Ställ markören i texten där den ska delas.", "Put the cursor in the text where it is to be split."));
        return false;
      }
      if (desk.surface.sheet.unsaved) {
        desk.surface.sheet.save();
        news(t("Texten sparas först. Dela igen när det står Sparat.", "The text is saved first. Split again when it says Saved."));
        return false;
      }
      told.set("base", String(desk.surface.sheet.known.version));
      told.set("at", String([...desk.surface.box.value.slice(0, at)].length));
      return true;
    }

    /* Merging is with the nearest part above that lies under the same one and is of the same kind. */
    function merging(told) {
      const row = desk.outline?.rows.find((one) => one.uid === desk.open());
      const siblings = row ? (row.parent?.children ?? desk.outline.top) : [];
      const above = siblings[siblings.indexOf(row) - 1];
      if (!above) {
        news(t("Det finns ingen del ovanför att slå ihop med.", "There is no part above to merge with."));
        return false;
      }
      told.set("with", above.uid);
      return true;
    }

    /* A new part is put after the open one, or under it. */
    function placing(form, told, button) {
      const row = desk.outline?.rows.find((one) => one.uid === desk.open());
      const under = button?.classList.contains("new-under");
      told.set("parent", (under ? row?.uid : row?.parent?.uid) ?? "");
      told.set("after", under ? "" : row?.uid ?? "");
    }

    /* What a form changed is fetched anew: the pieces around the text, or another node. */
    async function after(form, answer) {
      const kind = form.dataset.quiet;
      if (kind === "context" || kind === "shape") {
        await desk.context();
        if (form.dataset.back) desk.pane().querySelector(`#${form.dataset.back}`)?.focus();
        return;
      }
      const uid = kind === "undo" ? desk.open() : answer.node;
      await desk.choose({ uid, address: answer.address }, { push: uid !== desk.open(), write: kind === "new" });
      if (kind !== "new") desk.pane().querySelector("h2")?.focus();
    }
  }

  Object.assign(window.Vagvisare, { forms });
})();
