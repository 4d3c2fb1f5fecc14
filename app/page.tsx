import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { dashboardPath } from "@/components/kit/paths";
import { pageData } from "@/lib/pageData";

export const dynamic = "force-dynamic";

/** The first dashboard, else everything. Who may not look comes back here after login (which sends on to the set-up). */
export default async function Home() {
  const shell = await pageData().shell(await headers());
  if (!shell) redirect("/login");
  const [first] = shell.dashboards;
  redirect(first ? dashboardPath(first.slug) : "/everything");
}
