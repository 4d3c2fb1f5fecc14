import type { Registration } from "@/lib/registration";

/** The title of a registered topic in lists: its name, or its id if the name consists of wildcards only ("{1}"). */
export const titleOf = ({ id, name }: { id: string; name?: Registration["name"] }): string =>
  name && /[\p{L}\p{N}]/u.test(name.replace(/\{\d+\}/g, "")) ? name : id;
