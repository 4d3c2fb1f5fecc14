"use client";

import { useState } from "react";
import { call } from "@/components/api";
import { roleText } from "@/components/kit/roleText";
import { Button } from "@/components/ui/Button";
import { ButtonLink } from "@/components/ui/ButtonLink";
import { PageLink } from "@/components/ui/PageLink";
import { Segmented } from "@/components/ui/Segmented";
import type { Shell } from "@/lib/pageData";
import { t } from "@/lib/texts/t";
import { applyTheme, type Theme } from "./theme";

const THEMES = [
  { value: "system", label: "shell.system" },
  { value: "light", label: "shell.light" },
  { value: "dark", label: "shell.dark" },
] as const;

/** The signed-in person, the theme, and signing out. In the sidebar's popover and in the phone's sheet "More". */
export function AccountPanel({ user, role, theme: initial }: Pick<Shell, "user" | "role"> & { theme: Theme }) {
  const [theme, setTheme] = useState(initial);
  const [leaving, setLeaving] = useState(false);
  const [fault, setFault] = useState<string>();

  const signOut = async () => {
    setLeaving(true);
    const answer = await call("DELETE /session");
    // A new document, so that nothing of the old session stays in memory.
    if (answer.ok) return window.location.assign("/login");
    setLeaving(false);
    setFault(answer.problem.message);
  };

  return (
    <div className="flex flex-col gap-3">
      {user ? (
        <div className="min-w-0">
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-xs text-ink-2">
            {user.username === user.name ? roleText(role) : `${user.username} · ${roleText(role)}`}
          </p>
        </div>
      ) : (
        <p className="text-sm text-ink-2">{t("shell.noAccount")}</p>
      )}
      <Segmented
        label={t("shell.theme")}
        value={theme}
        options={THEMES.map(({ value, label }) => ({ value, label: t(label) }))}
        onChange={(value) => {
          setTheme(value);
          applyTheme(value);
        }}
        className="self-start"
      />
      {user ? (
        <div className="flex flex-wrap gap-2">
          <ButtonLink href="/account" size="s">
            {t("shell.changePassword")}
          </ButtonLink>
          <Button size="s" busy={leaving} onClick={() => void signOut()}>
            {t("shell.signOut")}
          </Button>
        </div>
      ) : (
        <PageLink href="/login" className="font-medium text-accent underline">
          {t("shell.signIn")}
        </PageLink>
      )}
      {fault && (
        <p role="alert" className="text-sm text-crit-ink">
          {fault}
        </p>
      )}
    </div>
  );
}
