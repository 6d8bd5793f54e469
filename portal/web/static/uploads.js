// Sends files as soon as they are chosen or dropped, shows how far they are, and keeps the words.
// Without this script the same box and button do the same, a page at a time.
const form = document.querySelector("form[data-heard-page]");
const input = form && form.querySelector("input[type=file]");
const held = form && form.querySelector("[data-heard-files]");

// Its words stand in the page, in the page's language.
const words = (name) => document.querySelector(`[data-heard-upload="${name}"]`).content.textContent;
const about = (name, file) => words(name).replace("{name}", file.name);

const element = (tag, classes, text = "") => {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = text;
  return made;
};

if (input && held) {
  const group = input.closest(".govuk-form-group");
  const add = form.querySelector("button[name=add]");
  const told = element("p", "govuk-body");
  told.setAttribute("role", "status");
  const doing = element("p", "govuk-hint");
  const wrong = element("div", "");
  wrong.setAttribute("role", "alert");
  const queue = [];
  let sending = false;

  const show = (text) => {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const list = answer.querySelector("[data-heard-files]");
    if (list) held.replaceChildren(...document.importNode(list, true).childNodes);
    const error = answer.querySelector(`#${input.id}-error`);
    if (error) return error.lastChild.textContent.trim();
    return list ? null : words("refused");
  };

  const done = (file, bar, sentence) => {
    bar.remove();
    // Stays until the next one is added: what is being sent stands in a line of its own.
    if (!sentence) told.textContent = about("added", file);
    doing.textContent = "";
    if (sentence) wrong.append(element("p", "govuk-error-message", `${file.name}: ${sentence}`));
    sending = false;
    next();
  };

  const send = (file) => {
    const bar = element("progress", "");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", about("sending", file));
    group.append(bar);
    doing.textContent = about("sending", file);
    const data = new FormData(form);
    data.delete(input.name);
    data.append(input.name, file);
    data.append("add", "1");
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total);
    });
    request.addEventListener("load", () => done(file, bar, show(request.responseText)));
    request.addEventListener("error", () => {
      done(file, bar, words("offline"));
    });
    request.open("POST", form.action);
    request.send(data);
  };

  const next = () => {
    if (sending || !queue.length) return;
    sending = true;
    send(queue.shift());
  };

  const take = (files) => {
    if (!queue.length && !sending) {
      wrong.replaceChildren();
      told.textContent = "";
    }
    queue.push(...files);
    next();
  };

  input.addEventListener("change", () => {
    take([...input.files]);
    // Sent already: the form must not send them a second time.
    input.value = "";
  });
  group.addEventListener("dragover", (event) => event.preventDefault());
  group.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  if (add) add.remove();
  group.append(element("p", "govuk-hint", words("drag")), doing, told, wrong);
}
