// Registers edited where they stand: cells of a table, and cells of the matrix. Without this the forms do the same.
(function () {
  "use strict";

  var news = document.getElementById("news");

  function say(words) {
    if (!news) return;
    news.textContent = "";
    var line = document.createElement("p");
    line.className = "news-item";
    line.textContent = words;
    news.appendChild(line);
  }

  function post(address, token, fields) {
    var body = new URLSearchParams();
    Object.keys(fields).forEach(function (name) { body.append(name, fields[name]); });
    return fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Accept": "application/json", "X-CSRFToken": token },
      body: body
    }).then(function (answer) {
      return answer.json().then(function (told) {
        if (!answer.ok) throw { said: told.error };
        return told;
      });
    });
  }

  function move(cells, from, key) {
    var row = -1, at = -1;
    cells.forEach(function (line, r) { var c = line.indexOf(from); if (c >= 0) { row = r; at = c; } });
    if (row < 0) return null;
    if (key === "ArrowRight") return cells[row][at + 1];
    if (key === "ArrowLeft") return cells[row][at - 1];
    if (key === "ArrowDown") return (cells[row + 1] || [])[at];
    if (key === "ArrowUp") return (cells[row - 1] || [])[at];
    if (key === "Home") return cells[row][0];
    if (key === "End") return cells[row][cells[row].length - 1];
    return null;
  }

  function rove(all, to) {
    all.forEach(function (cell) { cell.tabIndex = -1; });
    to.tabIndex = 0;
    to.focus();
  }

  // ---- A register's table ----
  function table(grid) {
    var words = grid.dataset, undoable = [], editing = null;
    var rows = Array.prototype.slice.call(grid.tBodies[0].rows).map(function (row) {
      return Array.prototype.slice.call(row.querySelectorAll("[data-field], [data-elsewhere]"));
    });
    var all = [].concat.apply([], rows);
    if (!all.length) return;
    grid.setAttribute("role", "grid");
    grid.querySelectorAll('tbody [role="cell"]').forEach(function (cell) { cell.setAttribute("role", "gridcell"); });
    all.forEach(function (cell) { cell.tabIndex = -1; });
    all[0].tabIndex = 0;
    var keys = document.querySelector(".keys");
    if (keys) keys.hidden = false;

    function open(cell) {
      if (cell.dataset.elsewhere) { window.location.href = cell.dataset.elsewhere; return; }
      var template = document.getElementById("editor-" + cell.dataset.field);
      if (editing || !template || cell.querySelector("input, select, textarea")) return;
      editing = { cell: cell, html: cell.innerHTML };
      cell.textContent = "";
      cell.appendChild(template.content.cloneNode(true));
      var input = cell.querySelector("input, select, textarea");
      var value = cell.dataset.value;
      if (input.tagName === "SELECT") {
        Array.prototype.forEach.call(input.options, function (option) {
          if (option.value === value || option.text === value) input.value = option.value;
        });
      } else {
        input.value = value;
      }
      input.focus();
      if (input.select) input.select();
      say(words.editing);
    }

    // Forgotten before the cell is drawn again: taking the field away moves focus, and that would keep what it holds.
    function close() {
      var was = editing;
      editing = null;
      was.cell.innerHTML = was.html;
      return was.cell;
    }

    function leave() {
      close().focus();
      say(words.left);
    }

    // A ticked row carries the version that is shown, as every cell does.
    function shows(row, version) {
      row.dataset.version = version;
      row.querySelector("[name=vald]").value = row.dataset.key + "|" + version;
    }

    function save() {
      var now = editing, cell = now.cell, row = cell.closest("tr");
      var input = cell.querySelector("input, select, textarea");
      var before = { html: now.html, text: cell.dataset.value, cell: cell };
      input.disabled = true;
      var address = words.editable + "post/" + encodeURIComponent(row.dataset.key) + "/falt/" + cell.dataset.field + "/";
      post(address, words.token, { value: input.value, version: row.dataset.version }).then(function (told) {
        editing = null;
        cell.innerHTML = told.html;
        cell.dataset.value = told.text;
        shows(row, told.version);
        before.event = told.event;
        if (told.event) undoable.push(before);
        rove(all, cell);
        say(words.saved + " " + (told.text || "–"));
      }).catch(function (error) {
        input.disabled = false;
        input.setAttribute("aria-invalid", "true");
        input.focus();
        say(error.said || words.lost);
      });
    }

    function undo() {
      var last = undoable.pop();
      if (!last) { say(words.nothing); return; }
      post(words.editable + "angra/", words.token, { handelse: last.event }).then(function (told) {
        var row = last.cell.closest("tr");
        last.cell.innerHTML = last.html;
        last.cell.dataset.value = last.text;
        shows(row, told.versions[row.dataset.key]);
        rove(all, last.cell);
        say(words.undone);
      }).catch(function (error) { undoable.push(last); say(error.said || words.lost); });
    }

    grid.addEventListener("keydown", function (event) {
      var cell = event.target.closest("[data-field], [data-elsewhere]");
      if (!cell) return;
      if (editing) {
        var many = event.target.tagName === "TEXTAREA" && !event.ctrlKey && !event.metaKey;
        if (event.key === "Escape") { event.preventDefault(); leave(); }
        if (event.key === "Enter" && !many) { event.preventDefault(); save(); }
        return;
      }
      if (event.target !== cell) return;
      if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); open(cell); return; }
      var to = move(rows, cell, event.key);
      if (to) { event.preventDefault(); rove(all, to); }
    });
    grid.addEventListener("dblclick", function (event) {
      var cell = event.target.closest("[data-field]");
      if (cell && !editing) open(cell);
    });
    grid.addEventListener("focusin", function (event) {
      var cell = event.target.closest("[data-field], [data-elsewhere]");
      if (cell && !editing) { all.forEach(function (one) { one.tabIndex = -1; }); cell.tabIndex = 0; }
    });
    grid.addEventListener("focusout", function (event) {
      // Whoever clicks elsewhere has said what they wanted to say; an error keeps the cell open.
      if (editing && editing.cell.contains(event.target) && !editing.cell.contains(event.relatedTarget)) {
        var input = editing.cell.querySelector("input, select, textarea");
        if (input.disabled || input.getAttribute("aria-invalid")) return;
        if (input.value === editing.cell.dataset.value) close(); else save();
      }
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) { event.preventDefault(); undo(); }
    });
  }

  // ---- The matrix of evidence and areas ----
  var ANSWERS = { j: "yes", y: "yes", n: "no", Backspace: "unknown", Delete: "unknown" };

  function matrix(grid) {
    var words = grid.dataset, undoable = [], waiting = Promise.resolve();
    var form = grid.closest("form"), token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    var rows = Array.prototype.slice.call(grid.tBodies[0].rows).map(function (row) {
      return Array.prototype.slice.call(row.querySelectorAll("button.m"));
    });
    var all = [].concat.apply([], rows);
    all.forEach(function (cell) { cell.tabIndex = -1; });
    if (all.length) all[0].tabIndex = 0;

    function next(cell) {
      var row = cell.closest("tr").querySelector(".total").textContent.match(/\d+/g).map(Number);
      if (cell.dataset.now === "unknown") return row[0] < row[1] ? "yes" : "no";
      return cell.dataset.now === "yes" ? "no" : "unknown";
    }

    // One after the other: each answer carries the version that the one before it made.
    function answer(cell, wanted, silent) {
      waiting = waiting.then(function () { return send(cell, wanted || next(cell), silent); });
    }

    function send(cell, wanted, silent) {
      var row = cell.closest("tr"), before = cell.dataset.now;
      if (before === wanted) return undefined;
      var fields = { ruta: [row.dataset.key, cell.dataset.area, wanted, row.dataset.version].join("|") };
      return post(form.action, token, fields).then(function (told) {
        if (!silent) undoable.push({ cell: cell, was: before });
        show(cell, row, told);
      }).catch(function (error) { say(error.said || words.lost); });
    }

    function show(cell, row, told) {
      cell.dataset.now = told.answer;
      cell.className = "m " + told.answer;
      cell.textContent = words["mark" + told.answer.charAt(0).toUpperCase() + told.answer.slice(1)];
      cell.setAttribute("aria-label", cell.dataset.name + ": " + words[told.answer]);
      row.dataset.version = told.version;
      var total = row.querySelector(".total");
      total.textContent = [told.row.entered, words.of, told.row.stated, words.entered].join(" ");
      total.classList.toggle("complete", told.row.complete);
      Object.keys(told.area).forEach(function (what) {
        grid.querySelectorAll('[data-total="' + what + '"] [data-area]').forEach(function (sum) {
          if (sum.dataset.area === cell.dataset.area) sum.textContent = told.area[what];
        });
      });
      document.getElementById("angivna").textContent = told.entered;
      document.getElementById("summa").textContent = told.entered;
      say(cell.dataset.name + ": " + words[told.answer] + ". " + total.textContent);
    }

    grid.addEventListener("click", function (event) {
      var cell = event.target.closest("button.m");
      if (!cell) return;
      event.preventDefault();
      rove(all, cell);
      answer(cell);
    });
    grid.addEventListener("keydown", function (event) {
      var cell = event.target.closest("button.m");
      if (!cell || event.altKey) return;
      if ((event.ctrlKey || event.metaKey)) {
        if (event.key === "z") {
          event.preventDefault();
          waiting = waiting.then(function () {
            var last = undoable.pop();
            if (!last) { say(words.nothing); return undefined; }
            rove(all, last.cell);
            return send(last.cell, last.was, true);
          });
        }
        return;
      }
      var said = ANSWERS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (said) { event.preventDefault(); answer(cell, said); return; }
      var to = move(rows, cell, event.key);
      if (to) { event.preventDefault(); rove(all, to); }
    });
  }

  document.querySelectorAll("table[data-editable]").forEach(table);
  document.querySelectorAll("table[data-matrix]").forEach(matrix);
})();
