"use strict";
(() => {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.append(tip);
  const hits = (svg) => [...svg.querySelectorAll(".hit")];
  for (const title of document.querySelectorAll(".hit > title")) {
    title.parentNode.dataset.told = title.textContent;
    title.remove();
  }
  let shown = null;
  const hide = () => {
    if (shown) shown.classList.remove("on");
    shown = null;
    tip.hidden = true;
  };
  const show = (mark, x, y) => {
    if (shown !== mark) {
      hide();
      shown = mark;
      mark.classList.add("on");
      tip.textContent = mark.dataset.told;
    }
    tip.hidden = false;
    const wide = tip.offsetWidth, high = tip.offsetHeight;
    const left = Math.max(4, Math.min(x + 14, document.documentElement.clientWidth - wide - 4));
    tip.style.left = left + "px";
    tip.style.top = (y - high - 14 > 4 ? y - high - 14 : y + 18) + "px";
  };
  const centre = (mark) => {
    const box = mark.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 40)];
  };
  for (const svg of document.querySelectorAll(".drawing svg")) {
    svg.addEventListener("pointermove", (event) => {
      const mark = event.target.closest(".hit");
      if (mark) show(mark, event.clientX, event.clientY); else hide();
    });
    svg.addEventListener("pointerleave", hide);
    svg.addEventListener("blur", hide);
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") hide();
      if (!step) return;
      event.preventDefault();
      const all = hits(svg);
      const at = shown ? all.indexOf(shown) : step > 0 ? -1 : all.length;
      const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
      if (next) show(next, ...centre(next));
    });
  }
  for (const select of document.querySelectorAll("figure select")) {
    select.hidden = false;
    const figure = select.closest("figure");
    figure.classList.add("chosen");
    const choose = () => {
      hide();
      for (const view of figure.querySelectorAll(".view")) view.hidden = view.dataset.view !== select.value;
    };
    select.addEventListener("change", choose);
    choose();
  }
  const open = () => {
    const part = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = part && part.querySelector(":scope > details");
    if (details) details.open = true;
  };
  addEventListener("hashchange", open);
  for (const link of document.querySelectorAll("nav a")) link.addEventListener("click", () => setTimeout(open));
  open();
  addEventListener("beforeprint", () => {
    const details = document.querySelector("#definitions > details");
    if (details) details.open = true;
  });
})();
