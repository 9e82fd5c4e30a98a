// What the pages can do with a script: open a figure to its source, choose places, sort, see only differences, search.
// Without it all stands on the pages as it is. Nothing is fetched from elsewhere and nothing is remembered: the choice
// stands in the address. What is large (where figures come from, the words of the whole report) is read when asked for.
"use strict";
{
const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, about = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name in made && name !== "list") made[name] = value; else made.setAttribute(name, value);
  }
  made.append(...inside.filter(one => one !== "" && one != null));
  return made;
};
const main = document.getElementById("innehall");
const home = document.currentScript.src.replace(/[^/]*$/, "");
const reading = {};
const read = name => reading[name] ??= new Promise((done, failed) => {
  const script = make("script", { src: `${home}${name}.js` });
  script.onload = () => done(window[name]);
  script.onerror = () => { delete reading[name]; failed(new Error(name)); };
  document.head.append(script);
});

// -- Varifrån kommer siffran?
const english = Boolean(main.querySelector(":scope > [lang=en]"));  // what is told of a row is the source's own, in Swedish
const EN = {
  "Varifrån kommer siffran?": "Where does the figure come from?", "Stäng": "Close", "← Tillbaka": "← Back", Vad: "What",
  Var: "Where", När: "When", Grupp: "Group", Enhet: "Unit", Fråga: "Question", Regel: "Rule", Mättes: "Measured",
  Underlag: "Base", Källa: "Source", "Ställe i källan": "Place in the source", "Nyckeltal i Kolada": "Key figure in Kolada",
  Rättelse: "Correction", "Att veta": "To note", "Så är den räknad": "How it is worked out", "Räknad ur": "Counted from",
  "Cellen i notebooken som visade den": "The notebook cell that showed it", "Uppgifterna den är gjord av": "The figures it is made of",
  "Gjord av rapporten ur uppgifterna här nedanför, med reglerna i metodkapitlet.": "Made by the report of the figures below, by the rules in the chapter on method.",
};
const said = text => english && EN[text] || text;
const ASK = said("Varifrån kommer siffran?");
const unrolled = told => told.split(" ").filter(Boolean).flatMap(run => {
  const [first, last] = run.split("-").map(Number);
  return Array.from({ length: (last ?? first) - first + 1 }, (_, at) => first + at);
});
const FIELDS = ["place", "period", "group", "display", "base", "date", "status", "passage", "correction", "note", "how"];
const record = (data, at) => {
  const [measure, source, ...rest] = data.r[at], parts = rest.pop();
  const one = Object.fromEntries(FIELDS.map((name, field) => [name, data.t[rest[field]]]));
  return { ...one, measure: data.m[measure], source: data.k[source], parts: unrolled(parts), at };
};
const dialog = make("dialog", { id: "ursprung", "aria-labelledby": "ursprung-rubrik", lang: english ? "en" : "sv" });
const trail = [];
const show = (title, ...inside) => {
  const back = trail.length > 1 && make("button", { type: "button", onclick: () => { trail.pop(); trail.at(-1)(); } }, said("← Tillbaka"));
  const heading = make("h2", { id: "ursprung-rubrik", tabIndex: -1 }, title);
  const close = make("button", { type: "button", className: "stang", onclick: () => dialog.close() }, said("Stäng"));
  dialog.replaceChildren(make("div", { className: "knappar" }, back || "", close), heading, ...inside);
  if (!dialog.open) dialog.showModal();
  heading.focus();
  dialog.scrollTop = 0;
};
const go = open => { trail.push(open); open(); };
const terms = pairs => make("dl", {}, ...pairs.filter(([, text]) => text).flatMap(([name, text]) => [make("dt", {}, said(name)), make("dd", { lang: "sv" }, text)]));
const sourceOf = ({ publisher, year, title, address, file, date }) => {
  const told = [[publisher, year].filter(Boolean).join(" "), title].filter(Boolean).join(": ");
  const named = /^https?:\/\//.test(address ?? "") ? make("a", { href: address }, told) : told;
  return told && make("span", {}, named, file ? ` Fil: ${file}${date ? `, ${date}` : ""}.` : "");
};
const cellLink = (data, at) => at == null ? "" : make("a", { href: data.c[at] }, said("Cellen i notebooken som visade den"));
const listOf = (data, numbers) => make("ul", { className: "rader" }, ...numbers.map(at => {
  const one = record(data, at);
  const told = `${one.place}, ${one.measure.title}${one.group && `, ${one.group}`} (${one.period}): ${one.display}`;
  return make("li", { lang: "sv" }, make("button", { type: "button", onclick: () => go(() => showRecord(data, at)) }, told));
}));
const showRecord = (data, at, cell) => {
  const one = record(data, at), { title, question, rule, unit, kolada } = one.measure;
  show(ASK, make("p", { className: "varde" }, one.display), terms([
    ["Vad", title], ["Var", one.place], ["När", one.period], ["Grupp", one.group], ["Enhet", unit],
    ["Fråga", question], ["Regel", rule], ["Mättes", one.date], ["Underlag", one.base], ["Status", one.status],
    ["Källa", sourceOf(one.source)], ["Ställe i källan", one.passage], ["Nyckeltal i Kolada", kolada],
    ["Rättelse", one.correction], ["Att veta", one.note], ["Så är den räknad", one.how],
    ["Notebook", cellLink(data, cell ?? data.first[at])],
  ]), ...(one.parts.length ? [make("h3", {}, said("Räknad ur")), listOf(data, one.parts)] : []));
};
const showSeveral = (data, told, numbers, how, cell, title = ASK) => {
  const [mine, rest] = [numbers.filter(at => isChosen(record(data, at).place)), numbers.length];
  const note = mine.length < rest && `Här är ${mine.length} av ${rest} uppgifter: de som gäller ditt val. Alla ingår.`;
  show(title, told ? make("p", { className: "varde" }, told) : "", title === IN_PICTURE ? "" : make("p", {}, how || HOW),
    make("p", {}, cellLink(data, cell)), make("h3", {}, title === IN_PICTURE ? "Uppgifter" : said("Uppgifterna den är gjord av")),
    note ? make("p", {}, note) : "", listOf(data, mine.length ? mine : numbers));
};
const HOW = said("Gjord av rapporten ur uppgifterna här nedanför, med reglerna i metodkapitlet.");
const failed = () => show(ASK, make("p", {}, "Filen utseende/ursprung.js går inte att läsa. Spara hela rapportens mapp, inte bara sidan. Samma uppgifter står i ursprung.csv."));
const open = (element, rows, told, title) => {
  trail.length = 0;
  const back = document.activeElement;
  dialog.onclose = () => back.focus();
  read("ursprung").then(data => {
    const [ids, how] = rows.split(":"), numbers = unrolled(ids.replaceAll(",", " "));
    const label = element.closest("table, figure")?.id, inside = element.closest("[data-c]")?.dataset.c;
    const cell = inside ? Number(inside) : data.w[label];
    const one = numbers.length === 1 && !how && told && title == null;
    go(() => one ? showRecord(data, numbers[0], cell) : showSeveral(data, told, numbers, data.t[how], cell, title));
  }, failed);
};
const listing = names => names.join(", ").replace(/, ([^,]*)$/, " och $1");
const IN_PICTURE = "Siffrorna i bilden";
const mark = (rows, told, of = told) => {  // named after which figure, for many stand on a page
  const button = make("button", { type: "button", className: "fran", title: ASK, "aria-label": `${ASK} ${beginning(of)}` }, "?");
  button.onclick = () => open(button, rows, told);
  return button;
};
const beginning = text => text.replace(/\s+/g, " ").replace(/^(.{60}\S*) .*$/, "$1 …");
const whereIn = cell => [cell.parentElement.cells[0], cell.closest("table").tHead?.rows[0].cells[cell.cellIndex]].map(one => one?.innerText).join(", ");
const openable = cell => {
  const text = cell.innerText.trim(), rows = cell.dataset.o;
  if (cell.closest(".text-table") && text.length > 14) { cell.append(" ", mark(rows, text, whereIn(cell))); return; }
  const button = make("button", { type: "button", className: "siffra", title: ASK, "aria-haspopup": "dialog", tabIndex: -1 }, ...cell.childNodes);
  button.onclick = () => open(button, rows, text);
  cell.append(button);
};
// One stop for the tab key in each table: the arrows lead on from there.
const roving = table => {
  const all = () => $("button.siffra", table).filter(one => one.offsetParent);
  const first = all()[0];
  if (first) first.tabIndex = 0;
  table.addEventListener("keydown", event => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step || !event.target.matches("button.siffra")) return;
    event.preventDefault();
    const rows = $("tbody tr", table).filter(row => !row.hidden), cell = event.target.closest("td");
    const [down, right] = step, inside = [...cell.parentElement.cells];
    for (let row = rows.indexOf(cell.parentElement) + down, column = inside.indexOf(cell) + right; ; row += down, column += right) {
      const next = rows[row]?.cells[column];
      if (!next) return;
      const button = next.offsetParent && next.querySelector("button.siffra");
      if (button) { event.target.tabIndex = -1; button.tabIndex = 0; button.focus(); return; }
    }
  });
};
const sentences = found => {
  const groups = found.dataset.o.split(","), items = $("li", found);
  if (items.length === groups.length) items.forEach((item, at) => groups[at] && item.append(" ", mark(groups[at], item.innerText.trim())));
  else found.lastElementChild?.append(" ", mark(groups.join(" "), found.innerText.trim()));
};

