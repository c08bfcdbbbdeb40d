// Shows what the server would understand while one types a term. The field is a plain text field without this.
// The pattern is the editable combobox with a list of the ARIA practices: the focus stays in the field.
"use strict";

(() => {
  const PAUSE = 150;
  const LEAST = 2;

  const improve = (input) => {
    const list = document.createElement("ul");
    list.className = "options";
    list.id = `${input.id}-options`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.found);
    const status = document.createElement("p");
    status.className = "vh";
    status.setAttribute("role", "status");
    input.after(list, status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);

    let waiting = 0;
    let asked = 0;
    let at = -1;

    const leaveOption = () => {
      if (list.children[at]) list.children[at].setAttribute("aria-selected", "false");
      at = -1;
      input.removeAttribute("aria-activedescendant");
    };

    const close = (said = "") => {
      asked += 1;
      clearTimeout(waiting);
      leaveOption();
      list.hidden = true;
      status.className = "vh";
      status.textContent = said;
      input.setAttribute("aria-expanded", "false");
    };

    const choose = (option) => {
      input.value = option.dataset.label;
      close();
    };

    const move = (to) => {
      const options = list.children;
      leaveOption();
      at = (to + options.length) % options.length;
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    };

    const show = (results) => {
      if (results.length === 0) {
        close(input.dataset.none);
        status.className = "hint"; // in sight too: an empty answer is an answer
        return;
      }
      leaveOption();
      list.replaceChildren(...results.map((result, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.dataset.label = result.label;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = result.matched ? `${result.label} (${result.matched})` : result.label;
        return option;
      }));
      list.hidden = false;
      list.scrollTop = 0;
      status.className = "vh";
      status.textContent = `${input.dataset.found}: ${results.length}`;
      input.setAttribute("aria-expanded", "true");
    };

    const ask = async () => {
      const mine = (asked += 1);
      try {
        const address = `${input.dataset.lookUp}&q=${encodeURIComponent(input.value.slice(0, 100))}`;
        const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
        if (answer.ok && mine === asked) show((await answer.json()).results);
      } catch {
        if (mine === asked) close();
      }
    };

    const hasEnough = () => input.value.trim().length >= LEAST;

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      leaveOption();
      if (hasEnough()) waiting = setTimeout(ask, PAUSE);
      else close();
    });

    // Answers true for a key that has been dealt with. Esc closes the list; once more empties the field.
    const press = (key, alt) => {
      if (list.hidden) {
        if (key === "ArrowDown" && hasEnough()) return ask(), true;
        if (key === "Escape" && input.value) input.value = "", close();
        return false; // and so a third Esc in a row still leaves the page
      }
      if (key === "Escape" || (key === "ArrowUp" && alt)) return close(), true;
      if (key === "ArrowDown") return move(at + 1), true;
      if (key === "ArrowUp") return move(at < 0 ? -1 : at - 1), true;
      if (key === "Enter" && at >= 0) return choose(list.children[at]), true;
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) leaveOption(); // back to the text
      return false;
    };

    input.addEventListener("keydown", (event) => {
      if (!event.isComposing && press(event.key, event.altKey)) event.preventDefault();
    });

    input.addEventListener("blur", () => {
      asked += 1;
      clearTimeout(waiting);
      if (!list.hidden) close();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  };

  document.querySelectorAll("input[data-look-up]").forEach(improve);
})();
