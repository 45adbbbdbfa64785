// Small helps on pages that work without them: sortable tables, a filter, opened details.
"use strict";

(() => {
  // Tables: a button in each heading sorts the rows.
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") !== "descending";
        heads.forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const value = (row) => {
          const cell = row.cells[index];
          return cell.dataset.sort ?? cell.textContent.trim();
        };
        const compare = (a, b) => {
          const [x, y] = [value(a), value(b)];
          const [m, n] = [Number(x), Number(y)];
          const both = x !== "" && y !== "" && !Number.isNaN(m) && !Number.isNaN(n);
          return both ? m - n : x.localeCompare(y, document.documentElement.lang);
        };
        const rows = [...body.rows].sort(compare);
        if (down) rows.reverse();
        body.append(...rows);
      });
    });
  }

  // Filter: words and channel, over elements on the page.
  for (const place of document.querySelectorAll("[data-filter]")) {
    const all = [...document.querySelectorAll(place.dataset.filter)];
    const search = Object.assign(document.createElement("input"), { type: "search" });
    const choice = document.createElement("select");
    choice.append(new Option(place.dataset.all, ""));
    for (const option of place.querySelectorAll("[data-option]")) {
      choice.append(new Option(option.textContent, option.dataset.option));
    }
    const said = Object.assign(document.createElement("p"), { role: "status" });
    const labelled = (text, control) => {
      const label = document.createElement("label");
      label.append(text, control);
      return label;
    };
    place.append(labelled(place.dataset.label, search), labelled(place.dataset.channel, choice), said);
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const element of all) {
        const text = element.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word));
        element.hidden = !fits || (choice.value !== "" && element.dataset.channel !== choice.value);
        if (!element.hidden) shown += 1;
      }
      said.textContent = shown === 0 ? place.dataset.empty : `${shown} / ${all.length}`;
    };
    search.addEventListener("input", apply);
    choice.addEventListener("change", apply);
  }

  // Links into closed details open them; printing opens all.
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
  });
})();
