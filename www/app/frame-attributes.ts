/** What a frame's address may ask for before its "#": embed.html?controls=min&theme=dark#v=1&lr=0.003. */
const ALLOWED = ["autoplay", "controls", "height", "preset", "theme", "view"];

const playground = document.querySelector("np-playground");
const asked = new URLSearchParams(location.search);
for (const name of ALLOWED) {
  const value = asked.get(name);
  if (value !== null) playground?.setAttribute(name, value);
}
