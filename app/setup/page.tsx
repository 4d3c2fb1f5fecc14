import type { Metadata } from "next";
import { headers } from "next/headers";
import { Entrance } from "@/components/shell/Entrance";
import { SetupForm } from "@/components/shell/SetupForm";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { PageTexts } from "@/components/ui/PageTexts";
import { rich } from "@/components/ui/rich";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

// The token in the address must not travel on to other sites.
export const generateMetadata = (): Metadata => ({ title: t("app.setUp"), referrer: "no-referrer" });

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  const session = await pageData().session(await headers());
  if (!session.setupNeeded)
    return (
      <Entrance title={t("app.telltaleSetUp")} lead={t("app.adminExists")}>
        <ButtonLink href="/login" variant="primary" className="w-full">
          {t("app.signIn")}
        </ButtonLink>
      </Entrance>
    );
  if (typeof token === "string" && pageData().setupTokenValid(token))
    return (
      <Entrance title={t("app.welcome")} lead={t("app.createAdmin")}>
        <PageTexts texts={textsOf("kit", "shell")}>
          <SetupForm token={token} />
        </PageTexts>
      </Entrance>
    );
  return (
    <Entrance title={token === undefined ? t("app.notSetUpYet") : t("app.linkNotValid")}>
      <div className="flex flex-col gap-3 text-[14px] text-ink-2">
        <p>{rich("app.oneTimeLink", { link: <code>/setup?token=…</code> })}</p>
        <p>{rich("app.newLinkEachStart", { command: <code>docker logs</code> })}</p>
        <p>{rich("app.orSetPassword", { variable: <code>TELLTALE_ADMIN_PASSWORD</code>, user: <code>admin</code> })}</p>
      </div>
    </Entrance>
  );
}
