"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Icon } from "@/components/ui/icons";
import { Loading } from "@/components/ui/Spinner";
import { toast } from "@/components/ui/toasts";
import type { Registration } from "@/lib/registration";

/** The registration as it would stand under `topics:` in telltale.yaml. The yaml package comes only when this is opened. */
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

  if (!registration) return <p className="text-sm text-ink-2">Complete the form first: what is faulty has no YAML.</p>;
  if (text === undefined) return <Loading>Writing…</Loading>;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied. Paste it into telltale.yaml.");
    } catch {
      // Without TLS, and where the person forbids it, pages have no clipboard.
      toast("The browser does not let this page use the clipboard: select the text and copy it.", "critical");
    }
  };
  return (
    <div className="flex flex-col gap-2">
      {/* Scrolls sideways, so it must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <pre tabIndex={0} className="max-h-96 overflow-auto rounded-control bg-well p-3 text-[13px]">
        {text}
      </pre>
      <Button size="s" className="self-start" onClick={() => void copy()}>
        <Icon name="copy" className="size-4" />
        Copy
      </Button>
    </div>
  );
}
