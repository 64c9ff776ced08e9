// Title, summary cards, key facts, reader's head and rows of one article. All are mounts of this one module: they share
// the registry below. Text is only ever set as textContent.

/** Article key -> index of a block of rows -> that block. */
const registry = new Map();
const views = new WeakMap();
const ROLES = { title: titleView, cards: cardsView, facts: factsView, head: headView, rows: rowsView };
const SAID_FOR_MS = 2000;

export default function (component) {
  const { data, parentElement } = component;
  document.documentElement.lang = data.interface;
  let view = views.get(parentElement);
  if (!view) {
    const root = element("div", { class: `entrefilet ${data.role}` });
    parentElement.appendChild(root);
    view = ROLES[data.role](root);
    views.set(parentElement, view);
  }
  view.update(data);
  return () => view.remove?.();
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Calls `change` only when `value` differs from the last call's. */
function memo(change) {
  let seen;
  return (value, ...rest) => {
    const now = JSON.stringify(value);
    if (now !== seen) change(value, ...rest);
    seen = now;
  };
}

// ---- copying ----------------------------------------------------------------------------------------------------

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** For pages that are not served securely: there is no clipboard interface, but a selection can still be copied. */
function copiedBySelection(text) {
  const focused = deepestFocus();
  const area = element("textarea", { readonly: true, "aria-hidden": "true", style: "position:fixed;top:0;opacity:0" });
  area.value = text;
  document.body.appendChild(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  focused?.focus({ preventScroll: true });
  return done;
}

function deepestFocus() {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/** A button that copies what `text` returns and says whether it did, in words, also to a screen reader. */
function copyButton(labels, text, { label = labels.copy, quiet = false } = {}) {
  const said = element("span", { class: "label" });
  said.textContent = quiet ? "" : label;
  const status = element("span", { class: "unseen", role: "status" });
  const button = element("button", { type: "button", class: quiet ? "copy quiet" : "copy" }, said);
  if (quiet) {
    button.setAttribute("aria-label", label);
    button.title = label;
  }
  let timer;
  button.addEventListener("click", async () => {
    const done = await copied(text());
    clearTimeout(timer);
    button.classList.toggle("done", done);
    button.classList.toggle("failed", !done);
    said.textContent = status.textContent = done ? labels.copied : labels.copy_failed;
    timer = setTimeout(() => {
      button.classList.remove("done", "failed");
      said.textContent = quiet ? "" : label;
      status.textContent = "";
    }, SAID_FOR_MS);
  });
  const holder = element("span", { class: quiet ? "copier quiet" : "copier" }, button, status);
  holder.button = button;
  return holder;
}

// ---- title ------------------------------------------------------------------------------------------------------

function titleView(root) {
  const heading = element("h1");
  root.appendChild(heading);
  return {
    update(data) {
      heading.textContent = data.text;
      heading.lang = data.language;
    },
  };
}

// ---- summary ----------------------------------------------------------------------------------------------------

function cardsView(root) {
  let article = null;
  let built = "";
  let bodies = [];
  let current = [];

  function build(data) {
    root.replaceChildren();
    bodies = data.cards.map((card, i) => {
      const heading = element("h2", { lang: card.heading_language });
      heading.textContent = card.heading;
      const copy = copyButton(data.labels, () => current[i].sentences.map((s) => s.text).join("\n"));
      const body = element("div", { class: "body", lang: card.language });
      root.appendChild(element("section", { class: `card ${card.kind}` }, element("header", {}, heading, copy), body));
      return { copy, fill: memo((shown) => fill(body, shown, data.labels)) };
    });
    root.dataset.cards = data.cards.filter((card) => card.kind === "summary").length;
  }

  function fill(body, card, labels) {
    body.replaceChildren();
    for (const sentence of card.sentences) {
      const line = element("p");
      // The last word holds on to the numbers, so that none begins a line.
      const cut = sentence.text.lastIndexOf(" ") + 1;
      const end = element("span", { class: "end" }, sentence.text.slice(cut));
      end.append(...sentence.marks.map((mark) => evidenceButton(mark, labels)));
      line.append(sentence.text.slice(0, cut), end);
      body.appendChild(line);
      for (const remark of sentence.remarks) {
        body.appendChild(remarkLine(remark.text, { class: remark.check ? "remark check" : "remark" }));
      }
    }
    if (card.placeholder) {
      const waiting = element("p", { class: "placeholder", lang: document.documentElement.lang });
      waiting.textContent = card.placeholder;
      body.appendChild(waiting);
    }
  }

  function evidenceButton(mark, labels) {
    const button = element("button", {
      type: "button",
      class: "evidence",
      "data-segment": mark.segment,
      "aria-label": labels.evidence.replace("{number}", mark.number),
      lang: document.documentElement.lang,
    });
    button.textContent = mark.number;
    return button;
  }

  function emphasise(target, on) {
    const segment = target.closest?.(".evidence")?.dataset.segment;
    if (segment === undefined) return;
    for (const mark of root.querySelectorAll(`.evidence[data-segment="${segment}"]`)) mark.classList.toggle("on", on);
    holderOf(article, segment)?.emphasise(segment, on);
  }

  root.addEventListener("mouseover", (event) => emphasise(event.target, true));
  root.addEventListener("mouseout", (event) => emphasise(event.target, false));
  root.addEventListener("focusin", (event) => emphasise(event.target, true));
  root.addEventListener("focusout", (event) => emphasise(event.target, false));
  root.addEventListener("click", (event) => {
    const segment = event.target.closest?.(".evidence")?.dataset.segment;
    if (segment !== undefined) holderOf(article, segment)?.reveal(segment);
  });

  return {
    update(data) {
      article = data.article;
      current = data.cards;
      const shape = JSON.stringify([data.labels, data.cards.map((card) => [card.kind, card.heading, card.language])]);
      if (shape !== built) build(data);
      built = shape;
      data.cards.forEach((card, i) => {
        bodies[i].fill(card);
        bodies[i].copy.hidden = card.sentences.length === 0;
      });
    },
  };
}

function remarkLine(text, attributes = {}) {
  const line = element("p", { class: "remark check", lang: document.documentElement.lang, ...attributes });
  line.textContent = text;
  return line;
}

/** The block of rows that shows a segment. */
function holderOf(article, segment) {
  for (const block of registry.get(article)?.values() ?? []) if (block.holds(segment)) return block;
  return null;
}

// ---- key facts --------------------------------------------------------------------------------------------------

const FACT_LINES = 2;

function factsView(root) {
  let article = null;
  let labels = {};
  let groups = [];
  let lit = [];
  let current = null;
  const held = { hovered: null, focused: null };
  const status = element("span", { class: "unseen", role: "status" });
  const list = element("div", { class: "groups", role: "group" });
  root.append(list, status);

  /** Light up the sentences of the chips that are hovered over or focused, and only those. */
  function light() {
    const wanted = new Set([held.hovered, held.focused].flatMap((chip) => chip?.segments ?? []));
    for (const segment of lit) if (!wanted.has(segment)) holderOf(article, segment)?.emphasise(segment, false);
    for (const segment of wanted) holderOf(article, segment)?.emphasise(segment, true);
    lit = [...wanted];
  }

  function mark(segment) {
    if (current !== null) holderOf(article, current)?.mark(current, false);
    if (segment !== null) holderOf(article, segment)?.mark(segment, true);
    current = segment;
  }

  function letGo() {
    held.hovered = held.focused = null;
    light();
    mark(null);
  }

  /** Go to the next sentence that mentions the fact. The focus stays: the next click goes on from there. */
  function advance(chip) {
    chip.turn = (chip.turn + 1) % chip.segments.length;
    const segment = chip.segments[chip.turn];
    chip.focus({ preventScroll: true });
    holderOf(article, segment)?.reveal(segment, { focus: false });
    mark(segment);
    status.textContent = `${chip.turn + 1} / ${chip.segments.length} : ${holderOf(article, segment)?.words(segment)}`;
  }

  function makeChip(fact, language) {
    const words = element("span", { lang: language });
    words.textContent = fact.text;
    const count = element("span", { class: "count", "aria-hidden": "true" }, String(fact.segments.length));
    const chip = element("button", { type: "button", class: "fact", "aria-label": fact.label, tabindex: -1 }, words, count);
    chip.segments = fact.segments;
    chip.turn = -1;
    return chip;
  }

  function makeGroup(data, language, number) {
    const chips = data.facts.map((fact) => makeChip(fact, language));
    chips[0].tabIndex = 0;
    const name = element("span", { class: "kind", id: `kind-${number}` }, data.label);
    const more = element("button", { type: "button", class: "more", hidden: true });
    const row = element("div", { class: "chips", role: "group", "aria-labelledby": name.id, "aria-description": labels.facts_hint });
    row.append(...chips, more);
    list.append(name, row);
    const group = { chips, more, open: false };
    more.addEventListener("click", () => {
      group.open = !group.open;
      fit(group);
    });
    return group;
  }

  /** Hide what would stand on a third line, unless the reader wants to see it. */
  function fit({ chips, more, open }) {
    const lines = () => new Set([...chips, more].filter((c) => !c.hidden).map((c) => c.offsetTop)).size;
    for (const chip of chips) chip.hidden = false;
    more.hidden = true;
    if (lines() <= FACT_LINES) return;
    more.hidden = false;
    more.setAttribute("aria-expanded", open);
    more.textContent = labels.facts_less;
    for (let shown = chips.length - 1; !open && shown > 0 && (shown === chips.length - 1 || lines() > FACT_LINES); shown--) {
      chips[shown].hidden = true;
      more.textContent = labels.facts_more.replace("{number}", chips.length - shown);
    }
  }

  const build = memo((data) => {
    letGo();
    list.replaceChildren();
    list.setAttribute("aria-label", labels.facts);
    groups = data.groups.map((group, number) => makeGroup(group, data.language, number));
  });

  const chipOf = (event) => event.target.closest?.(".fact") ?? null;
  const hold = (how, chip) => {
    held[how] = chip;
    light();
  };
  root.addEventListener("mouseover", (event) => hold("hovered", chipOf(event)));
  root.addEventListener("mouseleave", () => hold("hovered", null));
  root.addEventListener("focusin", (event) => hold("focused", chipOf(event)));
  root.addEventListener("focusout", () => {
    mark(null);
    hold("focused", null);
  });
  root.addEventListener("click", (event) => {
    const chip = chipOf(event);
    if (chip) advance(chip);
  });
  root.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    const group = groups.find(({ chips }) => chips.includes(event.target));
    if (!step || !group) return;
    event.preventDefault();
    const shown = group.chips.filter((chip) => !chip.hidden);
    const next = shown[shown.indexOf(event.target) + step];
    if (!next) return;
    for (const chip of group.chips) chip.tabIndex = chip === next ? 0 : -1;
    next.focus();
  });

  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    if (entry.contentRect.width === width) return;
    width = entry.contentRect.width;
    groups.forEach(fit);
  });
  observer.observe(root);

  return {
    remove: letGo,
    update(data) {
      if (data.article !== article) letGo();
      article = data.article;
      labels = data.labels;
      build({ article, labels, groups: data.groups, language: data.language });
      groups.forEach(fit);
    },
  };
}

