import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { dashboardPath } from "@/components/shell/nav";
import { pageData } from "@/lib/pageData";

export const dynamic = "force-dynamic";

/** The first dashboard, else everything. Who may not look is sent on by the pages' layout. */
export default async function Home() {
  const shell = await pageData().shell(await headers());
  const [first] = shell?.dashboards ?? [];
  redirect(first ? dashboardPath(first.slug) : "/everything");
}