// -- Min kommun, och vem den jämförs med
const places = window.platser ?? [], units = places.filter(one => one.level === "municipality");
const named = new Map(places.map(one => [one.name, one]));
const WITH = [["andra", "Övriga kommuner"], ["lika", "Liknande kommuner"], ["lan", "Länet"], ["riket", "Riket"]];
const KINDS = { county: "lan", nation: "riket", group: "lika" };
let status;
let choice = { min: "", mot: [], olika: false }, anchor = "";
const readAddress = () => {
  const parts = decodeURIComponent(location.hash.slice(1)).split("&"), said = Object.fromEntries(parts.filter(one => one.includes("=")).map(one => one.split("=")));
  anchor = parts.find(one => one && !one.includes("=")) ?? "";
  const min = units.some(one => one.code === said.min) ? said.min : "";
  choice = { min, mot: min ? (said.mot ?? "").split(",").filter(one => WITH.some(([kind]) => kind === one)) : [], olika: Boolean(min) && said.olika === "1" };
};
const asAddress = to => [to, ...(choice.min ? [`min=${choice.min}`, `mot=${choice.mot.join(",")}`, ...(choice.olika ? ["olika=1"] : [])] : [])].filter(Boolean).join("&");
const isChosen = name => {
  const place = named.get(name), mine = units.find(one => one.code === choice.min);
  if (!mine || !place || place === mine) return true;
  if (place.level !== "municipality") return choice.mot.includes(KINDS[place.level]);
  return choice.mot.includes("andra") || (choice.mot.includes("lika") && mine.like.includes(place.code));
};
const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const spoken = new Map(units.map(one => [one.name, new RegExp(`(?<![\\p{L}-])${escaped(one.name)}s?(?![\\p{L}-])`, "u")]));
const tables = $("table[id]", main).map(table => ({ table, rows: $("tbody tr", table) })).filter(({ rows }) => rows.length > 1);
const ofPlaces = tables.filter(({ rows }) => rows.filter(row => named.has(row.cells[0].textContent.trim())).length > 1);
const onlyDifferent = table => {
  const seen = $("tbody tr", table).filter(row => !row.hidden), heads = $("thead tr", table), width = seen[0]?.cells.length ?? 0;
  const same = Array.from({ length: width }, (_, at) => at > 0 && choice.olika && seen.length > 1 && new Set(seen.map(row => row.cells[at].innerText.trim())).size === 1);
  $("tbody tr", table).forEach(row => [...row.cells].forEach((cell, at) => { cell.hidden = same[at]; }));
  $("col", table).forEach((one, at) => { one.hidden = same[at]; });
  heads.forEach((row, level) => {
    let at = level ? 1 : 0; // under the corner, which spans both
    for (const cell of row.cells) {
      const size = Number(cell.dataset.span ??= cell.colSpan), left = same.slice(at, at + size).filter(one => !one).length;
      cell.hidden = left === 0;
      if (left) cell.colSpan = left;
      at += size;
    }
  });
  return same.some(Boolean) && same.slice(1).every(Boolean);
};
// In the pictures my municipality is framed or drawn over, and who is not compared with fades.
const SVG = "http://www.w3.org/2000/svg", byCode = new Map(places.map(one => [one.code, one.name]));
const outlined = (mine, [code, path]) => {
  const line = document.createElementNS(SVG, "path"), kind = code === mine.code ? "min" : path.endsWith("Z") && !isChosen(byCode.get(code)) && "bleknar";
  line.setAttribute("d", path);
  line.setAttribute("class", kind || "");
  return kind ? [line] : [];
};
const follow = mine => {
  if (!mine) { $("svg.valet", main).forEach(one => one.remove()); return; }
  read("bilder").then(data => $("figure[id]", main).filter(figure => data[figure.id]).forEach(figure => {
    const picture = figure.querySelector("img");
    if (!picture.parentElement.matches(".bild")) { const around = make("span", { className: "bild" }); picture.replaceWith(around); around.append(picture); }
    picture.parentElement.querySelector("svg")?.remove();
    const over = document.createElementNS(SVG, "svg");
    over.setAttribute("viewBox", "0 0 1000 1000");
    over.setAttribute("class", "valet");
    over.setAttribute("aria-hidden", "true");
    over.append(...Object.entries(data[figure.id]).flatMap(spot => outlined(mine, spot)).sort((one, other) => (one.getAttribute("class") === "min") - (other.getAttribute("class") === "min")));
    picture.after(over);
  }), () => {});
};
const apply = () => {
  const mine = units.find(one => one.code === choice.min);
  for (const { table, rows } of ofPlaces) {
    rows.forEach(row => {
      const name = row.cells[0].textContent.trim();
      row.hidden = !isChosen(name);
      row.classList.toggle("min", Boolean(mine) && name === mine.name);
    });
    table.classList.toggle("alla-lika", onlyDifferent(table));
  }
  $(".findings li", main).forEach(item => {
    const told = [...spoken].filter(([, form]) => form.test(item.textContent)).map(([name]) => name);
    item.hidden = Boolean(mine) && told.length > 0 && !told.some(isChosen);
  });
  $("a[href]").forEach(link => {
    const [file, to] = link.getAttribute("href").split("#");
    if (/^[\w-]+\.html$/.test(file) && !link.closest("dialog")) link.setAttribute("href", [file, asAddress((to ?? "").split("&").find(one => one && !one.includes("=")))].filter(Boolean).join("#"));
  });
  follow(mine);
  if (status) status.textContent = mine ? `Visar ${listing([mine.name, ...WITH.filter(([kind]) => choice.mot.includes(kind)).map(([, name]) => name.toLowerCase())])}. Rader och meningar om andra är dolda${choice.olika ? ", och kolumner där alla som visas är lika" : ""}. I bilder med flera kommuner är din markerad och de dolda bleka.` : "";
};
const chooser = () => {
  if (units.length < 2) return;
  const select = make("select", { id: "min-kommun" }, make("option", { value: "" }, "Alla kommuner"), ...units.map(one => make("option", { value: one.code }, one.name)));
  const has = { andra: true, lika: units.some(one => one.like.length), lan: places.some(one => one.level === "county"), riket: places.some(one => one.level === "nation") };
  const boxes = WITH.filter(([kind]) => has[kind]).map(([kind, name]) => [kind, make("input", { type: "checkbox" }), name]);
  const olika = make("input", { type: "checkbox" });
  status = make("p", { role: "status" });
  const with_ = make("fieldset", {}, make("legend", {}, "Jämför med"), ...boxes.map(([, box, name]) => make("label", {}, box, ` ${name}`)));
  const only = make("label", {}, olika, " Visa bara skillnader");
  const set = () => {
    select.value = choice.min;
    boxes.forEach(([kind, box]) => { box.checked = choice.mot.includes(kind); });
    olika.checked = choice.olika;
    with_.hidden = only.hidden = !choice.min;
  };
  const changed = () => {
    const was = choice.min;
    choice = { min: select.value, mot: boxes.filter(([, box]) => box.checked).map(([kind]) => kind), olika: olika.checked };
    if (choice.min && !was) choice.mot = ["lan", "riket"].filter(kind => has[kind]);
    if (!choice.min) choice = { min: "", mot: [], olika: false };
    history.replaceState(null, "", `#${asAddress("")}`);
    set();
    apply();
  };
  const form = make("form", { id: "val", "aria-label": "Välj kommun" }, make("label", { htmlFor: "min-kommun" }, "Min kommun"), select, with_, only, status);
  form.addEventListener("change", changed);
  form.addEventListener("submit", event => event.preventDefault());
  main.prepend(form);
  window.addEventListener("hashchange", () => { readAddress(); set(); apply(); lead(); });
  set();
};
const lead = () => { if (anchor && location.hash.includes("=")) document.getElementById(anchor)?.scrollIntoView(); };

