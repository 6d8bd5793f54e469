// Asks the browser for a passkey, or to make one, and sends its answer with the form around the
// button. Without this script, or where there are no passkeys, the form stays hidden and the page
// has the other way: a code from an app.
const toBytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0),
);
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

const WAYS = {
  get: (asked) => navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      allowCredentials: named(asked.allowCredentials),
    },
  }),
  create: (asked) => navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: named(asked.excludeCredentials),
    },
  }),
};
const PARTS = [
  "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle",
];

// As WebAuthn Level 3 writes an answer down; older browsers cannot do it themselves.
function written(key) {
  const said = PARTS.filter((part) => key.response[part]);
  const response = Object.fromEntries(said.map((part) => [part, toText(key.response[part])]));
  return JSON.stringify({ id: key.id, rawId: toText(key.rawId), type: key.type, response });
}

async function question(form) {
  const token = new FormData();
  token.set("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.question, { method: "POST", body: token });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function begin(form) {
  const button = form.querySelector("[data-passkey-button]");
  const says = form.querySelector("[data-passkey-says]");
  const words = form.querySelector("[data-passkey-words]").content.textContent;
  button.addEventListener("click", async () => {
    says.textContent = "";
    button.disabled = true;
    try {
      const key = await WAYS[form.dataset.passkey](await question(form));
      form.elements.passkey.value = written(key);
      form.submit();
    } catch {
      button.disabled = false;
      says.textContent = words;
    }
  });
  form.hidden = false;
  document.querySelectorAll("[data-passkey-missing]").forEach((part) => { part.hidden = true; });
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("form[data-passkey]").forEach(begin);
}
