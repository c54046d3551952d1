/* The outline as a tree: arrows, type-ahead, folding, filtering, moving by keys and by pointer.

   The server draws a plain list of links, which is all a reader without scripts needs. Here it becomes a tree of one
   level of markup; depth is told in words to assistive technology (aria-level), not by nesting. */
(() => {
  "use strict";
  const TYPE_AHEAD = 700; // milliseconds in which letters belong together
  const FEW = 60; // a draft this small is shown unfolded

  class Outline {
    /* ``told``: {choose(row), move(row, how), undo(), t, key}; ``how`` is {step} or {parent, before}. */
    constructor(root, told) {
      Object.assign(this, { root, told, typed: "", typedAt: 0, folded: new Set() });
      this.list = root.querySelector("#rows");
      this.box = root.querySelector("[name=sok]");
      this.kinds = [...root.querySelectorAll("[name=visa]")];
      this.count = root.querySelector(".outline-count");
      this.remembered = this.recall();
      this.read();
      this.listen();
      this.filter();
      this.bring();
    }

    /* Scroll the outline, and nothing else, to the row one is at. */
    bring() {
      const scroll = this.root.querySelector(".outline-scroll");
      if (!this.current || scroll.scrollHeight <= scroll.clientHeight) return;
      const [row, box] = [this.current.link.getBoundingClientRect(), scroll.getBoundingClientRect()];
      scroll.scrollTop += row.top - box.top - (box.height - row.height) / 3;
    }

    recall() {
      try {
        return JSON.parse(sessionStorage.getItem(this.told.key)) ?? null;
      } catch {
        return null;
      }
    }

    remember() {
      try {
        sessionStorage.setItem(this.told.key, JSON.stringify([...this.folded]));
      } catch {
        // folding is then forgotten when the page is left
      }
    }

    /* Read the rows that stand in the page, and make a tree of them. */
    read() {
      this.rows = [...this.list.querySelectorAll("a.row")].map((link) => ({
        link,
        item: link.parentElement,
        uid: link.dataset.uid,
        address: link.dataset.address,
        depth: Number(link.dataset.depth),
        moves: link.dataset.moves === "1",
        words: link.textContent.toLocaleLowerCase("sv").replace(/\s+/g, " "),
        begins: link.querySelector(".row-text").textContent.trim().toLocaleLowerCase("sv"),
        kinds: (link.dataset.kinds ?? "").split(" "),
        parent: null,
        children: [],
      }));
      const path = [];
      for (const row of this.rows) {
        path.length = Math.min(path.length, row.depth);
        row.parent = path.at(-1) ?? null;
        row.parent?.children.push(row);
        path[row.depth] = row;
      }
      this.top = this.rows.filter((row) => !row.parent);
      this.mark();
      this.fold();
    }

    mark() {
      this.list.setAttribute("role", "tree");
      for (const row of this.rows) {
        const siblings = row.parent?.children ?? this.top;
        row.item.setAttribute("role", "none");
        row.link.setAttribute("role", "treeitem");
        row.link.setAttribute("aria-level", row.depth + 1);
        row.link.setAttribute("aria-setsize", siblings.length);
        row.link.setAttribute("aria-posinset", siblings.indexOf(row) + 1);
        row.link.setAttribute("aria-selected", row.link.hasAttribute("aria-current"));
        row.link.tabIndex = -1;
        row.item.draggable = row.moves;
        row.link.draggable = false;
        row.link.classList.toggle("has-children", row.children.length > 0);
      }
      this.current = this.rows.find((row) => row.link.hasAttribute("aria-current")) ?? this.rows[0];
      if (this.current) this.current.link.tabIndex = 0;
    }

    /* Fold as the person left it; a large draft that is new to them shows its first two levels. */
    fold() {
      const kept = this.remembered ?? (this.rows.length > FEW ? this.rows.filter((row) => row.depth >= 1).map((row) => row.uid) : []);
      const known = new Set(this.rows.map((row) => row.uid));
      this.folded = new Set(kept.filter((uid) => known.has(uid)));
      this.remembered = null;
      for (let row = this.current?.parent; row; row = row.parent) this.folded.delete(row.uid);
    }

    /* Show what the filter lets through, with the way to it; nothing filtered: what is not folded away. */
    filter() {
      const asked = (this.box?.value ?? "").trim().toLocaleLowerCase("sv");
      const kind = this.kinds.find((choice) => choice.checked)?.value ?? "";
      this.filtering = Boolean(asked || kind);
      const shown = new Set();
      let hits = 0;
      for (const row of this.rows) {
        row.hit = (!asked || row.words.includes(asked)) && (!kind || row.kinds.includes(kind));
        if (!row.hit) continue;
        hits += 1;
        for (let up = row; up; up = up.parent) shown.add(up);
      }
      for (const row of this.rows) {
        row.shown = this.filtering ? shown.has(row) : this.unfolded(row);
        row.item.hidden = !row.shown;
        row.link.classList.toggle("row-way", this.filtering && !row.hit);
        if (row.children.length) row.link.setAttribute("aria-expanded", this.filtering || !this.folded.has(row.uid));
        else row.link.removeAttribute("aria-expanded");
      }
      if (this.count) {
        this.count.textContent = this.filtering
          ? this.told.t(`${hits} av ${this.rows.length}`, `${hits} of ${this.rows.length}`)
          : this.told.t(`${this.rows.length} delar`, `${this.rows.length} parts`);
      }
      this.address(asked, kind);
      if (this.current && !this.current.shown) this.settle(this.rows.find((row) => row.shown));
    }

    unfolded(row) {
      for (let up = row.parent; up; up = up.parent) if (this.folded.has(up.uid)) return false;
      return true;
    }

    /* The filter stands in the address, so that it can be sent to somebody and is there after a reload. */
    address(asked, kind) {
      const here = new URL(location.href);
      for (const [name, value] of [["sok", asked && this.box.value.trim()], ["visa", kind]]) {
        if (value) here.searchParams.set(name, value);
        else here.searchParams.delete(name);
      }
      if (here.href !== location.href) history.replaceState(history.state, "", here);
    }

    /* Make a row the one that Tab reaches. */
    settle(row, { focus = false } = {}) {
      if (!row) return;
      if (this.current) this.current.link.tabIndex = -1;
      this.current = row;
      row.link.tabIndex = 0;
      if (!focus) return;
      row.link.focus({ preventScroll: true });
      row.link.scrollIntoView({ block: "nearest" });
    }

    /* Mark the row whose text is open. */
    chosen(uid) {
      for (const row of this.rows) {
        const is = row.uid === uid;
        row.link.setAttribute("aria-selected", is);
        if (is) row.link.setAttribute("aria-current", "true");
        else row.link.removeAttribute("aria-current");
        if (is) this.reveal(row);
      }
    }

    reveal(row) {
      for (let up = row.parent; up; up = up.parent) this.folded.delete(up.uid);
      this.settle(row);
      this.filter();
      row.link.scrollIntoView({ block: "nearest" });
    }

    /* A row's text has been saved: show it at once, without fetching the outline. */
    reworded(uid, text, mark) {
      const row = this.rows.find((one) => one.uid === uid);
      const line = row?.link.querySelector(".row-text");
      if (!line || line.textContent === text) return;
      line.textContent = text;
      row.link.querySelector(".row-changed").textContent = mark;
      row.link.dataset.kinds = `${row.link.dataset.kinds} andrade`;
      row.kinds.push("andrade");
      row.words = row.link.textContent.toLocaleLowerCase("sv").replace(/\s+/g, " ");
      row.begins = text.trim().toLocaleLowerCase("sv");
    }

    /* Take in a newer list of rows, keeping place, folding and focus. */
    replace(list) {
      const uid = this.current?.uid;
      const open = this.rows.find((row) => row.link.hasAttribute("aria-current"))?.uid;
      const focused = this.list.contains(document.activeElement);
      const scrolled = this.root.querySelector(".outline-scroll").scrollTop;
      this.remembered = [...this.folded];
      this.list.replaceChildren(...list.children);
      if (open) this.list.querySelector(`[data-uid="${open}"]`)?.setAttribute("aria-current", "true");
      this.read();
      this.settle(this.rows.find((row) => row.uid === uid) ?? this.current, { focus: focused });
      this.filter();
      this.root.querySelector(".outline-scroll").scrollTop = scrolled;
    }

    toggle(row, open) {
      if (!row.children.length || this.filtering) return;
      if (open) this.folded.delete(row.uid);
      else this.folded.add(row.uid);
      this.remember();
      this.filter();
    }

    rowOf(target) {
      const link = target.closest?.("li")?.querySelector("a.row");
      return link && this.rows.find((row) => row.link === link);
    }

    listen() {
      this.list.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("click", (event) => {
        const row = this.rowOf(event.target);
        if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.settle(row, { focus: true });
        if (event.target.closest(".row-fold")) this.toggle(row, this.folded.has(row.uid));
        else this.told.choose(row);
      });
      this.box?.addEventListener("input", () => this.filter());
      for (const choice of this.kinds) choice.addEventListener("change", () => this.filter());
      this.box?.form.addEventListener("submit", (event) => event.preventDefault());
      window.Vagvisare.dragging(this);
    }

    key(event) {
      const row = this.rowOf(event.target);
      if (!row) return;
      if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.told.undo();
        return;
      }
      const done = event.altKey ? this.moving(event, row) : this.walking(event, row) || this.ahead(event, row);
      if (done) event.preventDefault();
    }

    moving(event, row) {
      const step = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }[event.key];
      if (!step) return false;
      if (row.moves) this.told.move(row, { step });
      return true;
    }

    walking(event, row) {
      if (event.ctrlKey || event.metaKey) return false;
      const shown = this.rows.filter((one) => one.shown);
      const at = shown.indexOf(row);
      const open = row.link.getAttribute("aria-expanded") === "true";
      const go = (to) => (this.settle(to, { focus: true }), true);
      switch (event.key) {
        case "ArrowDown": return go(shown[at + 1]);
        case "ArrowUp": return go(shown[at - 1]);
        case "Home": return go(shown[0]);
        case "End": return go(shown.at(-1));
        case "ArrowRight":
          if (row.children.length && !open) this.toggle(row, true);
          else if (open) go(row.children.find((child) => child.shown));
          return true;
        case "ArrowLeft":
          if (open && !this.filtering) this.toggle(row, false);
          else go(row.parent);
          return true;
        case "Enter": this.told.choose(row, { write: true }); return true;
        case " ": this.told.choose(row); return true;
        case "*": for (const one of row.parent?.children ?? this.top) this.toggle(one, true); return true;
        default: return false;
      }
    }

    ahead(event, row) {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return false;
      const now = Date.now();
      this.typed = (now - this.typedAt < TYPE_AHEAD ? this.typed : "") + event.key.toLocaleLowerCase("sv");
      this.typedAt = now;
      const shown = this.rows.filter((one) => one.shown);
      const from = shown.indexOf(row) + (this.typed.length === 1 ? 1 : 0);
      const found = [...shown.slice(from), ...shown.slice(0, from)]
        .find((one) => one.begins.startsWith(this.typed) || one.words.trim().startsWith(this.typed));
      this.settle(found, { focus: true });
      return true;
    }
  }

  window.Vagvisare = Object.assign(window.Vagvisare ?? {}, { Outline });
})();
