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
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") {
        presses = [];
        return;
      }
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

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
