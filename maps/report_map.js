"use strict";
// The map: themes to choose from, and details of the municipality that is pointed at or stepped to. What the
// details tell is read off the municipality's row in the table, so that both always say the same.
(() => {
  const figure = document.querySelector(".map");
  const svg = figure && figure.querySelector("svg");
  if (!svg) return;
  const words = document.body.dataset;
  const details = figure.querySelector(".details");
  const rowOf = (place) => document.getElementById("municipalities-" + place.dataset.code);
  // Drawn once, and again in every inset that enlarges it; what has the id is what the keyboard steps through.
  const parts = [...svg.querySelectorAll(".municipality[data-code]")].filter(rowOf);
  const places = parts.filter((part) => part.id);
  const placeOf = (part) => places.find((place) => place.dataset.code === part.dataset.code);
  const titles = [...document.querySelectorAll("#municipalities thead th")].map((th) => th.textContent);
  let current = null;
  let cursors = [];

  // ---- themes ----
  const themes = svg.matches("[class*=theme-]") ? figure.querySelector(".themes") : null;
  function show(theme) {
    for (const name of [...svg.classList]) if (name.startsWith("theme-")) svg.classList.remove(name);
    svg.classList.add("theme-" + theme);
    for (const legend of figure.querySelectorAll(".legend")) legend.hidden = legend.dataset.theme !== theme;
  }
  if (themes) {
    themes.hidden = false;
    themes.addEventListener("change", (event) => show(event.target.value));
    show(themes.querySelector("input:checked").value);
  }

  // ---- details ----
  function describe(place) {
    const row = rowOf(place);
    const heading = document.createElement("h3");
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, column) => {
      if (cell.scope === "row") heading.textContent = cell.textContent;
      else if (cell.textContent) {
        const term = document.createElement("dt");
        const meaning = document.createElement("dd");
        term.textContent = titles[column];
        meaning.textContent = cell.textContent;
        list.append(term, meaning);
      }
    });
    details.replaceChildren(heading, list);
  }

  // Drawn again on top, since the neighbours' fills lie over a part's own outline.
  function outlined(part) {
    const cursor = document.createElementNS(svg.namespaceURI, "g");
    cursor.setAttribute("class", "cursor");
    cursor.setAttribute("aria-hidden", "true");
    const paths = [...part.querySelectorAll("path")];
    for (const line of ["halo", "line"])
      for (const path of paths) {
        const outline = document.createElementNS(svg.namespaceURI, "path");
        outline.setAttribute("d", path.getAttribute("d"));
        outline.setAttribute("class", line);
        cursor.append(outline);
      }
    part.parentNode.append(cursor);
    return cursor;
  }

  function mark(place) {
    cursors.forEach((cursor) => cursor.remove());
    cursors = parts.filter((part) => part.dataset.code === place.dataset.code).map(outlined);
  }

  function step(place) {
    if (!place || place === current) return;
    (current || places[0]).setAttribute("tabindex", "-1");
    place.setAttribute("tabindex", "0");
    current = place;
    mark(place);
    describe(place);
  }

  function follow(place) {
    const row = rowOf(place);
    row.closest(".table").dispatchEvent(new Event("show-all"));
    location.hash = row.id;
    row.querySelector("th").setAttribute("tabindex", "-1");
    row.querySelector("th").focus();
  }

  // ---- keyboard ----
  const centres = new Map();
  function centre(place) {
    if (!centres.has(place)) {
      const box = place.getBBox();
      centres.set(place, [box.x + box.width / 2, box.y + box.height / 2]);
    }
    return centres.get(place);
  }
  // The nearest place in a direction; one to the side counts as farther away.
  function towards(from, dx, dy) {
    const [x, y] = centre(from);
    let best = null;
    let least = Infinity;
    for (const place of places) {
      const [px, py] = centre(place);
      const along = (px - x) * dx + (py - y) * dy;
      const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
      const far = along + 2 * aside;
      if (along > 0 && along >= aside / 2 && far < least) [best, least] = [place, far];
    }
    return best;
  }
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener("keydown", (event) => {
    const place = event.target.closest(".municipality");
    if (!place || event.ctrlKey || event.altKey || event.metaKey) return;
    let next = null;
    if (arrows[event.key]) next = towards(place, ...arrows[event.key]);
    else if (event.key === "Home") next = places[0];
    else if (event.key === "End") next = places[places.length - 1];
    else if (event.key === "Enter" || event.key === " ") follow(place);
    else return;
    event.preventDefault();
    if (next) next.focus();
  });

  if (!places.length) return;
  details.hidden = false;
  svg.setAttribute("role", "group");
  for (const place of places) {
    const row = rowOf(place);
    place.setAttribute("role", "link");
    place.setAttribute("tabindex", place === places[0] ? "0" : "-1");
    place.setAttribute("aria-label", row.querySelector("th").textContent + ", " + words.link);
    place.addEventListener("focus", () => step(place));
  }
  for (const part of parts) {
    part.addEventListener("pointerenter", () => step(placeOf(part)));
    part.addEventListener("click", () => follow(placeOf(part)));
  }
})();
