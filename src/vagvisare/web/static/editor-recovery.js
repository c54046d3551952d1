/* Words that were left behind: by an earlier page, or in a node that is no longer open and would not take them. */
(() => {
  "use strict";
  const { Sheet } = window.Vagvisare;

  /* ``desk`` is what editor.js shares: {t, base, person, journal,
     sheets, outline, open, saveAt, heard, news, say, context, rows}. */
  function recovery(desk) {
    const { t, base, journal } = desk;

    /* Words of a node that is not open could not be saved as they are: say so, and where they are. */
    function leftBehind(sheet) {
      const row = desk.outline?.rows.find((one) => one.uid === sheet.uid);
      const where = row ? row.link.querySelector(".row-text").textContent.trim() : t("en del som inte finns kvar", "a part that is no longer here");
      if (sheet.clash) {
        desk.news(t(`Krock i ”${where}”: båda texterna finns kvar.`, `Clash in “${where}”: both texts are kept.`), {
          words: t("Gör upp krocken", "Settle the clash"),
          href: `${base}krock/${sheet.clash.id}/`,
        });
        return;
      }
      if (document.querySelector(`[data-slot="${CSS.escape(sheet.slot)}"]`)) return; // said already
      const made = document.querySelector("#left-behind").content.cloneNode(true).firstElementChild;
      made.dataset.slot = sheet.slot;
      made.querySelector(".left-where").textContent = where;
      made.querySelector(".left-why").textContent = sheet.error ?? "";
      made.querySelector("textarea").value = sheet.text;
      made.querySelector("button").addEventListener("click", () => {
        journal.drop(sheet.slot);
        made.remove();
      });
      document.querySelector("#left").append(made);
      desk.say(made.querySelector(".left-lead").textContent);
    }

    /* Words that an earlier page did not get through with. */
    async function recover() {
      let number = 0;
      for (const { slot, uid, entry } of await journal.left()) {
        number += 1;
        const told = { uid, address: desk.saveAt(uid), version: entry.base, text: null, journal, person: desk.person, part: `.${number}` };
        const sheet = new Sheet(told, (one, happening) => {
          desk.heard(one, happening);
          if (happening.what === "saved") {
            desk.news(t("Ord som inte hann sparas förra gången är nu sparade.", "Words that were not saved last time have now been saved."));
            desk.rows();
          }
          if (happening.what === "clash" && uid === desk.open()) desk.context();
        });
        desk.sheets.set(`${uid}.${number}`, sheet);
        await sheet.adopt(slot, entry);
      }
    }

    return { leftBehind, recover };
  }

  Object.assign(window.Vagvisare, { recovery });
})();
