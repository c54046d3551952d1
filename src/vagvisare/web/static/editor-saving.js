/* Saving one node. A sheet knows what the server last acknowledged, what stands in the page, and what is on its way.

   Only one save is on its way at a time and it is sent, with the same ticket, until it is answered: a save that the
   server kept although its answer was lost is therefore never kept twice, and words typed meanwhile are sent on top of
   the version that the answer names. */
(() => {
  "use strict";
  const { words, drawn } = window.Vagvisare;
  const PAUSE = 1500; // after the last keystroke
  const ANSWER_WITHIN = 20_000;
  const LONGEST_WAIT = 30_000;
  const KEEPALIVE_MOST = 50_000; // browsers send at most 64 KB after a page is gone

  const cookie = (name) =>
    document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

  /* Post a form and tell what came back: {kind: "answer"|"refused"|"signed-out"|"no-contact", answer, error, status}. */
  async function post(address, told) {
    const body = new URLSearchParams(told);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        signal: stop.signal,
        keepalive: body.toString().length < KEEPALIVE_MOST, // finished by the browser even if the page is left
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": cookie("vagvisare-form") },
      });
      return await weighed(response);
    } catch {
      return { kind: "no-contact" };
    } finally {
      clearTimeout(timer);
    }
  }

  async function weighed(response) {
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    if (response.ok && isJson) return { kind: "answer", answer: await response.json() };
    if (response.redirected && response.url.includes("/konto/")) return { kind: "signed-out" };
    if (response.status === 401 || (response.status === 403 && !isJson)) return { kind: "signed-out" };
    if (response.status >= 500 || response.ok) return { kind: "no-contact" };
    const error = isJson ? (await response.json()).error : "";
    return { kind: "refused", error: error ?? "", status: response.status };
  }

  class Sheet {
    /* told: {uid, address, version, text (null: not known), journal, person, part}; heard(sheet, happening) is called. */
    constructor(told, heard) {
      Object.assign(this, { uid: told.uid, address: told.address, journal: told.journal, person: told.person, heard });
      this.known = { version: told.version, text: told.text };
      this.text = told.text ?? "";
      this.flight = null;
      this.clash = null;
      this.state = "saved";
      this.waits = 0;
      this.timer = 0;
      this.slot = told.journal.slot(told.uid, told.part ?? "");
    }

    get differs() {
      return this.text !== this.known.text;
    }

    get unsaved() {
      return this.flight !== null || (this.clash === null && this.differs);
    }

    /* A person typed. */
    write(text) {
      this.text = text;
      this.keep();
      if (this.clash) return;
      if (this.state !== "refused") this.become(this.troubled ? this.state : "typing");
      this.after(this.journal.works ? PAUSE : 0);
    }

    get troubled() {
      return this.state === "no-contact" || this.state === "signed-out";
    }

    keep() {
      if (this.flight || this.differs) {
        this.journal.keep(this.slot, { text: this.text, base: this.known.version, flight: this.flight });
      } else {
        this.journal.drop(this.slot);
      }
    }

    after(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), wait);
    }

    /* Send what is not acknowledged, now. */
    async save() {
      clearTimeout(this.timer);
      if (this.clash || this.sending || !this.unsaved) return;
      this.flight ??= { text: this.text, base: this.known.version, ticket: drawn() };
      this.keep();
      if (!this.troubled) this.become("saving");
      this.sending = true;
      const { text, base, ticket } = this.flight;
      const came = await post(this.address, { text, base, ticket, person: this.person });
      this.sending = false;
      if (came.kind === "answer") this.acknowledge(came.answer);
      else this.trouble(came);
    }

    trouble(came) {
      if (came.kind === "refused") {
        this.error = came.error;
        this.flight = null;
        this.keep();
        this.become("refused");
        return;
      }
      this.waits += 1;
      this.become(came.kind);
      this.after(Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(this.waits, 5)));
    }

    acknowledge(answer) {
      const sent = this.flight;
      const before = this.text;
      this.flight = null;
      this.waits = 0;
      if (answer.state === "clash") {
        this.clash = { id: answer.clash, theirs: answer.theirs, version: answer.version };
        // What is typed until it is settled stands on the same base as what clashed, never on the others' words.
        this.known = { version: sent.base, text: sent.text };
        this.keep();
        this.become("clash");
        return;
      }
      const same = answer.text.trimEnd() === sent.text.trimEnd(); // a blank just typed is not taken from under the hand
      const carried = same ? this.text : words.carry(sent.text, answer.text, this.text);
      if (carried === null) {
        // Both sides changed the same words while the answer was on its way. What is typed still stands on the base it
        // was sent from; the server weighs it against that, and keeps both where they cannot be merged.
        this.known = { version: sent.base, text: null };
      } else {
        this.known = { version: answer.version, text: same ? sent.text : answer.text };
        this.text = carried;
      }
      this.keep();
      this.become(this.unsaved ? "typing" : "saved", { answer, before });
      if (this.unsaved) this.after(PAUSE);
    }

    /* Somebody else's newer wording, heard of in passing: taken in only where nobody has typed here. */
    hear(version, text) {
      if (version <= this.known.version || this.unsaved || this.clash || this.sending) return false;
      const before = this.text;
      this.known = { version, text };
      this.text = text;
      this.heard(this, { what: "refreshed", before });
      return true;
    }

    /* A clash was settled on the server. */
    settled(version, text) {
      const before = this.text;
      this.clash = null;
      this.known = { version, text };
      this.text = text;
      this.keep();
      this.become("saved", { before, settled: true });
    }

    become(state, more = {}) {
      this.state = state;
      this.heard(this, { what: state, ...more });
    }

    /* Go on with what an earlier page left behind; its slot is let go only when the words stand in ours. */
    adopt(slot, entry) {
      this.known = { version: entry.base, text: null };
      this.text = entry.text;
      this.flight = entry.flight;
      this.keep();
      if (slot !== this.slot) this.journal.drop(slot);
      return this.save();
    }
  }

  Object.assign(window.Vagvisare, { Sheet, post });
})();
