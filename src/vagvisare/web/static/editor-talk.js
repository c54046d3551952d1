/* Suggesting people while a comment is written: after an @, names are listed, and the arrow keys choose among them. */
(() => {
  "use strict";
  const MOST = 6;
  const ASKED = /(?:^|[\s(])@([\p{L}][\p{L} .'’-]{0,40}|)$/u;

  /* Make every comment box in the pane suggest the people named in #people. */
  function talk(pane, { t }) {
    const names = [...pane.querySelectorAll("#people option")].map((option) => option.value || option.textContent.trim());
    for (const box of pane.querySelectorAll("textarea[data-mentions]")) {
      if (!box.dataset.ready) new Mentions(box, names, t);
      box.dataset.ready = "1";
    }
  }

  let made = 0;

  class Mentions {
    constructor(box, names, t) {
      Object.assign(this, { box, names, t, found: [], at: 0 });
      made += 1;
      this.list = Object.assign(document.createElement("ul"), { id: `mentions-${made}`, className: "mentions", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", t("Personer att nämna", "People to mention"));
      box.after(this.list);
      box.setAttribute("aria-autocomplete", "list");
      box.setAttribute("aria-controls", this.list.id);
      box.setAttribute("aria-haspopup", "listbox");
      box.addEventListener("input", () => this.suggest());
      box.addEventListener("keydown", (event) => this.key(event));
      box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("mousedown", (event) => {
        const option = event.target.closest("[role=option]");
        if (!option) return;
        event.preventDefault();
        this.take(this.found[[...this.list.children].indexOf(option)]);
      });
    }

    get asked() {
      return ASKED.exec(this.box.value.slice(0, this.box.selectionStart))?.[1] ?? null;
    }

    suggest() {
      const asked = this.asked?.toLocaleLowerCase("sv");
      this.found = asked === undefined ? [] : this.names
        .filter((name) => name.toLocaleLowerCase("sv").split(/\s+/).some((_, at, parts) => parts.slice(at).join(" ").startsWith(asked)))
        .slice(0, MOST);
      if (this.found.length === 1 && this.found[0].toLocaleLowerCase("sv") === asked) this.found = [];
      this.at = 0;
      this.draw();
    }

    draw() {
      this.list.hidden = !this.found.length;
      this.list.replaceChildren(...this.found.map((name, number) => {
        const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${number}`, textContent: name });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", number === this.at);
        return option;
      }));
      if (this.found.length) this.box.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
      else this.box.removeAttribute("aria-activedescendant");
    }

    key(event) {
      if (this.found.length) this.choosing(event);
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.box.form.requestSubmit();
      }
    }

    choosing(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        this.at = (this.at + step + this.found.length) % this.found.length;
        this.draw();
      } else if (event.key === "Enter" || event.key === "Tab") this.take(this.found[this.at]);
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    take(name) {
      const end = this.box.selectionStart;
      this.box.setRangeText(`${name} `, end - this.asked.length, end, "end");
      this.close();
      this.box.focus();
    }

    close() {
      this.found = [];
      this.draw();
    }
  }

  Object.assign(window.Vagvisare, { talk });
})();
