// Keys for officers who decide many items. Each stands on a control of the page (data-key), so
// that whoever uses no keys presses the control, and none does more than that: what goes out has a
// page of its own, without keys.
const OFF = "heard-keys-off";
const IN_A_BOX = "input:not([type=radio], [type=checkbox], [type=submit], [type=button]), "
  + "textarea, select, [contenteditable]";
// Where Enter means something of its own.
const PRESSED = "a, button, summary, input:not([type=radio], [type=checkbox]), [role=button]";

const dialog = document.querySelector("dialog[data-keys]");
const opener = document.querySelector("[data-keys-open]");

// A browser that keeps nothing for us has the keys on.
const off = () => {
  try { return window.localStorage.getItem(OFF) === "1"; } catch { return false; }
};

const keep = (value) => {
  try { window.localStorage.setItem(OFF, value ? "1" : "0"); } catch { /* on until the next page */ }
};

const say = () => {
  dialog.querySelector("[data-keys-state]").textContent = `Keys are ${off() ? "off" : "on"}.`;
  dialog.querySelector("[data-keys-switch]").textContent = `Turn keys ${off() ? "on" : "off"}`;
};

const show = () => {
  say();
  dialog.showModal();
  dialog.querySelector("h2").focus();
};

const named = (form, name) => [...form.elements].filter((one) => one.name === name);

const fill = (form, name, value) => {
  const fields = named(form, name);
  const radio = fields.find((one) => one.type === "radio" && one.value === value);
  if (radio) {
    radio.click();
  } else if (fields[0] && fields[0].type !== "radio") {
    fields[0].value = value;
    fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  }
};

const press = (control) => {
  const { keyUnless } = control.dataset;
  if (keyUnless && named(control.form, keyUnless).some((one) => one.checked)) {
    // What was chosen by hand goes before what the key would choose.
    control.form.querySelector("[data-key-otherwise]").click();
    return;
  }
  if (!control.hidden) {
    control.click();
    return;
  }
  const form = control.closest("form");
  new URLSearchParams(control.dataset.keySet || "").forEach((value, name) => fill(form, name, value));
  const fields = named(form, control.dataset.keyFocus);
  (fields.find((one) => one.checked) || fields[0])?.focus();
};

const pressed = (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || off()) return;
  if (document.querySelector("dialog[open]") || target.closest(IN_A_BOX)) return;
  if (key === "Enter" && target.closest(PRESSED)) return;
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (key !== "?" && !control) return;
  // The letter must not also be written into the box that it leads to.
  event.preventDefault();
  if (key === "?") show();
  else press(control);
};

if (dialog && dialog.showModal && opener) {
  // A button's own style would win over the attribute "hidden".
  opener.classList.remove("govuk-!-display-none");
  opener.addEventListener("click", show);
  dialog.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-keys-switch]").addEventListener("click", () => {
    keep(!off());
    say();
  });
  document.addEventListener("keydown", pressed);
}
