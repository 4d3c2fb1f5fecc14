import { useEffect, useRef } from "react";
import { t } from "@/lib/texts/t";
import { Banner } from "./Banner";
import { Button } from "./Button";

/**
 * Shown when somebody else has saved the same thing meanwhile. Nothing is overwritten until the person chooses whose change to keep. It
 * takes the focus, which scrolls it into view: a form may be longer than the screen.
 */
export function ChangedBanner({
  what,
  fields,
  busy,
  onReload,
  onOverwrite,
}: {
  /** As in "This dashboard was changed". */
  what: string;
  /** The fields that the other person changed. */
  fields: readonly string[];
  busy: boolean;
  onReload: () => void;
  onOverwrite: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <Banner
      ref={box}
      tone="warning"
      live
      className="scroll-my-24"
      action={
        <div className="flex flex-wrap gap-2">
          <Button size="s" onClick={onReload}>
            {t("ui.loadTheirs")}
          </Button>
          <Button size="s" variant="danger" busy={busy} onClick={onOverwrite}>
            {t("ui.saveMine")}
          </Button>
        </div>
      }
    >
      <strong>{t("ui.notSaved")}</strong> {t("ui.changedByOther", { what })}
      {fields.length > 0 ? `: ${fields.join(", ")}.` : "."}
    </Banner>
  );
}
