// Records a voice note into the page's own file box. Without this script, or where the browser
// cannot record, the box for a sound file stands there alone and nothing is missing.
const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];
const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };

// A button's own style would win over the attribute "hidden".
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
      // The sign that a page listens goes out at once.
      sound.getTracks().forEach((track) => track.stop());
      keep(pieces);
    });
    recorder.start();
    show(true, false);
    say("on");
    stop.focus();
  };

  start.addEventListener("click", record);
  stop.addEventListener("click", () => recorder.stop());
  drop.addEventListener("click", forget);
  part.hidden = false;
}

if (window.MediaRecorder && window.DataTransfer && navigator.mediaDevices) {
  document.querySelectorAll("[data-recorder]").forEach(begin);
}
