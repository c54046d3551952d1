// On a narrow screen each menu is one row: draw it so that the place one is at is seen.
for (const here of document.querySelectorAll(":is(.menu, .submenu, .parts) [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.getBoundingClientRect().left - row.getBoundingClientRect().left - 48;
}
