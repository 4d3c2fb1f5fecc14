import type { AuditEntry } from "@/lib/api";
import { type PlainKey, t } from "@/lib/texts/t";
import { titleOf } from "../topics/titleOf";

type Detail = AuditEntry["detail"];
type Write = (target: string, detail: Detail) => string;

/** Who has no account is stored by one of these words, by earlier versions too. */
const NAMELESS: Readonly<Record<string, PlainKey>> = {
  "": "audit.someone",
  anonymous: "audit.anonymous",
  several: "audit.several",
  // not a text: as it is stored
  "an unknown name": "audit.unknownName",
};

/** Whom a row is about, before what they did. */
export const actorText = (actor: string): string => {
  const key = Object.hasOwn(NAMELESS, actor) ? NAMELESS[actor] : undefined;
  return key === undefined ? actor : t(key);
};

const quoted = (value: unknown): string => `“${typeof value === "string" ? value : JSON.stringify(value)}”`;

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** The value of a command in words. */
function asked(value: unknown): string {
  if (value === true) return t("audit.on");
  if (value === false) return t("audit.off");
  if (value === null || value === undefined) return t("audit.aPress");
  return String(value);
}

const person = (target: string, detail: Detail): string => quoted(detail.username ?? target);

const changes = (detail: Detail): string => {
  const parts = [
    detail.role !== undefined && t("audit.roleNow", { role: String(detail.role) }),
    detail.name !== undefined && t("audit.nameNow", { name: quoted(detail.name) }),
    detail.passwordChanged === true && t("audit.newPasswordSet"),
  ].filter((part) => typeof part === "string");
  return parts.length > 0 ? `: ${parts.join(", ")}` : "";
};

function registrationName(target: string, detail: Detail): string {
  const name = field(detail.registration ?? detail.before, "name");
  return quoted(titleOf({ id: target, name: typeof name === "string" ? name : undefined }));
}

const points = ({ kept }: Detail): string =>
  typeof kept === "number" ? t("kit.points", { count: kept }) : t("audit.points", { count: String(kept ?? 0) });

/** How often it happened within the minute. */
const times = ({ count }: Detail): string =>
  typeof count === "number" && count > 1 ? t("audit.countedTimes", { count }) : "";

const tiles = (detail: Detail): string =>
  typeof detail.tiles === "number" ? t("audit.countedTiles", { tiles: detail.tiles }) : "";

/** The reason of a refusal, to append to a sentence. */
const because = ({ reason }: Detail): string => (reason ? `: ${String(reason)}` : "");

