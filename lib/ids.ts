import { z } from "zod";
import { withText } from "./texts/issues";
import { say } from "./texts/said";

/** The words of a registration, broker or dashboard id: what survives in a URL, a YAML file and a topic. */
const SLUG = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const slug = (what: "id" | "slug") => z.string().regex(SLUG, withText(say("schema.slug", { what })));

export const RegistrationId = slug("id").brand<"RegistrationId">();
export type RegistrationId = z.infer<typeof RegistrationId>;

export const BrokerId = slug("id").brand<"BrokerId">();
export type BrokerId = z.infer<typeof BrokerId>;

export const DashboardSlug = slug("slug").brand<"DashboardSlug">();
export type DashboardSlug = z.infer<typeof DashboardSlug>;

/**
 * A point's id, derived and stable: `<registration>` for one value without wildcard,
 * `<registration>/<level>/<level>` for what the wildcards matched, `.<key>` behind it for one of several values.
 * Neither registrations nor keys hold "/" or ".", so no two points share an id.
 */
export const PointId = z.string().min(1).max(1024).brand<"PointId">();
export type PointId = z.infer<typeof PointId>;

/** One per gesture, made by whoever asks (a UUID): the same id is the same command, however often it arrives. */
export const CommandId = z.uuid().brand<"CommandId">();
export type CommandId = z.infer<typeof CommandId>;

export const UserId = z.string().min(1).max(128).brand<"UserId">();
export type UserId = z.infer<typeof UserId>;
