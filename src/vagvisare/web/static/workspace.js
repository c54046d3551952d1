// On a narrow screen each menu is one row: draw it so that the place one is at is seen.
for (const here of document.querySelectorAll(":is(.menu, .submenu, .parts) [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.getBoundingClientRect().left - row.getBoundingClientRect().left - 48;
}

// A form is sent once: on a slow line a double click would do the same thing twice. Last of all listeners, so that what
// a page's own script sends itself is left to it; and only for a while, so that a form that got stuck can be sent again.
const sent = new WeakSet();
window.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000);
});
