const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };

const hide = (part, yes) => part.classList.toggle("govuk-!-display-none", yes);

function begin(part) {
  const box = document.querySelector(`input[type="file"][name="${part.dataset.recorder}"]`);
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  if (!box || !kind) return;
  const find = (name) => part.querySelector(`[data-recorder-${name}]`);
  const [start, stop, drop, player, says] = ["begin", "end", "drop", "player", "says"].map(find);
  const words = (name) => part.querySelector(`[data-recorder-words="${name}"]`).content.textContent;
  const say = (name) => { says.textContent = words(name); };
  const show = (recording, recorded) => {
    hide(start, recording || recorded);
    hide(stop, !recording);
    hide(drop, !recorded);
    hide(player, !recorded);
  };
  let recorder = null;
  let sending = false;

  const keep = (pieces) => {
    const file = new File(pieces, `voice-note.${ENDINGS[kind]}`, { type: kind });
    const held = new DataTransfer();
    held.items.add(file);
    box.files = held.files;
    player.src = URL.createObjectURL(file);
    show(false, true);
    say("done");
    drop.focus();
  };

  const forget = () => {
    box.value = "";
    URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    show(false, false);
    say("gone");
    start.focus();
  };

  const record = async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      say("no");
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(sound, { mimeType: kind, audioBitsPerSecond: 24000 });
    const end = setTimeout(() => recorder.stop(), Number(part.dataset.seconds) * 1000);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(end);
      sound.getTracks().forEach((track) => track.stop());
      keep(pieces);
    });
    recorder.start();
    show(true, false);
    say("on");
    stop.focus();
  };

  const send = async (event) => {
    const { form } = box, name = event.submitter?.name;
    const on = recorder?.state === "recording";
    if (name === "remove" || !(on || sending || box.files.length)) return;
    event.preventDefault();
    if (on) recorder.stop();
    if (on || sending) return;
    sending = true;
    say("sending");
    says.scrollIntoView({ block: "center" });
    const data = new FormData(form);
    data.append("add", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      if (answer.type === "opaqueredirect") form.file.value = box.value = "";
      if (name) location.replace(location.pathname + location.search);
      else form.submit();
    } catch {
      say("lost");
    }
    sending = false;
  };

  start.addEventListener("click", record);
  stop.addEventListener("click", () => recorder.stop());
  drop.addEventListener("click", forget);
  box.form.addEventListener("submit", send);
  part.hidden = false;
}

if (window.MediaRecorder && window.DataTransfer && navigator.mediaDevices) {
  document.querySelectorAll("[data-recorder]").forEach(begin);
}
