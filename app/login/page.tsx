import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { safeReturnPath } from "@/components/kit/returnPath";
import { Entrance } from "@/components/shell/Entrance";
import { LoginForm } from "@/components/shell/LoginForm";
import { PageLink } from "@/components/ui/PageLink";
import { PageTexts } from "@/components/ui/PageTexts";
import { pageData } from "@/lib/pageData";
import { t, textsOf } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.signIn") });

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const { from } = await searchParams;
  const path = safeReturnPath(typeof from === "string" ? from : undefined);
  const session = await pageData().session(await headers());
  if (session.setupNeeded) redirect("/setup");
  if (session.user) redirect(path);
  return (
    <Entrance title={t("app.signIn")}>
      <PageTexts texts={textsOf("kit", "shell")}>
        <LoginForm from={path} />
      </PageTexts>
      {session.role && (
        <p className="mt-4 text-center text-sm text-ink-2">
          {t("app.viewWithoutAccount")}{" "}
          <PageLink href="/" className="text-accent underline">
            {t("app.continueWithoutSigning")}
          </PageLink>
        </p>
      )}
    </Entrance>
  );
}
