/* Moving rows of the outline with a pointer: a line shows where the row will lie, or the row it will lie under. */
(() => {
  "use strict";
  const EDGE = 0.3; // of a row's height: above and below it a row is put beside, in the middle it is put under

  function dragging(outline) {
    let carried = null;
    let aim = null;

    const clear = () => {
      for (const row of outline.rows) row.item.classList.remove("drop-before", "drop-after", "drop-under");
      aim = null;
    };
    const within = (row) => {
      for (let up = row; up; up = up.parent) if (up === carried) return true;
      return false;
    };

    outline.list.addEventListener("dragstart", (event) => {
      carried = outline.rowOf(event.target);
      if (!carried?.moves) return event.preventDefault();
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", carried.link.querySelector(".row-text").textContent.trim());
      carried.item.classList.add("carried");
      return undefined;
    });
    outline.list.addEventListener("dragover", (event) => {
      const row = carried && outline.rowOf(event.target);
      clear();
      if (!row || within(row)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      aim = aimed(row, event);
      row.item.classList.add(`drop-${aim.where}`);
    });
    outline.list.addEventListener("dragleave", (event) => {
      if (!outline.list.contains(event.relatedTarget)) clear();
    });
    outline.list.addEventListener("drop", (event) => {
      event.preventDefault();
      const [row, how] = [carried, aim];
      clear();
      if (row && how) outline.told.move(row, { parent: how.parent, before: how.before });
    });
    outline.list.addEventListener("dragend", () => {
      carried?.item.classList.remove("carried");
      carried = null;
      clear();
    });

    /* Where a row would lie if it were let go now: the uid of what it lies under, and of what it lies before. */
    function aimed(row, event) {
      const box = row.link.getBoundingClientRect();
      const part = (event.clientY - box.top) / box.height;
      const siblings = row.parent?.children ?? outline.top;
      const parent = row.parent?.uid ?? "";
      if (part < EDGE) return { where: "before", parent, before: row.uid };
      if (part <= 1 - EDGE) return { where: "under", parent: row.uid, before: "" };
      if (row.children.some((child) => child.shown)) return { where: "after", parent: row.uid, before: row.children[0].uid };
      const next = siblings.slice(siblings.indexOf(row) + 1).find((one) => one !== carried);
      return { where: "after", parent, before: next?.uid ?? "" };
    }
  }

  window.Vagvisare = Object.assign(window.Vagvisare ?? {}, { dragging });
})();
