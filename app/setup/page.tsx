import type { Metadata } from "next";
import { headers } from "next/headers";
import { Entrance } from "@/components/shell/Entrance";
import { SetupForm } from "@/components/shell/SetupForm";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { pageData } from "@/lib/pageData";

// The token in the address must not travel on to other sites.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const session = await pageData().session(await headers());
  if (!session.setupNeeded)
    return (
      <Entrance title="Telltale is set up" lead="The admin account exists. Admins can add more people.">
        <ButtonLink href="/login" variant="primary" className="w-full">
          Sign in
        </ButtonLink>
      </Entrance>
    );
  if (typeof token === "string" && pageData().setupTokenValid(token))
    return (
      <Entrance title="Welcome" lead="Create the admin account. It can connect brokers and add people.">
        <SetupForm token={token} />
      </Entrance>
    );
  return (
    <Entrance title={token === undefined ? "Not set up yet" : "This link is not valid"}>
      <div className="flex flex-col gap-3 text-[14px] text-ink-2">
        <p>
          Telltale prints a one-time link when it starts: a line with <code>/setup?token=…</code>. Open that link to
          create the admin account.
        </p>
        <p>
          Each start prints a new link, and the old one stops working. In a container, <code>docker logs</code> shows
          it.
        </p>
        <p>
          Or set <code>TELLTALE_ADMIN_PASSWORD</code> and restart: that creates the user <code>admin</code>.
        </p>
      </div>
    </Entrance>
  );
}
