// A button beside each link that copies it. Without JavaScript the link can be selected by hand.
for (const place of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-quiet";
  button.textContent = place.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.querySelector("code").textContent);
    button.textContent = place.dataset.copied;
    setTimeout(() => (button.textContent = place.dataset.copy), 2000);
  });
  place.append(button);
}
