/* The writing surface: the text of one node, what has become of it, and what the page makes of it meanwhile. */
(() => {
  "use strict";
  const { words, post } = window.Vagvisare;
  const LOOK = 900; // after the last keystroke, before the text is read by the language help
  const AGAIN = 10_000; // where the language help did not answer

  const clock = (when, language) =>
    `${String(when.getHours()).padStart(2, "0")}${language === "sv" ? "." : ":"}${String(when.getMinutes()).padStart(2, "0")}`;

  class Surface {
    /* ``told``: {t, language, say(words) for what must be heard, reload() for the pane, look: address, name(key),
       addTerm(word) where one may}. */
    constructor(pane, sheet, told) {
      Object.assign(this, { pane, sheet, told });
      this.form = pane.querySelector("#writing");
      this.box = pane.querySelector("#text");
      this.line = pane.querySelector("#saved");
      this.count = pane.querySelector("#word-count");
      this.aside = pane.querySelector("#language-help");
      this.shown = pane.querySelector("#preview");
      if (sheet.text !== this.box.value) this.box.value = sheet.text;
      this.grow();
      this.counted();
      this.listen();
      this.look(0);
    }

    listen() {
      this.box.addEventListener("input", () => this.typed());
      this.box.addEventListener("blur", () => this.sheet.save());
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (this.sheet.unsaved) this.sheet.save();
        else if (this.sheet.state === "saved") this.line.textContent = this.told.t("Allt är sparat", "Everything is saved");
      });
      this.box.addEventListener("keydown", (event) => {
        if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          this.sheet.save();
        }
        if (event.key === "Escape") this.told.back();
      });
      const button = this.pane.querySelector("#show-preview");
      button.addEventListener("click", () => {
        this.previewing = !this.previewing;
        button.setAttribute("aria-pressed", this.previewing);
        this.shown.hidden = !this.previewing;
        this.look(0);
      });
    }

    get busy() {
      return Date.now() - (this.typedAt ?? 0) < 10_000;
    }

    typed() {
      this.typedAt = Date.now();
      this.sheet.write(this.box.value);
      this.grow();
      this.counted();
      this.look(LOOK);
    }

    /* Let the box be as tall as its text; browsers that do it themselves are left alone. */
    grow() {
      if (CSS.supports("field-sizing", "content")) return;
      const top = window.scrollY;
      this.box.rows = 1;
      const line = parseFloat(getComputedStyle(this.box).lineHeight);
      this.box.rows = Math.max(4, Math.ceil(this.box.scrollHeight / line));
      window.scrollTo({ top, behavior: "instant" });
    }

    counted() {
      const number = words.count(this.box.value);
      this.count.textContent = `${number} ${this.told.t("ord", number === 1 ? "word" : "words")}`;
    }

    /* The sheet has something to tell. Whatever it holds stands in the box, always. */
    heard(happening) {
      const { sheet, box } = this;
      if (box.value !== sheet.text) {
        const [from, to] = [box.selectionStart, box.selectionEnd].map((at) => words.place(box.value, sheet.text, at));
        box.value = sheet.text;
        box.setSelectionRange(from, to);
        this.grow();
        this.counted();
        this.look(0);
      }
      if (happening.what === "saved" && happening.answer) this.savedAt = new Date();
      if (happening.answer?.state === "merged") this.merged(happening.answer);
      else if (happening.what === "typing" || happening.what === "refreshed" || happening.settled) this.mergedWith = "";
      if (happening.what === "clash") this.clash();
      this.status();
      this.announce(happening.what);
    }

    merged(answer) {
      const who = this.told.name(answer.by);
      this.mergedWith = who
        ? this.told.t(`Sammanfogat med det ${who} skrev.`, `Merged with what ${who} wrote.`)
        : this.told.t("Sammanfogat med det du skrev i en annan flik.", "Merged with what you wrote in another tab.");
    }

    status() {
      const { t } = this.told;
      const at = this.savedAt ? ` ${clock(this.savedAt, this.told.language)}` : "";
      const said = {
        saved: this.mergedWith ? `${this.mergedWith} ${t("Sparat", "Saved")}${at}` : this.savedAt ? `${t("Sparat", "Saved")}${at}` : "",
        typing: t("Ändrat, sparas strax", "Changed, will be saved in a moment"),
        saving: t("Sparar …", "Saving …"),
        "no-contact": t(
          "Ingen kontakt: dina ord finns kvar här och sparas när nätet är tillbaka.",
          "No contact: your words are kept here and will be saved when the network is back.",
        ),
        "signed-out": t(
          "Du är utloggad: dina ord finns kvar här och sparas när du har loggat in.",
          "You are signed out: your words are kept here and will be saved when you have signed in.",
        ),
        clash: t("Krock: båda texterna finns kvar.", "Clash: both texts are kept."),
        refused: `${t("Inte sparat, men orden finns kvar här.", "Not saved, but the words are kept here.")} ${this.sheet.error ?? ""}`,
      }[this.sheet.state];
      if (said) this.line.textContent = said;
      if (!this.sheet.journal.works && this.sheet.unsaved) {
        this.line.textContent += ` ${t(
          "Webbläsaren låter inte sidan lägga undan orden: stäng den inte förrän det står Sparat.",
          "The browser does not let the page put the words by: do not close it before it says Saved.",
        )}`;
      }
      this.line.dataset.state = this.sheet.state;
      this.pane.querySelector("#sign-in").hidden = this.sheet.state !== "signed-out";
    }

    /* Say aloud what a writer who cannot see the line must know, once; ordinary saving is not news. */
    announce(what) {
      const grave = what === "no-contact" || what === "signed-out" || what === "refused" || what === "clash";
      if ((grave && this.announced !== what) || (this.mergedWith && what === "saved")) this.told.say(this.line.textContent);
      if (this.announced === "no-contact" && what === "saved") this.told.say(this.line.textContent);
      this.announced = what === "saving" || what === "typing" ? this.announced : what;
    }

    /* Ask the server how the text reads: preview, readability and remarks. The newest question wins. */
    look(wait) {
      clearTimeout(this.looking);
      this.looking = setTimeout(async () => {
        const asked = this.box.value;
        const came = await post(this.told.look, { text: asked });
        if (asked !== this.box.value || !this.pane.isConnected) return;
        if (came.kind === "no-contact") this.look(AGAIN); // the word list is read when the first text is; that can take a while
        if (came.kind !== "answer") return;
        this.shown.innerHTML = came.answer.html; // cleaned by the server
        this.remark(came.answer);
      }, wait);
    }

    remark({ lix, remarks = [] }) {
      this.aside.hidden = !lix && !remarks.length;
      this.aside.querySelector("#lix").textContent = lix ?? "";
      const list = this.aside.querySelector("#remarks");
      const held = [...list.children].findIndex((line) => line.contains(document.activeElement));
      // The server counts characters; a text box counts an emoji as two.
      const letters = [...this.box.value];
      const at = (count) => letters.slice(0, count).join("").length;
      list.replaceChildren(...remarks.map((remark) => this.remarked({ ...remark, start: at(remark.start), end: at(remark.end) })));
      if (held >= 0) (list.children[held]?.querySelector("button") ?? this.box).focus({ preventScroll: true });
      this.aside.querySelector("#remark-count").textContent = remarks.length
        ? this.told.t(`${remarks.length} att se över`, `${remarks.length} to look over`)
        : "";
    }

    /* A remark as a line of words, with buttons to go there, to take the suggestion, and to say that the word is right. */
    remarked({ start, end, what, suggestion, quote, unknown }) {
      const { t, addTerm } = this.told;
      const line = document.createElement("li");
      const button = (words, act) => {
        const made = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: words });
        made.addEventListener("click", act);
        line.append(made, " ");
        return made;
      };
      button(`”${quote}”`, () => this.mark(start, end));
      line.append(`${what} `);
      if (suggestion) button(t(`Skriv ”${suggestion}”`, `Write “${suggestion}”`), () => this.take(start, end, quote, suggestion));
      if (unknown && addTerm) {
        const add = button(t("Lägg till i ordlistan", "Add to the list of terms"), () => addTerm(quote));
        add.setAttribute("aria-label", `${add.textContent}: ${quote}`);
      }
      return line;
    }

    take(start, end, quote, suggestion) {
      if (this.box.value.slice(start, end) !== quote) return;
      this.box.setRangeText(suggestion, start, end, "end");
      this.box.focus();
      this.typed();
    }

    mark(start, end) {
      this.box.focus();
      this.box.setSelectionRange(start, end);
    }

    /* Both texts side by side, what differs marked, and three ways on. */
    clash() {
      const { t } = this.told;
      const made = document.querySelector("#clash-form").content.cloneNode(true).firstElementChild;
      const { theirs } = this.sheet.clash;
      const sides = words.pieces(theirs, this.sheet.text);
      const put = (where, pieces) => made.querySelector(where).append(...pieces.map(({ changed, text }) =>
        (changed ? Object.assign(document.createElement("mark"), { textContent: text }) : document.createTextNode(text))));
      put(".clash-theirs", sides.before);
      put(".clash-mine", sides.after);
      const both = made.querySelector("textarea");
      both.value = this.sheet.text;
      both.addEventListener("input", () => {
        this.sheet.write(both.value);
        this.box.value = both.value;
      });
      made.querySelector(".keep-theirs").addEventListener("click", () => this.settle(made, theirs));
      made.querySelector(".keep-mine").addEventListener("click", () => this.settle(made, this.sheet.text));
      made.querySelector(".keep-both").addEventListener("click", () => {
        made.querySelector(".clash-write").hidden = false;
        both.focus();
      });
      made.querySelector(".keep-written").addEventListener("click", () => this.settle(made, both.value));
      this.pane.querySelector(".clash")?.remove();
      this.form.before(made);
      this.form.hidden = true;
      this.told.say(t("Krock: båda texterna finns kvar. Välj hur det ska stå.", "Clash: both texts are kept. Choose how it shall read."));
      made.querySelector("h3").focus();
    }

    async settle(made, text) {
      const where = this.told.clashAt(this.sheet.clash.id);
      const came = await post(where, { text, base: this.sheet.clash.version });
      if (came.kind === "answer" && came.answer.state !== "clash") {
        made.remove();
        this.form.hidden = false;
        this.savedAt = new Date();
        this.sheet.settled(came.answer.version, came.answer.text);
        this.told.reload();
        this.box.focus();
        return;
      }
      const newer = came.kind === "refused" && (await this.told.newest(this.sheet.uid, this.sheet.clash.version));
      if (newer) {
        Object.assign(this.sheet.clash, { theirs: newer.text, version: newer.version });
        this.clash();
      }
      this.pane.querySelector(".clash-said").textContent = came.error || this.told.t(
        "Valet kunde inte skickas. Båda texterna finns kvar; försök igen.",
        "The choice could not be sent. Both texts are kept; try again.",
      );
    }
  }

  Object.assign(window.Vagvisare, { Surface });
})();
