// Before the first paint: the theme that was chosen, or the system's.
(function () {
  let theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") theme = chosen;
  } catch {
    // Storage is refused: the system's theme holds.
  }
  document.documentElement.dataset.theme = theme;
})();
