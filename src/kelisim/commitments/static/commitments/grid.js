// The draft of a plan as a grid: arrows, typing, pasting a block. Without it the page's forms do
// the same. Every change is sent at once; what cannot be read stays as it was and says why.

const table = document.getElementById("grid");
if (table) begin(table);

function begin(grid) {
  const said = document.getElementById("grid-said");
  const help = document.getElementById("grid-help");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let step = Number(grid.dataset.step);
  let queue = Promise.resolve();
  help.hidden = false;
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-describedby", "grid-help");
  const cells = () => [...grid.querySelectorAll("td[data-column]")];
  for (const cell of cells()) {
    cell.tabIndex = -1;
    cell.setAttribute("role", "gridcell");
  }
  for (const row of grid.tBodies[0].rows) row.setAttribute("role", "row");
  const first = cells()[0];
  if (first) first.tabIndex = 0;

  function at(row, column) {
    const line = grid.tBodies[0].rows[row];
    return line && line.querySelectorAll("td[data-column]")[column];
  }
  function place(cell) {
    const row = cell.parentElement;
    return [
      [...grid.tBodies[0].rows].indexOf(row),
      [...row.querySelectorAll("td[data-column]")].indexOf(cell),
    ];
  }
  function go(cell) {
    if (!cell) return;
    const before = grid.querySelector("td[tabindex='0']");
    if (before) before.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
  }
  // What stands in a cell, without the reason that may stand beneath it.
  function text(cell) {
    const first = cell.firstChild;
    return first && first.nodeType === Node.TEXT_NODE ? first.data : "";
  }
  function show(cell, words, why) {
    cell.replaceChildren(document.createTextNode(words));
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
    if (!why) return;
    const reason = document.createElement("p");
    reason.className = "error small";
    reason.id = `why-${cell.parentElement.dataset.key}-${cell.dataset.column}`;
    reason.textContent = why;
    cell.append(reason);
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", reason.id);
  }
  function written(cell) {
    return cell.querySelector("textarea");
  }
  function tell(words) {
    said.textContent = words;
  }

  function send(changes) {
    queue = queue.then(async () => {
      const answer = await fetch(grid.dataset.cells, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ step, cells: changes }),
      });
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      step = now.step;
      for (const [key, texts] of Object.entries(now.rows)) {
        const row = document.getElementById(key);
        if (!row) continue;
        for (const cell of row.querySelectorAll("td[data-column]")) {
          if (!written(cell)) show(cell, texts[cell.dataset.column]);
        }
      }
      for (const fault of now.faults) {
        const row = document.getElementById(fault.key);
        const cell = row && row.querySelector(`td[data-column="${fault.column}"]`);
        if (!cell || written(cell)) continue;
        const fresh = now.rows[fault.key];
        show(cell, fresh ? fresh[fault.column] : (cell.dataset.was ?? text(cell)), fault.why);
      }
      document.getElementById("problems-box").innerHTML = now.problems;
      tell(now.faults.length ? now.faults.map((fault) => fault.why).join(" ") : grid.dataset.kept);
    }).catch(() => tell(grid.dataset.failed));
  }

  function edit(cell, typed) {
    if (written(cell)) return;
    const was = text(cell);
    const box = document.createElement("textarea");
    box.value = typed === undefined ? was : typed;
    box.setAttribute("aria-label", grid.tHead.rows[0].cells[cell.cellIndex].textContent);
    cell.textContent = "";
    cell.append(box);
    box.focus();
    let over = false;
    function end(keep) {
      if (over) return;
      over = true;
      const wanted = box.value;
      show(cell, keep ? wanted : was);
      cell.dataset.was = was;
      if (keep && wanted !== was) {
        send([{ key: cell.parentElement.dataset.key, column: cell.dataset.column, text: wanted }]);
      }
    }
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const [row, column] = place(cell);
      if (event.key === "Escape") {
        end(false);
        go(cell);
      } else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        end(true);
        go(at(row + 1, column) || cell);
      } else if (event.key === "Tab") {
        event.preventDefault();
        end(true);
        go(at(row, column + (event.shiftKey ? -1 : 1)) || cell);
      }
    });
    box.addEventListener("blur", () => end(true));
  }

  function block(text) {
    return text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  }

  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (!cell || event.target !== cell) return;
    const [row, column] = place(cell);
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const control = event.ctrlKey || event.metaKey;
    if (steps[event.key]) {
      event.preventDefault();
      go(at(row + steps[event.key][0], column + steps[event.key][1]));
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const line = cell.parentElement.querySelectorAll("td[data-column]");
      go(event.key === "Home" ? line[0] : line[line.length - 1]);
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      edit(cell);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      cell.dataset.was = text(cell);
      send([{ key: cell.parentElement.dataset.key, column: cell.dataset.column, text: "" }]);
    } else if (control && event.key.toLowerCase() === "z") {
      event.preventDefault();
      queue.then(() => document.getElementById(event.shiftKey ? "redo" : "undo").click());
    } else if (control && event.key.toLowerCase() === "y") {
      event.preventDefault();
      queue.then(() => document.getElementById("redo").click());
    } else if (event.key.length === 1 && !control && !event.altKey) {
      event.preventDefault();
      edit(cell, event.key);
    }
  });
  grid.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (cell) edit(cell);
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (cell && event.target === cell) go(cell);
  });
  grid.addEventListener("copy", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (!cell || written(cell)) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", text(cell));
  });
  grid.addEventListener("paste", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (!cell || written(cell)) return;
    event.preventDefault();
    const [row, column] = place(cell);
    const pasted = block(event.clipboardData.getData("text/plain")).flatMap((line, down) =>
      line.map((words, right) => [at(row + down, column + right), words]),
    );
    // A block that does not fit is not cut: nobody would see what was lost.
    if (pasted.some(([target]) => !target)) {
      tell(grid.dataset.beyond);
      return;
    }
    send(
      pasted.map(([target, words]) => {
        target.dataset.was = text(target);
        show(target, words);
        return { key: target.parentElement.dataset.key, column: target.dataset.column, text: words };
      }),
    );
  });
}
