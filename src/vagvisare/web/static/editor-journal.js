/* The journal: every keystroke that the server has not acknowledged, kept in this browser.

   One entry for each node and each opened page, so that several tabs never write over one another. An entry holds the
   text as it stands ({text, base}), and what was sent and not answered ({flight: {text, base, ticket}}). A page that was
   closed before the answer came leaves its entry behind; the next page finds it and sends it, with the same ticket, so
   that what the server already has is not kept twice. */
(() => {
  "use strict";
  const PREFIX = "vagvisare-journal";
  const LISTEN = 300; // milliseconds that other open pages have to say that an entry is theirs

  const drawn = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  class Journal {
    constructor(draft, person) {
      this.load = drawn();
      this.place = [PREFIX, encodeURIComponent(draft), encodeURIComponent(person)].join("/") + "/";
      this.works = true;
      this.channel = "BroadcastChannel" in window ? new BroadcastChannel(PREFIX) : null;
      this.others = new Set();
      if (!this.channel) return;
      this.channel.onmessage = ({ data }) => {
        if (data.ask && data.from !== this.load) this.channel.postMessage({ here: this.load });
        if (data.here) this.others.add(data.here);
      };
    }

    slot(uid, part = "") {
      return `${this.place}${uid}/${this.load}${part}`;
    }

    keep(slot, entry) {
      try {
        localStorage.setItem(slot, JSON.stringify({ ...entry, at: Date.now() }));
        this.works = true;
      } catch {
        this.works = false; // full, or forbidden: the page says so, and saves at once instead
      }
      return this.works;
    }

    drop(slot) {
      try {
        localStorage.removeItem(slot);
      } catch {
        this.works = false;
      }
    }

    /* What earlier pages left behind for this draft and person: [{slot, uid, entry}], oldest first. */
    async left() {
      if (this.channel) {
        this.channel.postMessage({ ask: true, from: this.load });
        await new Promise((done) => setTimeout(done, LISTEN));
      }
      return this.all().filter(({ load }) => load !== this.load && !this.others.has(load));
    }

    all() {
      const found = [];
      for (let number = 0; number < localStorage.length; number += 1) {
        const slot = localStorage.key(number);
        if (!slot.startsWith(this.place)) continue;
        const [uid, writer] = slot.slice(this.place.length).split("/");
        try {
          const entry = JSON.parse(localStorage.getItem(slot));
          if (typeof entry.text === "string") found.push({ slot, uid, load: writer.split(".")[0], entry });
        } catch {
          continue; // not ours to read; left as it is
        }
      }
      return found.sort((one, other) => one.entry.at - other.entry.at);
    }
  }

  window.Vagvisare = Object.assign(window.Vagvisare ?? {}, { Journal, drawn });
})();
