// A box to type in instead of a long list, after the pattern "editable combobox with list autocomplete" of the WAI.
// The select stays in the form, out of sight: it is what is posted, kept and set by others.
import { found, keysOf, meant } from "./finding.js";

function make(name, attributes) {
  const element = document.createElement(name);
  Object.keys(attributes).forEach((key) => element.setAttribute(key, attributes[key]));
  return element;
}

export class Combobox {
  constructor(select, namesOf, texts) {
    this.select = select;
    this.texts = texts;
    this.entries = Array.from(select.options).filter((option) => option.value).map((option) => ({
      value: option.value, label: option.text, keys: keysOf([option.text].concat(namesOf(option))),
    }));
    this.shown = [];
    this.active = -1;
    this.build();
    this.listen();
    this.showChosen();
  }

  build() {
    const id = this.select.id;
    const described = this.select.getAttribute("aria-describedby");
    this.box = make("div", { class: "ws-chooser" });
    this.list = make("ul", { class: "ws-chooser__list", id: `${id}-list`, role: "listbox", "aria-label": this.labelText() });
    this.input = make("input", {
      class: "govuk-input ws-chooser__input", id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      autocapitalize: "none", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id,
      placeholder: this.texts.placeholder,
    });
    if (described) this.input.setAttribute("aria-describedby", described);
    if (this.select.classList.contains("govuk-select--error")) this.input.classList.add("govuk-input--error");
    this.status = make("div", { class: "govuk-visually-hidden", role: "status" });
    this.list.hidden = true;
    this.select.id = `${id}-select`;
    this.select.classList.add("ws-chooser__select");
    this.select.tabIndex = -1;
    this.select.setAttribute("aria-hidden", "true");
    this.select.parentNode.insertBefore(this.box, this.select);
    [this.input, this.list, this.status, this.select].forEach((part) => this.box.appendChild(part));
  }

  labelText() {
    const label = document.querySelector(`label[for='${this.select.id}']`);
    return label ? label.textContent.trim() : "";
  }

  listen() {
    this.input.addEventListener("input", () => { this.put(""); this.open(this.input.value, true); });
    this.input.addEventListener("click", () => { if (this.list.hidden) this.open("", false); });
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.press(event));
    // With the finger on the list the box keeps the focus.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(this.shown[Number(item.dataset.place)]);
    });
    this.select.addEventListener("change", () => { if (document.activeElement !== this.input) this.showChosen(); });
  }

  press(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.open("", false);
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.shown[this.active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
      this.showChosen();
    }
  }

  open(text, typing) {
    this.shown = found(this.entries, text);
    this.list.textContent = "";
    this.shown.forEach((entry, place) => {
      const item = make("li", { class: "ws-chooser__one", role: "option", id: `${this.list.id}-${place}`, "data-place": place, "aria-selected": "false" });
      item.textContent = entry.label;
      this.list.appendChild(item);
    });
    this.list.hidden = !this.shown.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = this.shown.length ? this.texts.count.replace("{count}", this.shown.length) : this.texts.nothing;
    this.light(-1);
    if (typing && text.trim() && this.shown.length) this.light(0);
    if (!typing) this.light(this.shown.findIndex((entry) => entry.value === this.select.value));
  }

  move(step) {
    const count = this.shown.length;
    if (count) this.light(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
  }

  light(place) {
    const before = this.list.children[this.active];
    if (before) before.setAttribute("aria-selected", "false");
    this.active = place;
    const item = this.list.children[place];
    if (!item) { this.input.removeAttribute("aria-activedescendant"); return; }
    item.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", item.id);
    this.list.scrollTop = Math.max(0, item.offsetTop - this.list.clientHeight / 2);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  choose(entry) {
    this.close();
    this.put(entry.value);
    this.showChosen();
    this.status.textContent = entry.label;
  }

  // What was typed in full counts as chosen; anything else stays to be seen, and nothing is chosen.
  leave() {
    const entry = !this.select.value && meant(this.entries, this.input.value);
    this.close();
    if (entry) this.put(entry.value);
    if (this.select.value) this.showChosen();
    this.status.textContent = this.select.value || !this.input.value.trim() ? "" : this.texts.nothing;
    this.input.classList.toggle("ws-chooser__input--open", !this.select.value && Boolean(this.input.value.trim()));
  }

  put(value) {
    if (this.select.value === value) return;
    this.select.value = value;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  showChosen() {
    const entry = this.entries.find((one) => one.value === this.select.value);
    this.input.value = entry ? entry.label : "";
    this.input.classList.remove("ws-chooser__input--open");
  }
}
