import type { ReactNode } from "react";
import { Banner } from "@/components/ui/Banner";
import { Button } from "@/components/ui/Button";
import { Loading } from "@/components/ui/Spinner";
import { t } from "@/lib/texts/t";
import type { Load } from "./useLoad";

/** Renders what `useLoad` returns: a loading text, an error with a button to try again, or the value. */
export function Loaded<T>({
  load,
  reload,
  what,
  children,
}: {
  load: Load<T>;
  reload: () => Promise<void>;
  /** As in "Loading the brokers…". */
  what: string;
  children: (value: T) => ReactNode;
}) {
  if (load.state === "loading") return <Loading>{t("kit.loading", { what })}</Loading>;
  const again = (
    <Button size="s" onClick={() => void reload()}>
      {t("ui.tryAgain")}
    </Button>
  );
  if (load.state === "failed")
    return (
      <Banner tone="critical" live action={again}>
        {load.problem.message}
      </Banner>
    );
  return (
    <>
      {load.stale && (
        <Banner tone="warning" live action={again} className="mb-3">
          {t("kit.serverSilent")}
        </Banner>
      )}
      {/* Without colour, since the values may be out of date. */}
      <div className={load.stale ? "grayscale" : "contents"}>{children(load.value)}</div>
    </>
  );
}
