// Shows what the server would understand while one types a term. The field is a plain text field without this.
"use strict";

(() => {
  const PAUSE = 150;

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

    const close = () => {
      asked += 1;
      clearTimeout(waiting);
      list.hidden = true;
      at = -1;
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const choose = (option) => {
      input.value = option.dataset.label;
      close();
    };

    const move = (to) => {
      const options = list.children;
      if (options[at]) options[at].setAttribute("aria-selected", "false");
      at = (to + options.length) % options.length;
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[at].id);
    };

    const show = (results) => {
      at = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...results.map((result, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.dataset.label = result.label;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = result.matched ? `${result.label} (${result.matched})` : result.label;
        return option;
      }));
      list.hidden = results.length === 0;
      input.setAttribute("aria-expanded", String(results.length > 0));
      status.textContent = results.length ? `${input.dataset.found}: ${results.length}` : "";
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

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      if (input.value.trim().length < 2) close();
      else waiting = setTimeout(ask, PAUSE);
    });

    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") move(at + 1);
      else if (event.key === "ArrowUp") move(at < 0 ? -1 : at - 1);
      else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });

    input.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  };

  document.querySelectorAll("input[data-look-up]").forEach(improve);
})();
