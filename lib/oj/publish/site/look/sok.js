// The search on the start page: without it, all that is searched stands in the list.
const form = document.getElementById("sok"), field = form.querySelector("input");
const rows = [...document.querySelectorAll("#kommunlista > li")];
const plain = text => text.toLocaleLowerCase("sv").replace(/[àáâã]/g, "a").replace(/[èéêë]/g, "e").replace(/[- ]+/g, " ").trim();
const names = rows.map(row => plain(row.dataset.namn));
const find = () => {
  const wanted = plain(field.value), found = rows.filter((row, at) => {
    row.hidden = !names[at].split(" ").some((_, from, words) => words.slice(from).join(" ").startsWith(wanted));
    return !row.hidden;
  });
  document.getElementById("alla").open = wanted !== "" && found.length > 0;
  document.getElementById("traffar").textContent = !wanted ? "" : found.length === 0
    ? `Ingen kommun i rapporterna heter så. Sök på början av namnet, eller titta i listan över län.`
    : found.length === 1 ? "En kommun." : `${found.length} kommuner.`;
};
form.hidden = false;
field.addEventListener("input", find);
form.addEventListener("submit", event => event.preventDefault());
find();
