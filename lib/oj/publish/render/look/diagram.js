// On the web the page knows its own address, and so what stands in the code to copy.
if (location.protocol.startsWith("http")) {
  const own = new URL("..", location.href).href.replace(/\/$/, "");
  document.querySelectorAll("pre code").forEach(one => { one.textContent = one.textContent.replace("https://ADRESSEN", own); });
  document.getElementById("gor-sa").textContent = "Kopiera koden och klistra in den där diagrammet ska stå. Adressen är den här sidans.";
}
