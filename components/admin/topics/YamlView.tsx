"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import { Loading } from "@/components/ui/Spinner";
import { toast } from "@/components/ui/toasts";
import type { Registration } from "@/lib/registration";
import { t } from "@/lib/texts/t";

/** The registration as YAML for `topics:` in telltale.yaml. The yaml package is loaded only when this is opened. */
export default function YamlView({ registration }: { registration: Registration | undefined }) {
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (!registration) return setText(undefined);
    let gone = false;
    void import("yaml").then(({ stringify }) => {
      if (!gone) setText(stringify({ topics: [registration] }, { lineWidth: 100 }));
    });
    return () => {
      gone = true;
    };
  }, [registration]);

  if (!registration) return <p className="text-sm text-ink-2">{t("registration.noYamlYet")}</p>;
  if (text === undefined) return <Loading>{t("registration.writingYaml")}</Loading>;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t("registration.yamlCopied"));
    } catch {
      // Pages have no clipboard without TLS, or if the person forbids it.
      toast(t("registration.noClipboard"), "critical");
    }
  };
  return (
    <div className="flex flex-col gap-2">
      {/* It scrolls sideways, so it must be focusable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <pre tabIndex={0} className="max-h-96 overflow-auto rounded-control bg-well p-3 text-[13px]">
        {text}
      </pre>
      <Button size="s" className="self-start" onClick={() => void copy()}>
        <Icon name="copy" className="size-4" />
        {t("registration.copyYaml")}
      </Button>
    </div>
  );
}
