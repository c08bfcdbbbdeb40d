// Improves pages that already work without it. No page depends on anything here.
"use strict";

(() => {
  // After a refused form the reader starts at what is wrong.
  const summary = document.querySelector(".summary[tabindex]");
  if (summary) summary.focus();

  // Three presses of Esc within two seconds leave a page that has the exit: what stands on it goes at once, and Back
  // does not lead here again.
  const exit = document.querySelector("a.exit");
  if (exit) {
    const leave = () => {
      document.title = "";
      document.documentElement.hidden = true;
      sessionStorage.clear();
      location.replace(exit.href);
    };
    let presses = [];
    const menuIsOpen = () => "popover" in HTMLElement.prototype && document.querySelector(":popover-open") !== null;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") {
        presses = [];
        return;
      }
      if (event.defaultPrevented || menuIsOpen()) return; // this press closed a list or the menu
      const now = Date.now();
      presses = [...presses.filter((then) => now - then < 2000), now];
      if (presses.length === 3) leave();
    });
    exit.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      leave();
    });
  }

  // A link to something folded away unfolds it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  // How much room is left in a text, told from the last fifth on; a reader hears it when the typing pauses.
  for (const area of document.querySelectorAll("textarea[data-limit]")) {
    const told = document.getElementById(`${area.id}-limit`);
    const plain = told.textContent;
    const tell = () => {
      const left = Number(area.dataset.limit) - area.value.length;
      const words = left < 0 ? `${told.dataset.over} ${-left}` : `${told.dataset.left} ${left}`;
      told.textContent = left > area.dataset.limit / 5 ? plain : words;
    };
    let pause = 0;
    area.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(tell, 400);
    });
    told.setAttribute("aria-live", "polite");
    tell();
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }
})();
