// Warns before half-given answers are deleted, and keeps what stands in the boxes of the page. On
// the page of a visit or a sign-in it warns before that ends, and renews it: nothing else is sent.
const dialog = document.querySelector("dialog[data-heard-left]");
const LOOK_EVERY = 15000;
const MINUTE = 60000;

if (dialog && dialog.showModal) {
  const warnAt = Number(dialog.dataset.heardWarn) * 1000;
  const minutes = dialog.querySelector("[data-heard-minutes]");
  const failed = dialog.querySelector("[data-heard-failed]");
  const button = dialog.querySelector("button");
  const told = document.querySelector("[data-heard-told]");
  const visit = "heardVisit" in dialog.dataset;
  const page = visit ? null : document.querySelector("form[data-heard-page]");
  const words = (name) => document.querySelector(`[data-heard-words="${name}"]`).content.textContent;
  // By the clock and not by a count of ticks: a sleeping computer does not tick.
  let ends = Date.now() + Number(dialog.dataset.heardLeft) * 1000;

  const tell = (name) => { told.textContent = words(name); };

  const look = () => {
    const left = ends - Date.now();
    if (left <= 0) {
      window.clearInterval(timer);
      if (dialog.open) dialog.close();
      tell("deleted");
    } else if (left <= warnAt) {
      const whole = Math.max(1, Math.ceil(left / MINUTE));
      const time = whole === 1 ? words("one") : words("many").replace("{number}", whole);
      if (minutes.textContent !== time) minutes.textContent = time;
      if (!dialog.open) {
        failed.hidden = true;
        dialog.showModal();
        dialog.querySelector("h2").focus();
      }
    }
  };

  const posted = () => {
    const form = page || dialog.querySelector("form");
    const data = new FormData(form);
    // A file is kept when it is added; here only words are.
    for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
    if (page) data.append("keep", "1");
    return fetch(page ? window.location.href : form.action, { method: "POST", body: data });
  };

  // How many seconds there are now, by what the server answered.
  const leftNow = async (answer) => {
    const text = await answer.text();
    if (visit) return Number(text);
    const next = new DOMParser().parseFromString(text, "text/html");
    return Number(next.querySelector("dialog[data-heard-left]")?.dataset.heardLeft);
  };

  const keep = async () => {
    button.disabled = true;
    try {
      const answer = await posted();
      const left = await leftNow(answer);
      if (!answer.ok || !(left > 0)) throw new Error("not kept");
      ends = Date.now() + left * 1000;
      dialog.close();
      tell("kept");
    } catch {
      failed.hidden = false;
    } finally {
      button.disabled = false;
    }
  };

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  // Escape closes a dialog; here it must not also let the time run out unseen.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    keep();
  });
  const timer = window.setInterval(look, LOOK_EVERY);
  look();
}
