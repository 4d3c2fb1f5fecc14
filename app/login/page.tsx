import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { safeReturnPath } from "@/components/kit/returnPath";
import { Entrance } from "@/components/shell/Entrance";
import { LoginForm } from "@/components/shell/LoginForm";
import { pageData } from "@/lib/pageData";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const { from } = await searchParams;
  const path = safeReturnPath(typeof from === "string" ? from : undefined);
  const session = await pageData().session(await headers());
  if (session.setupNeeded) redirect("/setup");
  if (session.user) redirect(path);
  return (
    <Entrance title="Sign in">
      <LoginForm from={path} />
      {session.role && (
        <p className="mt-4 text-center text-sm text-ink-2">
          You can view dashboards without an account.{" "}
          <Link href="/" className="text-accent underline">
            Continue without signing in
          </Link>
        </p>
      )}
    </Entrance>
  );
}