// -- Sortera efter en kolumn
const ORDER = ["Ja", "Delvis", "Nej"];
const value = text => {
  const found = text.replace(/[\s\u00a0]/g, "").replace("−", "-").replace(",", ".").match(/^[-+]?\d+(\.\d+)?/);
  return ORDER.includes(text) ? ORDER.indexOf(text) : found ? Number(found[0]) : null;
};
const compare = (one, other) => {
  const [a, b] = [value(one), value(other)];
  return a != null && b != null ? a - b : a != null ? -1 : b != null ? 1 : one.localeCompare(other, "sv");
};
const sortable = ({ table, rows }) => {
  const heads = $("thead tr", table), body = rows[0].parentElement;
  if (table.matches(".form-table") || !heads.length) return;
  const lowest = [...heads[0].cells].filter(cell => cell.rowSpan > 1 || heads.length === 1).concat(heads.length > 1 ? [...heads.at(-1).cells] : []);
  lowest.forEach((head, at) => {
    const button = make("button", { type: "button", className: "sortera", title: "Sortera" }, ...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const next = { ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")] ?? "ascending";
      lowest.forEach(one => one.removeAttribute("aria-sort"));
      if (next !== "none") head.setAttribute("aria-sort", next);
      const sorted = next === "none" ? rows : [...rows].sort((one, other) => {
        const order = compare(one.cells[at].innerText.trim(), other.cells[at].innerText.trim());
        return next === "ascending" ? order : -order;
      });
      body.append(...sorted);
    };
  });
};

// -- Sök i hela rapporten
const plain = text => text.toLocaleLowerCase("sv").replaceAll("\u00ad", "").replace(/[\s\u00a0]+/g, " ");
const finder = () => {
  const field = make("input", { type: "search", id: "sok-falt", autocomplete: "off" }), told = make("p", { role: "status" }), found = make("ol");
  const find = () => read("sok").then(sections => {
    const words = plain(field.value).trim().split(" ").filter(Boolean);
    const hits = words.join("").length < 2 ? [] : sections.map(([page, id, title, text]) => {
      const inside = plain(`${title} ${text}`), counts = words.map(word => inside.split(word).length - 1);
      return { page, id, title, text, score: counts.every(Boolean) ? counts.reduce((sum, one) => sum + one, words.every(word => plain(title).includes(word)) ? 100 : 0) : 0 };
    }).filter(one => one.score).sort((one, other) => other.score - one.score);
    told.textContent = words.join("").length < 2 ? "" : hits.length ? `${hits.length} avsnitt${hits.length > 20 ? ", de 20 första visas" : ""}.` : "Inget avsnitt har de orden.";
    found.replaceChildren(...hits.slice(0, 20).map(({ page, id, title, text }) => {
      const at = Math.max(plain(text).indexOf(words[0]), 0), start = Math.max(at - 40, 0);
      return make("li", {}, make("a", { href: `${page}#${asAddress(id)}` }, title), make("span", {}, ` ${start ? "…" : ""}${text.slice(start, at + 60)}…`));
    }));
  }, () => { told.textContent = "Filen utseende/sok.js går inte att läsa. Spara hela rapportens mapp."; });
  field.addEventListener("input", find);
  const form = make("form", { id: "sok", role: "search" }, make("label", { htmlFor: "sok-falt" }, "Sök i rapporten"), field, told, found);
  form.addEventListener("submit", event => { event.preventDefault(); find(); });
  document.querySelector("nav.chapters > div")?.prepend(form);
};

document.body.append(dialog);
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
readAddress();
finder();
chooser();
$("td[data-o]", main).forEach(openable);
$(".findings[data-o]", main).forEach(sentences);
$("figure[id]", main).forEach(figure => {
  const button = make("button", { type: "button", className: "bildens", "aria-label": `${IN_PICTURE}: ${beginning(figure.querySelector("figcaption")?.innerText ?? "")}` }, IN_PICTURE);
  button.onclick = () => read("ursprung").then(data => data.f[figure.id] ? open(button, data.f[figure.id], "", IN_PICTURE) : (button.removeAttribute("aria-label"), button.textContent = "Bilden har inga egna siffror"), failed);
  figure.append(button);
});
$("table[id]", main).forEach(roving);
tables.forEach(sortable);
apply();
lead();
}
