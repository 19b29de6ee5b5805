"use strict";
// What a reader does with the page, done by a script: sorts and narrows down a table, changes the theme of the
// map, steps through it by keyboard. What goes wrong is left in <pre id="verdict">.
(() => {
  const failures = [];
  let checks = 0;
  const check = (holds, what) => { checks++; if (!holds) failures.push(what); };

  const holder = document.getElementById("municipalities");
  const table = holder.querySelector("table");
  const headers = [...table.tHead.rows[0].cells];
  const rows = () => [...table.tBodies[0].rows];
  const shown = () => rows().filter((row) => !row.hidden);
  const all = rows().length;
  const columnOf = (test) => headers.findIndex(test);

  // ---- sorting ----
  function isSorted(column, direction) {
    const values = rows().map((row) => row.cells[column].dataset.value).filter((value) => value !== undefined).map(Number);
    return values.length > 1 && values.every((value, i) => i === 0 || direction * (value - values[i - 1]) >= 0);
  }
  const number = columnOf((header) => header.classList.contains("number"));
  const button = headers[number].querySelector("button");
  button.click();
  check(headers[number].getAttribute("aria-sort") === "ascending", "the first click sorts upwards");
  check(isSorted(number, 1), "rows are in ascending order");
  button.click();
  check(headers[number].getAttribute("aria-sort") === "descending", "the second click sorts downwards");
  check(isSorted(number, -1), "rows are in descending order");
  headers[0].querySelector("button").click();
  check(!headers[number].hasAttribute("aria-sort"), "only one column is sorted by");
  const names = rows().map((row) => row.cells[0].textContent);
  const collator = new Intl.Collator(document.documentElement.lang);
  check(names.every((name, i) => i === 0 || collator.compare(names[i - 1], name) <= 0), "names in the order of the language");
  check(rows().length === all, "no row is lost by sorting");

  // ---- narrowing down ----
  const tools = holder.querySelector(".tools");
  const select = tools.querySelector("select");
  const count = tools.querySelector("[role=status]");
  const clear = tools.querySelector("button");
  check([...tools.querySelectorAll("input, select")].every((field) => field.labels.length === 1), "every field has a label");
  check(clear.hidden, "nothing to clear at first");
  select.value = select.options[1].value;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  check(shown().length > 0 && shown().length < all, "a choice narrows the table down");
  check(shown().every((row) => row.cells[select.dataset.column].textContent === select.value), "to the rows of that value");
  check(count.textContent.includes(String(shown().length)) && count.textContent.includes(String(all)), "the count is announced");
  clear.click();
  check(shown().length === all && clear.hidden, "everything is shown again");
  const search = tools.querySelector("input[type=search]");
  search.value = names[1].toUpperCase();
  search.dispatchEvent(new Event("input", { bubbles: true }));
  check(shown().length >= 1 && shown().some((row) => row.cells[0].textContent === names[1]), "a name is found in capitals too");

  // ---- the map ----
  const figure = document.querySelector(".map");
  const svg = figure.querySelector("svg");
  const radios = [...figure.querySelectorAll(".themes input")];
  check(radios.length > 1 && !figure.querySelector(".themes").hidden, "there are themes to choose from");
  for (const radio of radios) {
    radio.click();
    check(svg.classList.contains("theme-" + radio.value), "the map shows " + radio.value);
    const legends = [...figure.querySelectorAll(".legend")].filter((legend) => !legend.hidden);
    check(legends.length === 1 && legends[0].dataset.theme === radio.value, "with its legend alone");
  }
  const stops = svg.querySelectorAll(".municipality[tabindex='0']");
  check(stops.length === 1, "one municipality can be reached by tab");
  const first = stops[0];
  const details = figure.querySelector("[role=status]");
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  first.focus();
  check(document.activeElement === first, "it takes the focus");
  const nameOf = (place) => document.getElementById("municipalities-" + place.dataset.code).querySelector("th").textContent;
  check(details.textContent.includes(nameOf(first)), "its details are told");
  check(svg.querySelectorAll(".cursor path").length > 0, "and it is marked");
  const seen = new Set([first]);
  for (const key of ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "End", "Home", "ArrowLeft", "ArrowUp"]) {
    press(key);
    seen.add(document.activeElement);
    check(document.activeElement.matches(".municipality[tabindex='0']"), key + " stays on the map");
  }
  check(seen.size > 3, "arrows lead to other municipalities");
  const last = document.activeElement;
  press("Enter");
  const row = document.getElementById("municipalities-" + last.dataset.code);
  check(location.hash === "#" + row.id, "enter leads to the row");
  check(row.contains(document.activeElement) && !row.hidden, "which is shown and has the focus");

  check(performance.getEntriesByType("resource").length === 0, "nothing was fetched");
  const foreign = document.createElement("script");
  foreign.textContent = "document.body.dataset.foreign = 'ran'";
  document.body.append(foreign);
  check(!document.body.dataset.foreign, "no script runs but those the page came with");
  const verdict = document.createElement("pre");
  verdict.id = "verdict";
  verdict.dataset.failures = failures.length;
  verdict.textContent = failures.length ? failures.join("\n") : checks + " checks";
  document.body.replaceChildren(verdict);
})();
