import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Page } from "@/components/kit/Page";
import { loginPath } from "@/components/kit/returnPath";
import { roleText } from "@/components/kit/roleText";
import { PasswordForm } from "@/components/shell/PasswordForm";
import { pageData } from "@/lib/pageData";
import { t } from "@/lib/texts/all";

export const generateMetadata = (): Metadata => ({ title: t("app.yourAccount") });

export default async function AccountPage() {
  const { user, role } = await pageData().session(await headers());
  if (!user) redirect(loginPath("/account"));
  // Who gave no name of their own is known by the user name alone.
  const summary = [...new Set([user.name, user.username]), ...(role ? [roleText(role)] : [])].join(" · ");
  return (
    <Page title={t("app.yourAccount")} summary={summary} narrow>
      <h2 className="mb-3 text-[17px]">{t("app.changePassword")}</h2>
      <PasswordForm username={user.username} />
    </Page>
  );
}
