import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { localeOf } from "@/components/dashboard/locale";
import type { Reader } from "@/components/kit/reader";
import { type PageData, pageData } from "@/lib/pageData";
import type { View } from "@/lib/protocol";

export type ViewState = NonNullable<Awaited<ReturnType<PageData["view"]>>>;

/** A view's present state, for first paint. Not found also where the caller may not look: the layout has sent on who could sign in. */
export async function loadView(view: View): Promise<ViewState> {
  const state = await pageData().view(await headers(), view);
  if (!state) notFound();
  return state;
}

export async function readerOf(head: Headers): Promise<Reader> {
  const session = await pageData().session(head);
  return {
    locale: localeOf(head.get("accept-language")),
    me: session.user?.name,
    admin: session.user !== null && session.role === "admin",
  };
}
