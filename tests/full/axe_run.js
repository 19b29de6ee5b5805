"use strict";
// Runs axe-core over the page and leaves what it found in <pre id="verdict">. Tables are shown whole and nothing
// in them sticks, since the contrast of what is scrolled out of sight, or lies under it, cannot be told.
(() => {
  const style = document.createElement("style");
  style.textContent = ".scroll { max-height: none !important; overflow: visible !important; } " +
    ".scroll th { position: static !important; }";
  document.head.append(style);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "EN-301-549", "best-practice"];
  const told = (violation) => violation.id + ": " + violation.help + "\n" +
    violation.nodes.slice(0, 3).map((node) => "  " + node.html.slice(0, 200) + "\n  " + node.failureSummary).join("\n");
  axe.run(document, { runOnly: tags }).then((results) => {
    const verdict = document.createElement("pre");
    const undecided = results.incomplete.map((rule) => rule.id + " " + rule.nodes.length).join(", ");
    verdict.id = "verdict";
    verdict.dataset.failures = results.violations.length;
    verdict.textContent = results.passes.length + " rules pass; undecided: " + (undecided || "nothing") +
      results.violations.map((violation) => "\n" + told(violation)).join("");
    document.body.replaceChildren(verdict);
  });
})();
