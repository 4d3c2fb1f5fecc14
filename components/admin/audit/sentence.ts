import type { AuditEntry } from "@/lib/api";
import { titleOf } from "../topics/titleOf";

type Detail = AuditEntry["detail"];
type Write = (target: string, detail: Detail) => string;

const quoted = (value: unknown): string => `“${typeof value === "string" ? value : JSON.stringify(value)}”`;

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** What a command asked for, as people say it. */
function asked(value: unknown): string {
  if (value === true) return "on";
  if (value === false) return "off";
  if (value === null || value === undefined) return "a press";
  return String(value);
}

const person = (target: string, detail: Detail): string => quoted(detail.username ?? target);

const changes = (detail: Detail): string => {
  const parts = [
    detail.role !== undefined && `role is now ${String(detail.role)}`,
    detail.name !== undefined && `name is now ${quoted(detail.name)}`,
    detail.passwordChanged === true && "a new password was set",
  ].filter((part) => typeof part === "string");
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
};

function registrationName(target: string, detail: Detail): string {
  const name = field(detail.registration ?? detail.before, "name");
  return quoted(titleOf({ id: target, name: typeof name === "string" ? name : undefined }));
}

const points = ({ kept }: Detail): string => (kept === 1 ? "1 point" : `${String(kept ?? 0)} points`);

/** How often within the minute. */
const times = ({ count }: Detail): string => (typeof count === "number" && count > 1 ? ` (${count} times)` : "");

const tiles = (detail: Detail): string => (typeof detail.tiles === "number" ? ` (${detail.tiles} tiles)` : "");

/** Each action as what follows the actor's name. */
const SENTENCES: Record<string, Write> = {
  command: (target, d) => `asked ${quoted(target)} for ${asked(d.value)}`,
  "command-refused": (target, d) =>
    `asked ${quoted(target)} for ${asked(d.value)} and was refused${d.reason ? `: ${String(d.reason)}` : ""}`,
  "command-dismissed": (target, d) =>
    `dismissed the result of ${d.by ? `${String(d.by)}'s command` : "a command"} to ${quoted(target)}: asked for ${asked(d.value)}, ${String(d.state ?? "not confirmed")}`,
  "dashboard.create": (target, d) => `made the dashboard ${quoted(d.title ?? target)}${tiles(d)}`,
  "dashboard.change": (target, d) => `changed the dashboard ${quoted(d.title ?? target)}${tiles(d)}`,
  "dashboard.delete": (target, d) => `deleted the dashboard ${quoted(d.title ?? target)}`,
  "registration.create": (target, d) => `registered ${registrationName(target, d)}`,
  "registration.change": (target, d) => `changed the registered topic ${registrationName(target, d)}`,
  "registration.delete": (target, d) => `deleted the registered topic ${registrationName(target, d)}`,
  "broker.create": (target, d) => `connected the broker ${quoted(target)}${d.url ? ` at ${String(d.url)}` : ""}`,
  "broker.change": (target, d) =>
    `changed the broker ${quoted(target)}${Array.isArray(d.secretsChanged) ? `, ${d.secretsChanged.join(" and ")} too` : ""}`,
  "broker.delete": (target) => `removed the broker ${quoted(target)}`,
  "explorer.publishOn": (target, d) =>
    `published ${quoted(d.payload)} on ${quoted(target)}${d.retain === true ? ", retained" : ""}`,
  "explorer.publish-refused": (target, d) =>
    `tried to publish on ${quoted(target)} and was refused${d.reason ? `: ${String(d.reason)}` : ""}`,
  "explorer.clear-retained": (target) => `removed the retained message on ${quoted(target)}`,
  "discovery.mode": (target) => `set the mode for new devices to ${quoted(target)}`,
  "found.keep": (target, d) => `added ${points(d)} of the found device ${quoted(d.name ?? target)}`,
  "found.keep-all": (_, d) => `added all found devices: ${points(d)}`,
  "found.ignore": (target, d) =>
    `${d.ignored === false ? "stopped ignoring" : "ignored"} the found device ${quoted(d.name ?? target)}`,
  "found.clear": (target, d) => `removed the announcements of ${quoted(d.name ?? target)} from the broker`,
  "found.clear-refused": (target, d) =>
    `tried to remove the announcements of ${quoted(d.name ?? target)} from the broker and was refused${d.reason ? `: ${String(d.reason)}` : ""}`,
  "history.import": (_, d) =>
    `imported ${String(d.added ?? 0)} readings of history${d.brokenOff === true ? "; it broke off before the end" : ""}`,
  "backup.create": (target) => `made the backup ${quoted(target)}`,
  "backup.download": (target) => `downloaded the backup ${quoted(target)}`,
  "backup.delete": (target) => `deleted the backup ${quoted(target)}`,
  "session.sign-in": () => "signed in",
  "session.sign-out": () => "signed out",
  "session.failed": () => "tried to sign in with a wrong password",
  "denied.not-signed-in": (target, d) => `requested ${quoted(target)} without signing in${times(d)}`,
  "denied.not-allowed": (target, d) => `requested ${quoted(target)} without permission${times(d)}`,
  "denied.origin-foreign": (target, d) => `requested ${quoted(target)} from another site${times(d)}`,
  "denied.origin-missing": (target, d) => `requested ${quoted(target)} without an Origin header${times(d)}`,
  "denied.host": (target, d) => `requested ${quoted(target)} under an unknown host name${times(d)}`,
  "denied.setup-link": (_, d) => `opened an invalid set-up link${times(d)}`,
  "denied.too-many-passwords": (_, d) => `could not sign in: too many wrong passwords${times(d)}`,
  "user.create": (target, d) => `gave ${person(target, d)} an account${d.role ? ` as ${String(d.role)}` : ""}`,
  "user.change": (target, d) => `changed the account ${person(target, d)}${changes(d)}`,
  "user.delete": (target, d) => `removed the account ${person(target, d)}`,
  "user.password": () => "changed their own password",
  "user.setup": () => "set up Telltale and became its first admin",
};

/** An entry of the trail as a sentence without its subject. An action that this page does not know is told as it is. */
export function auditSentence({ action, target, detail }: Pick<AuditEntry, "action" | "target" | "detail">): string {
  const write = Object.hasOwn(SENTENCES, action) ? SENTENCES[action] : undefined;
  return write ? write(target, detail) : `${action} ${quoted(target)}`;
}
