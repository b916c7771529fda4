"use strict";
(() => {
  const find = (id) => document.getElementById(id);

  // Of a large archive the later documents are in templates.
  const folded = (id) => find((id.match(/^d\d+/) || [""])[0] + "template");
  const unfold = (id) => {
    const template = folded(id);
    if (!template) return;
    template.replaceWith(template.content);
    // Only then is there something that the address can be aimed at.
    location.replace(location.href);
  };

  // The place that the address names: shown, wherever it is folded away.
  const reveal = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    unfold(id);
    const place = id && find(id);
    if (!place) return;
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (place.matches(".document, #index")) {
      window.scrollTo(0, 0);
      place.focus({ preventScroll: true });
    } else {
      place.scrollIntoView({ block: "center", inline: "nearest" });
    }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Escape folds the source away again and goes back to the figure that led there.
  let left = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !link.closest(".source")) left = link;
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(".source[open]");
    if (!open) return;
    open.open = false;
    (left && left.offsetParent ? left : open.querySelector("summary")).focus();
  });

  const form = find("filters");
  if (!form) return;
  const table = document.querySelector("table.index");
  const body = table.tBodies[0];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...body.rows].map((row) => ({ row, id: row.querySelector("a").hash.slice(1), text: null }));
  // Sources are no part of what is searched: they say all once more.
  const text = (entry) => {
    if (entry.text === null) {
      const template = folded(entry.id);
      const article = template ? template.content.firstElementChild : find(entry.id);
      const parts = [entry.row, ...article.querySelectorAll(":scope > :not(.source)")];
      entry.text = plain(parts.map((part) => part.textContent).join(" "));
    }
    return entry.text;
  };

  const filter = () => {
    const words = plain(find("words").value).split(/\s+/).filter(Boolean);
    const year = find("year").value;
    const minister = find("minister").value;
    let count = 0;
    for (const entry of rows) {
      const told = entry.row.dataset;
      const fits =
        (!year || told.year === year) &&
        (!minister || told.minister === minister) &&
        (!find("fail").checked || told.fail !== "0") &&
        (!find("doubts").checked || told.doubts !== "0") &&
        words.every((word) => text(entry).includes(word));
      entry.row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    find("count").textContent = count === rows.length ? `${count} documents` : `${count} of ${rows.length} documents`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  // The heads of the columns sort; in numbers a tick or a cross does not count.
  const heads = [...table.tHead.rows[0].cells];
  const number = (text) => parseFloat(text.replace(/[^\d]+/g, " ").trim()) || 0;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (entry) => entry.row.cells[column].textContent;
      const order = head.classList.contains("n")
        ? (a, b) => number(value(a)) - number(value(b))
        : (a, b) => value(a).localeCompare(value(b), "nl");
      rows.sort((a, b) => (down ? order(b, a) : order(a, b)));
      body.append(...rows.map((entry) => entry.row));
    });
  });
})();
