"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { useLoad } from "@/components/kit/useLoad";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import { t } from "@/lib/texts/t";
import { OriginBadge } from "../OriginBadge";
import { BrokerForm } from "./BrokerForm";
import { listBrokers } from "./listBrokers";

/** The page of a new broker, or of the one with this id. */
export function BrokerPage({ id }: { id?: string }) {
  const router = useRouter();
  const [load, reload] = useLoad(listBrokers);
  const [edition, setEdition] = useState(0);
  return (
    <Loaded load={load} reload={reload} what={t("brokers.theBrokers")}>
      {(all) => {
        const found = all.find(({ broker }) => broker.id === id);
        const title = id === undefined ? t("brokers.connectBroker") : (found?.broker.name ?? id);
        return (
          <Page title={title} summary={found && <OriginBadge origin={found.origin} />} narrow>
            {id !== undefined && !found ? (
              <p className="text-ink-2">{rich("brokers.noSuchBroker", { id: <code>{id}</code> })}</p>
            ) : (
              <BrokerForm
                key={edition}
                initial={found}
                onReload={() => void reload().then(() => setEdition((n) => n + 1))}
                taken={new Set(all.map(({ broker }) => broker.id as string))}
                onSaved={(saved) => {
                  toast(t("brokers.savedConnecting", { name: saved.broker.name ?? saved.broker.id }));
                  router.push("/admin/brokers");
                  router.refresh();
                }}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
