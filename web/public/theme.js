// Before the first paint: the theme that was chosen, where one was.
(function () {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is refused: the system's theme holds.
  }
})();
