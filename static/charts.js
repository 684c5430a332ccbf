// Draws every chart of the page from the specification beside its table.
// Vega runs its own interpreter (ast), so the page needs no permission to evaluate code.
(() => {
  const isDark = matchMedia("(prefers-color-scheme: dark)");
  const dutch = { decimal: ",", thousands: ".", grouping: [3], currency: ["€\u00a0", ""], minus: "−" };
  const dark = {
    axis: { labelColor: "#b9b5ab", titleColor: "#b9b5ab", gridColor: "#3a3732", domainColor: "#3a3732", tickColor: "#3a3732" },
    title: { color: "#f0eee8" },
    legend: { labelColor: "#b9b5ab", titleColor: "#b9b5ab" },
  };

  // Replaces the light ink by the dark page's, wherever the specification names it.
  const forDark = (specification) => {
    const text = JSON.stringify(specification)
      .replaceAll("#1c1b19", "#f0eee8")
      .replaceAll("#17548a", "#8fc1ee")
      .replaceAll("#55524c", "#b9b5ab");
    const changed = JSON.parse(text);
    changed.config = { ...changed.config };
    for (const part of Object.keys(dark)) {
      changed.config[part] = { ...changed.config[part], ...dark[part] };
    }
    return changed;
  };

  const draw = async (figure) => {
    const specification = JSON.parse(figure.dataset.chart);
    const canvas = figure.querySelector(".chart__canvas");
    specification.width = "container";
    if (canvas.clientWidth < 480) { // names give way to the picture on a phone
      specification.layer?.forEach(({ encoding }) => {
        if (encoding?.y?.axis?.labelLimit) encoding.y.axis.labelLimit = 120;
      });
    }
    delete specification.title; // stands above as text, which breaks into lines on a phone
    await window.vegaEmbed(canvas, isDark.matches ? forDark(specification) : specification, {
      ast: true,
      actions: false,
      defaultStyle: false,
      renderer: "svg",
      formatLocale: document.documentElement.lang === "nl" ? dutch : undefined,
      tooltip: { disableDefaultStyle: true },
    });
    // Vega names the parts of a picture in English: the description alone is what is read out.
    const picture = canvas.querySelector("svg");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", specification.description);
    for (const name of ["role", "aria-label", "aria-roledescription"]) {
      canvas.removeAttribute(name);
    }
    figure.classList.add("chart--drawn");
  };

  const drawAll = () => document.querySelectorAll(".chart[data-chart]").forEach(draw);
  drawAll();
  isDark.addEventListener("change", drawAll);
})();
