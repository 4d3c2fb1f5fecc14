import { type BrokerOut, BrokerPatch } from "@/lib/api/brokers";
import { isEncrypted, mayReuseSecrets } from "@/lib/brokerAddresses";
import { explainIssue } from "@/lib/explainIssue";
import { slugOf } from "@/lib/proposeId";
import { inWords } from "@/lib/texts/said";
import { t } from "@/lib/texts/t";
import { errorsOf, type FieldErrors, pointer, sentence } from "../fieldErrors";

/** A secret is never sent to the page: it is kept, replaced or removed. */
export type SecretDraft = { do: "keep" } | { do: "set"; text: string } | { do: "remove" };

export interface BrokerDraft {
  id: string;
  idTouched: boolean;
  name: string;
  url: string;
  /** One address a line. */
  otherUrls: string;
  username: string;
  password: SecretDraft;
  clientId: string;
  ca: string;
  cert: string;
  key: SecretDraft;
  verify: boolean;
}

export const emptyBroker: BrokerDraft = {
  id: "",
  idTouched: false,
  name: "",
  url: "",
  otherUrls: "",
  username: "",
  password: { do: "set", text: "" },
  clientId: "",
  ca: "",
  cert: "",
  key: { do: "set", text: "" },
  verify: true,
};

export function fromBroker({ broker, has }: BrokerOut): BrokerDraft {
  const secret = (set: boolean): SecretDraft => (set ? { do: "keep" } : { do: "set", text: "" });
  return {
    id: broker.id,
    idTouched: true,
    name: broker.name ?? "",
    url: broker.url,
    otherUrls: (broker.otherUrls ?? []).join("\n"),
    username: broker.username ?? "",
    password: secret(has.password),
    clientId: broker.clientId ?? "",
    ca: broker.ca ?? "",
    cert: broker.cert ?? "",
    key: secret(has.key),
    verify: broker.verify ?? true,
  };
}

/** The first broker is called `main`; later ones take their id from name or host. */
export function proposeBrokerId(draft: Pick<BrokerDraft, "name" | "url">, taken: ReadonlySet<string>): string {
  if (!taken.has("main")) return "main";
  const host = URL.canParse(draft.url) ? new URL(draft.url).hostname : "";
  const base = slugOf(draft.name) || slugOf(host);
  if (base === "" || !taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base.slice(0, 60)}-${n}`)) return `${base.slice(0, 60)}-${n}`;
}

/** The addresses of the field, without the lines that are empty; undefined: none. A comma as in MQTT_URL ends an address, too. */
function otherUrlsOf({ otherUrls }: Pick<BrokerDraft, "otherUrls">): string[] | undefined {
  const urls = otherUrls.split(/[\n,]/).flatMap((line) => line.trim() || []);
  return urls.length > 0 ? urls : undefined;
}

const text = (value: string): string | undefined => value.trim() || undefined;

/** Undefined: kept. Null: removed. */
const secretOf = (secret: SecretDraft): string | null | undefined => {
  if (secret.do === "remove") return null;
  return secret.do === "set" && secret.text !== "" ? secret.text : undefined;
};

/** With the address in front where several are in one field. */
function atAddress(
  urls: readonly string[] | undefined,
  [field, index]: readonly PropertyKey[],
  detail: string,
): string {
  const url = field === "otherUrls" ? urls?.[Number(index)] : undefined;
  return url === undefined ? detail : t("brokers.addressFault", { url, reason: detail });
}

export type BrokerResult = { ok: true; broker: BrokerPatch } | { ok: false; errors: FieldErrors };

/** The broker for the API, or the errors by field. */
export function toBroker(draft: BrokerDraft): BrokerResult {
  const input = {
    id: draft.id.trim(),
    name: text(draft.name),
    url: draft.url.trim(),
    otherUrls: otherUrlsOf(draft),
    username: text(draft.username),
    password: secretOf(draft.password),
    clientId: text(draft.clientId),
    ca: text(draft.ca),
    cert: text(draft.cert),
    key: secretOf(draft.key),
    verify: draft.verify ? undefined : false,
  };
  const parsed = BrokerPatch.safeParse(input);
  const issues = (parsed.success ? [] : parsed.error.issues.flatMap(explainIssue)).map(({ path, message }) => ({
    pointer: pointer(...path),
    detail: atAddress(input.otherUrls, path, sentence(inWords(message))),
  }));
  // MQTT 3.1.1 knows no password without a user name [MQTT-3.1.2-22], and the client sends none.
  const hasPassword = draft.password.do === "keep" || typeof input.password === "string";
  if (hasPassword && input.username === undefined)
    issues.push({ pointer: "/username", detail: t("brokers.userNameNeeded") });
  if (parsed.success && issues.length === 0) return { ok: true, broker: parsed.data };
  return { ok: false, errors: errorsOf(issues) };
}

/** Whether certificates apply. */
export const usesTls = (draft: BrokerDraft): boolean => [draft.url, ...(otherUrlsOf(draft) ?? [])].some(isEncrypted);

/** An address or user name beyond those that the stored secrets were saved for: they must be entered again. */
export const isMoved = ({ broker }: BrokerOut, draft: BrokerDraft): boolean =>
  !mayReuseSecrets(broker, {
    url: draft.url.trim(),
    otherUrls: otherUrlsOf(draft),
    username: text(draft.username),
  });
