// Signing in with a key (WebAuthn), and copying a one-time link. Without scripts, passwords and codes do the same.
"use strict";

(() => {
  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
  };

  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  };

  const named = (list) => (list || []).map((known) => ({ ...known, id: bytes(known.id) }));

  async function made(options, passwordless) {
    const asked = { ...options.publicKey };
    asked.challenge = bytes(asked.challenge);
    asked.user = { ...asked.user, id: bytes(asked.user.id) };
    asked.excludeCredentials = named(asked.excludeCredentials);
    asked.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: passwordless ? "required" : "discouraged",
      requireResidentKey: passwordless,
      userVerification: passwordless ? "required" : "preferred",
    };
    const key = await navigator.credentials.create({ publicKey: asked });
    return {
      ...common(key),
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        attestationObject: text(key.response.attestationObject),
        transports: key.response.getTransports ? key.response.getTransports() : [],
      },
    };
  }

  async function shown(options) {
    const asked = { ...options.publicKey };
    asked.challenge = bytes(asked.challenge);
    asked.allowCredentials = named(asked.allowCredentials);
    const key = await navigator.credentials.get({ publicKey: asked });
    const owner = key.response.userHandle;
    return {
      ...common(key),
      response: {
        clientDataJSON: text(key.response.clientDataJSON),
        authenticatorData: text(key.response.authenticatorData),
        signature: text(key.response.signature),
        userHandle: owner ? text(owner) : null,
      },
    };
  }

  const common = (key) => ({
    type: key.type,
    id: key.id,
    rawId: text(key.rawId),
    clientExtensionResults: key.getClientExtensionResults(),
  });

  async function offered(form) {
    if (form.dataset.passkey !== "login") return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }

  function keyed(form) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fault = form.querySelector('[role="alert"][hidden], [role="alert"]');
      if (fault) fault.hidden = true;
      try {
        const options = await offered(form);
        const box = form.elements.passwordless;
        const key = form.dataset.passkey === "create" ? await made(options, Boolean(box && box.checked)) : await shown(options);
        form.elements.credential.value = JSON.stringify(key);
        form.submit();
      } catch {
        if (fault) fault.hidden = false;
      }
    });
  }

  if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(keyed);

  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
    });
  }
  for (const field of document.querySelectorAll("[data-copy]")) field.addEventListener("focus", () => field.select());
})();
