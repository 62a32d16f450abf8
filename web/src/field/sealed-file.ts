/**
 * The outbox as an encrypted file, to be carried where no network is.
 *
 *     17 bytes   "pamiers outbox 1\n"
 *     16 bytes   salt of PBKDF2 (SHA-256, 600,000 rounds, passphrase as UTF-8 in NFC)
 *     12 bytes   nonce of AES-256-GCM
 *     the rest   ciphertext and its tag of 16 bytes; the first 17 bytes are authenticated
 *
 * The plaintext is UTF-8 JSON: `messages`, each as it would be sent, and `photos`, each
 * `{sha256, type, base64}`.
 */

const TITLE = new TextEncoder().encode("pamiers outbox 1\n");
const ROUNDS = 600_000;
const SALT = 16;
const NONCE = 12;
/** A passphrase shorter than this is refused. */
export const SHORTEST = 10;

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const said = new TextEncoder().encode(passphrase.normalize("NFC"));
  const raw = await crypto.subtle.importKey("raw", said, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    raw,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

export async function seal(value: unknown, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const key = await keyOf(passphrase, salt);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: TITLE },
    key,
    plain,
  );
  return joined([TITLE, salt, iv, new Uint8Array(sealed)]);
}

/** Open a sealed file; raises where the passphrase is another or a byte was changed. */
export async function unseal(file: Uint8Array<ArrayBuffer>, passphrase: string): Promise<unknown> {
  const title = file.slice(0, TITLE.length);
  if (title.some((each, at) => each !== TITLE[at])) throw new Error("not an outbox of pamiers");
  const salt = file.slice(TITLE.length, TITLE.length + SALT);
  const iv = file.slice(TITLE.length + SALT, TITLE.length + SALT + NONCE);
  const key = await keyOf(passphrase, salt);
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv, additionalData: title },
    key,
    file.slice(TITLE.length + SALT + NONCE),
  );
  return JSON.parse(new TextDecoder().decode(plain));
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    whole.set(each, at);
    at += each.length;
  }
  return whole;
}