// ---- reader: head -----------------------------------------------------------------------------------------------

function headView(root) {
  let article = null;
  const bar = element("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 });
  bar.appendChild(element("div"));
  let copies = [];

  const build = memo(({ sides, labels }) => {
    root.replaceChildren();
    root.dataset.sides = sides.length;
    copies = sides.map((side, i) => copyButton(labels, () => wholeText(article, i)));
    sides.forEach((side, i) => {
      const heading = element("h2");
      heading.textContent = side.name;
      const column = element("div", { class: "side" }, element("header", {}, heading, copies[i]));
      if (side.note) {
        const note = element("p", { class: "note" });
        note.textContent = side.note;
        column.appendChild(note);
      }
      root.appendChild(column);
    });
    bar.setAttribute("aria-label", labels.reader);
    root.appendChild(bar);
  });

  return {
    update(data) {
      article = data.article;
      build({ sides: data.sides, labels: data.labels });
      bar.classList.toggle("over", data.share === null);
      bar.firstChild.style.width = `${(data.share ?? 1) * 100}%`;
      bar.setAttribute("aria-valuenow", Math.floor((data.share ?? 1) * 100));
      if (copies[1]) copies[1].button.disabled = data.share !== null;
    },
  };
}

function wholeText(article, side) {
  const blocks = [...(registry.get(article) ?? new Map()).entries()].sort(([a], [b]) => a - b);
  const rows = blocks.flatMap(([, block]) => block.texts(side));
  return rows.map(({ text, goesOn }, i) => (i ? (goesOn ? " " : "\n\n") : "") + text).join("");
}

// ---- reader: rows -----------------------------------------------------------------------------------------------

const ARROWS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function rowsView(root) {
  let data = null;
  let shown = [];
  const drawn = [];
  const lines = element("div", { class: "lines", role: "group" });
  root.appendChild(lines);

  const all = (segment) => root.querySelectorAll(`[data-segment="${segment}"]`);
  const sources = () => [...root.querySelectorAll(".source .sentence")];

  const block = {
    holds: (segment) => shown.some((row) => row.segments.some((s) => s.id === Number(segment))),
    texts: (side) => shown.map((row) => ({ text: paragraphText(row, side), goesOn: row.goes_on })),
    emphasise: (segment, on) => all(segment).forEach((s) => s.classList.toggle("evident", on)),
    mark: (segment, on) => all(segment).forEach((s) => s.classList.toggle("current", on)),
    words: (segment) => shown.flatMap((row) => row.segments).find((s) => s.id === Number(segment))?.source ?? "",
    reveal,
    focusEdge: (step) => sources().at(step > 0 ? 0 : -1)?.focus(),
  };

  function paragraphText(row, side) {
    const words = row.segments.map((s, i) => {
      const gap = row.verbatim ? s.gap : i ? " " : "";
      if (side === 0) return s.gap + s.source;
      return gap + (s.target ?? data.labels.untranslated_mark + s.source);
    });
    return words.join("");
  }

  /** Bring a sentence into view and, unless told otherwise, put the focus on it, which lights up its pair. */
  function reveal(segment, { focus = true } = {}) {
    const target = root.querySelector(`.source [data-segment="${segment}"]`);
    if (!target) return;
    const far = Math.abs(target.getBoundingClientRect().top) > 3 * innerHeight;
    const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
    // Rows off screen have estimated heights: once they are drawn, the place is a little elsewhere.
    if (still) requestAnimationFrame(() => target.scrollIntoView({ block: "center", behavior: "instant" }));
    if (focus) target.focus({ preventScroll: true });
  }

  function sentence(segment, side) {
    const state = side ? segment.state : "done";
    const span = element("span", { class: `sentence ${state}`, "data-segment": segment.id, tabindex: -1 });
    const waiting = state === "pending";
    span.textContent = side && !waiting ? (segment.target ?? segment.source) : segment.source;
    if (waiting) span.setAttribute("aria-hidden", "true");
    if (side && segment.target === null) span.lang = segment.language ?? data.sides[0];
    else if (!side && segment.language) span.lang = segment.language;
    if (!side) span.classList.toggle("suspect", segment.state === "check");
    const number = data.numbers[segment.id];
    if (!side && number) {
      const mark = element("sup", { "aria-hidden": "true" });
      mark.textContent = number;
      span.appendChild(mark);
    }
    return span;
  }

  function cell(row, side) {
    const tag = row.verbatim ? "pre" : row.kind === "heading" || row.kind === "title" ? "h3" : "p";
    const text = element(tag, { class: "text" });
    row.segments.forEach((segment, i) => {
      if (i) text.append(segment.gap || " ");
      text.append(sentence(segment, side));
    });
    const copy = copyButton(data.labels, () => paragraphText(row, side), {
      label: data.labels.copy_paragraph,
      quiet: true,
    });
    copy.button.tabIndex = -1;
    if (side && row.segments.some((s) => s.state === "pending")) copy.hidden = true;
    const made = element("div", { class: side ? "target" : "source", lang: data.sides[side] }, text, copy);
    if (side) {
      for (const remark of row.remarks) {
        const kind = remark.check ? "remark check" : "remark";
        made.appendChild(remarkLine(remark.text, { class: kind, "data-segment": remark.segment }));
      }
    }
    return made;
  }

  function draw(index, row) {
    const focused = root.getRootNode().activeElement?.dataset?.segment;
    const line = element("div", { class: `row ${row.kind}${row.verbatim ? " verbatim" : ""}` });
    data.sides.forEach((_, side) => line.appendChild(cell(row, side)));
    if (drawn[index]) drawn[index].line.replaceWith(line);
    else lines.appendChild(line);
    if (focused !== undefined) line.querySelector(`.source [data-segment="${focused}"]`)?.focus({ preventScroll: true });
    return line;
  }

  /** One sentence of the block takes the Tab key; from it, the arrow keys lead to all others. */
  function tabStop(target) {
    for (const stop of root.querySelectorAll('[tabindex="0"]')) stop.tabIndex = -1;
    target.tabIndex = 0;
    for (const button of target.closest(".row").querySelectorAll(".copy")) button.tabIndex = 0;
  }

  function pair(target, on) {
    const segment = target.closest?.("[data-segment]")?.dataset.segment;
    if (segment !== undefined) all(segment).forEach((s) => s.classList.toggle("pair", on));
  }

  root.addEventListener("mouseover", (event) => pair(event.target, true));
  root.addEventListener("mouseout", (event) => pair(event.target, false));
  root.addEventListener("focusin", (event) => {
    pair(event.target, true);
    if (event.target.matches(".sentence")) tabStop(event.target);
  });
  root.addEventListener("focusout", (event) => pair(event.target, false));
  root.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step || !event.target.matches(".sentence")) return;
    event.preventDefault();
    const side = event.target.closest(".target") ? ".target .sentence" : ".source .sentence";
    const stops = [...root.querySelectorAll(side)];
    const next = stops[stops.indexOf(event.target) + step];
    if (next) next.focus();
    else registry.get(data.article)?.get(data.index + step)?.focusEdge(step);
  });

  function register(article, index) {
    if (!registry.has(article)) registry.set(article, new Map());
    registry.get(article).set(index, block);
  }

  function remove() {
    const blocks = registry.get(data?.article);
    if (blocks?.get(data.index) === block) blocks.delete(data.index);
  }

  return {
    remove,
    update(next) {
      if (data && (data.article !== next.article || data.index !== next.index)) remove();
      data = next;
      shown = next.rows;
      register(next.article, next.index);
      lines.setAttribute("aria-label", next.labels.reader);
      lines.setAttribute("aria-description", next.labels.reader_hint);
      lines.dataset.sides = next.sides.length;
      next.rows.forEach((row, index) => {
        const numbers = row.segments.map((s) => next.numbers[s.id] ?? null);
        const signature = JSON.stringify([row, next.sides, numbers, next.labels]);
        if (drawn[index]?.signature !== signature) drawn[index] = { signature, line: draw(index, row) };
      });
      for (const extra of drawn.splice(next.rows.length)) extra.line.remove();
      if (!root.querySelector('.sentence[tabindex="0"]') && sources().length) tabStop(sources()[0]);
    },
  };
}
