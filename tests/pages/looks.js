// What a person of the crawl sees of a page, without touching it: an object of questions, each answered at once.
() => {
  const CONTROLS = "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']";
  const isVisible = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Kept for screen readers alone: clipped to nothing, itself or around.
  const isClipped = (el) => {
    const kept = el.closest(".vh, thead, .skip");
    return Boolean(kept) && getComputedStyle(kept).clipPath.startsWith("inset(50%");
  };
  const isShown = (el) => isVisible(el) && !isClipped(el);
  const inShort = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter(
    (el) => isShown(el) && !el.disabled && el.tabIndex >= 0);

  // A link inside a sentence may be as low as its line.
  const isInText = (el) => {
    if (el.tagName !== "A" || getComputedStyle(el).display !== "inline") return false;
    const around = el.closest("p, li, dd, td, th, h1, h2, h3, figcaption, span, div");
    return Boolean(around) && around.textContent.trim().length > el.textContent.trim().length;
  };
  const sizeOf = (el) => {
    const label = el.labels && el.labels[0];
    const boxes = [el, ...(label && /checkbox|radio/.test(el.type) ? [label] : [])].map((each) => each.getBoundingClientRect());
    return [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
  };

  const fields = (form) => [...form.elements].filter((el) => el.name && !/hidden|submit|button|fieldset/.test(el.type));
  const formHere = () => {
    const forms = [...document.querySelectorAll("main form[method=post]")].filter((form) => fields(form).length);
    return forms.find((form) => form.id === "page-form") || forms[0];
  };

  return {
    wide: () => {
      const room = document.documentElement.clientWidth;
      const bad = document.documentElement.scrollWidth > room ? [`${document.documentElement.scrollWidth} px wide in ${room}`] : [];
      for (const el of document.body.querySelectorAll("*")) {
        if (!isShown(el) || el.closest("svg, .skip")) continue;
        const box = el.getBoundingClientRect();
        if (box.width && (box.right > room + 1 || box.left < -1) && bad.length < 4) bad.push(inShort(el));
      }
      return bad;
    },
    cut: () => {
      const bad = [];
      for (const el of document.body.querySelectorAll("*")) {
        if (!isShown(el) || el.closest("svg, .skip") || !el.textContent.trim()) continue;
        const style = getComputedStyle(el);
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) bad.push(inShort(el));
      }
      return bad;
    },
    small: (least) => controls().filter((el) => !isInText(el) && !el.closest(".skip") && sizeOf(el).some((size) => size < least - 0.01))
      .map((el) => `${sizeOf(el).map(Math.round).join(" × ")}: ${inShort(el)}`),
    texts: () => {
      const found = new Map();
      const add = (el, text) => {
        const words = text.replace(/\s+/g, " ").trim();
        const lang = el.closest("[lang]") ? el.closest("[lang]").lang : "";
        if (words) found.set(`${lang}\n${words}`, [lang, words]);
      };
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const el = node.parentElement;
        if (!/^(SCRIPT|STYLE|NOSCRIPT|TEXTAREA)$/.test(el.tagName)) add(el, node.data);
      }
      for (const el of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        for (const name of ["aria-label", "title", "placeholder", "alt"]) if (el.hasAttribute(name)) add(el, el.getAttribute(name));
      return [...found.values()];
    },
    read: () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = new Set();
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (node.data.trim() && isVisible(node.parentElement) && !node.parentElement.closest(".masthead")) found.add(node.data.replace(/\s+/g, " ").trim());
      for (const el of document.querySelectorAll("[data-label]")) if (isVisible(el)) found.add(el.dataset.label);
      return [...found];
    },
    // After a first press of Tab whatever takes the focus shows it as for the keyboard.
    unfocused: (most) => {
      const bad = [];
      for (const el of controls().slice(0, most)) {
        if (el.type === "radio" && document.activeElement.name === el.name) continue;
        document.activeElement.blur();
        const before = getComputedStyle(el).boxShadow;
        el.focus({ preventScroll: true });
        const style = getComputedStyle(el);
        const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        if (document.activeElement !== el) bad.push(`takes no focus: ${inShort(el)}`);
        else if (!isOutlined && style.boxShadow === before) bad.push(`does not show its focus: ${inShort(el)}`);
      }
      return bad;
    },
    follow: () => {
      window.stops = [];
      const all = [...document.querySelectorAll("*")];
      document.addEventListener("focusin", (event) => window.stops.push([all.indexOf(event.target), inShort(event.target)]));
    },
    disorder: () => {
      const again = window.stops.findIndex((stop, at) => at > 0 && stop[0] === window.stops[0][0]);
      const stops = again < 0 ? window.stops : window.stops.slice(0, again); // a short page begins anew
      const back = stops.findIndex((stop, at) => at > 0 && stop[0] <= stops[at - 1][0]);
      if (back > 0) return [`Tab goes back to ${stops[back][1]}`];
      return stops.length ? [] : ["Tab reaches nothing"];
    },
    refusal: async () => {
      const summary = document.querySelector("main .summary:not(.ledger .summary)") || document.querySelector("main .summary");
      if (!summary) return ["no error summary"];
      const bad = document.activeElement === summary ? [] : ["the error summary has no focus"];
      if (!summary.querySelector("li")) bad.push("the error summary says nothing");
      for (const link of summary.querySelectorAll("li a")) {
        if (link.pathname !== location.pathname) {  // a field of another step
          const there = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
          if (!there.getElementById(link.hash.slice(1))) bad.push(`leads nowhere: ${link.hash} ${link.textContent}`);
          continue;
        }
        const target = document.getElementById(link.hash.slice(1));
        if (!target) { bad.push(`leads nowhere: ${link.hash} ${link.textContent}`); continue; }
        link.click();
        if (document.activeElement !== target) bad.push(`does not lead the focus to its field: ${link.hash} ${link.textContent}`);
        const group = target.closest("fieldset[aria-describedby]");
        const isChoice = /checkbox|radio/.test(target.type) || target.tagName === "FIELDSET";
        const described = `${target.getAttribute("aria-describedby") || ""} ${group ? group.getAttribute("aria-describedby") : ""}`;
        const says = described.split(" ").map((id) => id && document.getElementById(id)).some((el) => el && el.matches(".error"));
        if (!says) bad.push(`its field is not described by its error: ${link.hash}`);
        if (!isChoice && !(group && group !== target && !target.matches("[aria-invalid]")) && target.getAttribute("aria-invalid") !== "true")
          bad.push(`no aria-invalid: ${link.hash}`);
      }
      return bad;
    },
    // Empties the form a person would fill in here, and sends it.
    has_form: () => Boolean(formHere()),
    empty: () => {
      const form = formHere();
      for (const el of fields(form)) {
        if (/checkbox|radio/.test(el.type)) el.checked = false;
        else if (el.tagName === "SELECT") el.value = [...el.options].some((option) => option.value === "") ? "" : el.value;
        else el.value = "";
      }
      form.noValidate = true;
      form.requestSubmit([...form.elements].find((el) => el.type === "submit" && !el.name) || null);
    },
  };
}
