import type { Registration } from "@/lib/registration";

/** What a registered topic is called in lists: its name, unless that consists of wildcards only ("{1}"), then its id. */
export const titleOf = ({ id, name }: { id: string; name?: Registration["name"] }): string =>
  name && /[\p{L}\p{N}]/u.test(name.replace(/\{\d+\}/g, "")) ? name : id;
