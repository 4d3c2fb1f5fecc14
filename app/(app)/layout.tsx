import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ReaderProvider } from "@/components/kit/reader";
import { loginPath } from "@/components/kit/returnPath";
import { mayAdministerShell, navSections } from "@/components/shell/nav";
import { Shell } from "@/components/shell/Shell";
import type { ShellView } from "@/components/shell/shellView";
import { DEMO_BANNER_COOKIE, parseTheme, THEME_COOKIE } from "@/components/shell/theme";
import { PageTexts } from "@/components/ui/PageTexts";
import { PATH_HEADER, pageData } from "@/lib/pageData";
import { textsOf } from "@/lib/texts/all";
import { inWords } from "@/lib/texts/said";
import { readerOf } from "./viewState";

/** Whoever may not look is sent to the login, or to the set-up while there is nobody yet. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const head = await headers();
  const shell = await pageData().shell(head);
  if (!shell) {
    const { setupNeeded } = await pageData().session(head);
    redirect(setupNeeded ? "/setup" : loginPath(head.get(PATH_HEADER)));
  }
  const jar = await cookies();
  const { notices, ...shown } = shell;
  const view: ShellView = {
    shell: shown,
    notices: notices.map(({ level, text }) => ({ level, text: inWords(text) })),
    sections: navSections(shell),
    admin: mayAdministerShell(shell),
    theme: parseTheme(jar.get(THEME_COOKIE)?.value),
    now: Date.now(),
    demoBanner: jar.get(DEMO_BANNER_COOKIE)?.value !== "hidden",
  };
  return (
    <PageTexts
      texts={textsOf("commands", "connection", "kit", "live", "reject", "reply", "shell", "status", "topicName")}
    >
      <ReaderProvider reader={await readerOf(head)}>
        <Shell view={view}>{children}</Shell>
      </ReaderProvider>
    </PageTexts>
  );
}