/** The rest of the sentence after the actor's name, by action. */
const SENTENCES: Record<string, Write> = {
  command: (target, d) => t("audit.askedFor", { target: quoted(target), value: asked(d.value) }),
  "command-refused": (target, d) =>
    t("audit.askedRefused", { target: quoted(target), value: asked(d.value), why: because(d) }),
  "command-dismissed": (target, d) =>
    t("audit.dismissed", {
      command: d.by ? t("audit.commandBy", { by: String(d.by) }) : t("audit.aCommand"),
      target: quoted(target),
      value: asked(d.value),
      state: String(d.state ?? t("audit.notConfirmed")),
    }),
  "alarm.acknowledge": (target, d) =>
    t("audit.alarmAcknowledged", { rule: quoted(target), where: String(d.where ?? "") }),
  "alarm.shelve": (target, d) => t("audit.alarmShelved", { rule: quoted(target), where: String(d.where ?? "") }),
  "alarm.unshelve": (target, d) => t("audit.alarmUnshelved", { rule: quoted(target), where: String(d.where ?? "") }),
  "alarm-rule.create": (target) => t("audit.alarmRuleMade", { rule: quoted(target) }),
  "alarm-rule.change": (target) => t("audit.alarmRuleChanged", { rule: quoted(target) }),
  "alarm-rule.delete": (target) => t("audit.alarmRuleDeleted", { rule: quoted(target) }),
  "dashboard.create": (target, d) => t("audit.madeDashboard", { title: quoted(d.title ?? target), tiles: tiles(d) }),
  "dashboard.change": (target, d) => t("audit.changedDashboard", { title: quoted(d.title ?? target), tiles: tiles(d) }),
  "dashboard.delete": (target, d) => t("audit.deletedDashboard", { title: quoted(d.title ?? target) }),
  "registration.create": (target, d) => t("audit.registered", { topic: registrationName(target, d) }),
  "registration.change": (target, d) => t("audit.changedRegisteredTopic", { topic: registrationName(target, d) }),
  "registration.delete": (target, d) => t("audit.deletedRegisteredTopic", { topic: registrationName(target, d) }),
  "broker.create": (target, d) =>
    d.url
      ? t("audit.connectedAt", { target: quoted(target), url: String(d.url) })
      : t("audit.connected", { target: quoted(target) }),
  "broker.change": (target, d) =>
    Array.isArray(d.secretsChanged)
      ? t("audit.changedBrokerSecrets", {
          target: quoted(target),
          secrets: d.secretsChanged.join(t("audit.andBetween")),
        })
      : t("audit.changedBroker", { target: quoted(target) }),
  "broker.delete": (target) => t("audit.removedBroker", { target: quoted(target) }),
  "explorer.publish": (target, d) =>
    d.retain === true
      ? t("audit.publishedRetained", { payload: quoted(d.payload), target: quoted(target) })
      : t("audit.published", { payload: quoted(d.payload), target: quoted(target) }),
  "explorer.publish-refused": (target, d) => t("audit.publishRefused", { target: quoted(target), why: because(d) }),
  "explorer.clear-retained": (target) => t("audit.removedRetainedMessage", { target: quoted(target) }),
  "discovery.mode": (target) => t("audit.discoveryMode", { target: quoted(target) }),
  "found.keep": (target, d) => t("audit.addedFoundDevice", { points: points(d), device: quoted(d.name ?? target) }),
  "found.keep-all": (_, d) => t("audit.addedAllFoundDevices", { points: points(d) }),
  "found.ignore": (target, d) =>
    d.ignored === false
      ? t("audit.stoppedIgnoring", { device: quoted(d.name ?? target) })
      : t("audit.ignored", { device: quoted(d.name ?? target) }),
  "found.clear": (target, d) => t("audit.removedAnnouncements", { device: quoted(d.name ?? target) }),
  "found.clear-refused": (target, d) => t("audit.clearRefused", { device: quoted(d.name ?? target), why: because(d) }),
  "history.import": (_, d) =>
    d.brokenOff === true
      ? t("audit.importedPart", { count: String(d.added ?? 0) })
      : t("audit.imported", { count: String(d.added ?? 0) }),
  "backup.create": (target) => t("audit.madeBackup", { target: quoted(target) }),
  "backup.download": (target) => t("audit.downloadedBackup", { target: quoted(target) }),
  "backup.delete": (target) => t("audit.deletedBackup", { target: quoted(target) }),
  "session.sign-in": () => t("audit.signedIn"),
  "session.sign-out": () => t("audit.signedOut"),
  "session.failed": () => t("audit.wrongPassword"),
  "denied.not-signed-in": (target, d) => t("audit.notSignedIn", { target: quoted(target), times: times(d) }),
  "denied.not-allowed": (target, d) => t("audit.notAllowed", { target: quoted(target), times: times(d) }),
  "denied.origin-foreign": (target, d) => t("audit.otherSite", { target: quoted(target), times: times(d) }),
  "denied.origin-missing": (target, d) => t("audit.withoutOrigin", { target: quoted(target), times: times(d) }),
  "denied.host": (target, d) => t("audit.unknownHost", { target: quoted(target), times: times(d) }),
  "denied.setup-link": (_, d) => t("audit.badSetupLink", { times: times(d) }),
  "denied.too-many-passwords": (_, d) => t("audit.tooManyPasswords", { times: times(d) }),
  "user.create": (target, d) =>
    d.role
      ? t("audit.gaveAccountAs", { person: person(target, d), role: String(d.role) })
      : t("audit.gaveAccount", { person: person(target, d) }),
  "user.change": (target, d) => t("audit.changedAccount", { person: person(target, d), changes: changes(d) }),
  "user.delete": (target, d) => t("audit.removedAccount", { person: person(target, d) }),
  "user.password": () => t("audit.changedOwnPassword"),
  "user.setup": () => t("audit.becameFirstAdmin"),
};

/** An audit entry as a sentence without its subject. An unknown action is shown by its id. */
export function auditSentence({ action, target, detail }: Pick<AuditEntry, "action" | "target" | "detail">): string {
  const write = Object.hasOwn(SENTENCES, action) ? SENTENCES[action] : undefined;
  return write ? write(target, detail) : `${action} ${quoted(target)}`;
}
