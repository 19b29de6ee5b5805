"use strict";
// Tables that can be sorted by any column and narrowed down. Without this script they are plain tables.
(() => {
  const words = document.body.dataset;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const enoughToFilter = 12;

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function valueOf(row, column) {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return collator.compare(a, b);
  }

  // Empty cells come last whichever the direction.
  function sort(table, column, direction) {
    const body = table.tBodies[0];
    const isEmpty = (value) => value === "";
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    rows.sort((a, b) => isEmpty(a.value) - isEmpty(b.value) || direction * compare(a.value, b.value));
    body.append(...rows.map(({ row }) => row));
  }

  // On paper a header is plain text: browsers leave buttons out of the headers that they repeat on every page.
  function addSorting(table) {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const title = header.textContent;
      const button = element("button", { type: "button" }, title);
      header.replaceChildren(button);
      addEventListener("beforeprint", () => header.replaceChildren(title));
      addEventListener("afterprint", () => header.replaceChildren(button));
      button.addEventListener("click", () => {
        const isAscending = header.getAttribute("aria-sort") === "ascending";
        headers.forEach((other) => other.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", isAscending ? "descending" : "ascending");
        sort(table, column, isAscending ? -1 : 1);
      });
    });
  }

  function choices(table, column) {
    const texts = [...table.tBodies[0].rows].map((row) => row.cells[column].textContent);
    return [...new Set(texts)].filter((text) => text).sort(collator.compare);
  }

  function selectFor(table, header, column) {
    const texts = choices(table, column);
    if (texts.length < 2) return null;
    const select = element("select", { "data-column": column }, new Option(words.all, ""));
    select.append(...texts.map((text) => new Option(text, text)));
    return element("label", {}, header.textContent, select);
  }

  function addFilters(holder, table) {
    const search = element("input", { type: "search", autocomplete: "off" });
    const count = element("p", { class: "count", role: "status" });
    const clear = element("button", { type: "button", hidden: "" }, words.showAll);
    const selects = [...table.tHead.rows[0].cells].map((header, column) =>
      "filter" in header.dataset ? selectFor(table, header, column) : null);
    const tools = element("div", { class: "tools" }, element("label", {}, words.find, search),
      ...selects.filter(Boolean), clear, count);
    const fields = [...tools.querySelectorAll("select")];

    function narrow() {
      const wanted = search.value.trim().toLocaleLowerCase();
      let shown = 0;
      for (const row of table.tBodies[0].rows) {
        const fits = fields.every((field) => !field.value || row.cells[field.dataset.column].textContent === field.value);
        row.hidden = !fits || !row.textContent.toLocaleLowerCase().includes(wanted);
        shown += !row.hidden;
      }
      const all = table.tBodies[0].rows.length;
      count.textContent = words.rows.replace("{shown}", shown).replace("{all}", all);
      clear.hidden = shown === all;
    }
    function reset() {
      search.value = "";
      fields.forEach((field) => { field.value = ""; });
      narrow();
    }
    tools.addEventListener("input", narrow);
    clear.addEventListener("click", () => { reset(); search.focus(); });
    holder.addEventListener("show-all", reset);
    narrow();
    holder.prepend(tools);
  }

  for (const holder of document.querySelectorAll(".table")) {
    const table = holder.querySelector("table");
    if (table.tBodies[0].rows.length > enoughToFilter) addFilters(holder, table);
    if (table.tBodies[0].rows.length > 1) addSorting(table);
  }
})();
