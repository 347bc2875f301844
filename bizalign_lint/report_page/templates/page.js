(() => {
  const $ = (s, at = document) => [...at.querySelectorAll(s)];
  // Whoever follows a link out of a panel wants to see where it leads.
  document.addEventListener("click", (e) => {
    if (e.target.closest("[popover] a[href^='#']")) e.target.closest("[popover]").hidePopover();
  });
  // Tables that sort.
  for (const table of $("table.sortable")) {
    $("th", table).forEach((th, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...th.childNodes);
      th.append(button);
      button.addEventListener("click", () => {
        const down = th.getAttribute("aria-sort") === "ascending";
        $("th", table).forEach((other) => other.removeAttribute("aria-sort"));
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[at].dataset.k ?? row.cells[at].textContent.trim();
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row, i) => [key(row), i, row]);
        rows.sort((a, b) => a[0].localeCompare(b[0], "en", { numeric: true }) * (down ? -1 : 1) || a[1] - b[1]);
        body.append(...rows.map((row) => row[2]));
      });
    });
  }
  // The worklist, filtered.
  const tools = document.querySelector(".tools");
  if (tools) {
    const [filter, least, shown] = ["filter", "least", "shown"].map((id) => document.getElementById(id));
    const tasks = $("#worklist .task").map((task) => ({
      task,
      open: task.open,
      owner: task.querySelector("h3").textContent.toLowerCase(),
      rows: $("[data-s]", task).map((row) => [row, row.textContent.toLowerCase()]),
      parts: $(".tbl, .facts", task),
    }));
    const apply = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      const asked = words.length > 0 || least.value !== "";
      let total = 0;
      for (const one of tasks) {
        let count = 0;
        for (const [row, text] of one.rows) {
          const fits = words.every((word) => text.includes(word) || one.owner.includes(word));
          row.hidden = !fits || (least.value !== "" && row.dataset.s !== least.value);
          count += !row.hidden;
        }
        for (const part of one.parts) {
          part.hidden = !part.querySelector("[data-s]:not([hidden])");
          const head = part.previousElementSibling;
          if (head && head.tagName === "H4") head.hidden = part.hidden;
        }
        one.task.hidden = asked && !count;
        one.task.open = asked ? count > 0 : one.open;
        total += count;
      }
      shown.textContent = asked ? `${total.toLocaleString("en")} shown` : "";
    };
    filter.addEventListener("input", apply);
    least.addEventListener("change", apply);
    tools.addEventListener("submit", (e) => e.preventDefault());
    tools.hidden = false;
  }
  // On paper, everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = $("details:not([open])");
    closed.forEach((one) => (one.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((one) => (one.open = false)));
})();
