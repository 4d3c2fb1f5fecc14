"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { listRegistrations } from "@/components/api";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { useReader } from "@/components/kit/reader";
import { useLoad } from "@/components/kit/useLoad";
import { Button } from "@/components/ui/Button";
import { rich } from "@/components/ui/rich";
import { toast } from "@/components/ui/toasts";
import type { RegistrationOut } from "@/lib/api";
import type { BrokerState } from "@/lib/broker";
import { t } from "@/lib/texts/t";
import { OriginBadge } from "../OriginBadge";
import { DeleteRegistration } from "./DeleteRegistration";
import { seedOf } from "./draft/seedOf";
import { PointsCard } from "./PointsCard";
import { RegistrationForm } from "./RegistrationForm";
import { titleOf } from "./titleOf";

/** The page of a new registered topic, filled in from `draft` (a whole or partial registration as JSON), or of the one with this id. */
export function TopicPage({ id, draft, brokers }: { id?: string; draft?: string; brokers: BrokerState[] }) {
  const router = useRouter();
  const { locale } = useReader();
  const [load, reload] = useLoad(listRegistrations);
  const [saves, setSaves] = useState(0);
  const [edition, setEdition] = useState(0);
  const seed = useMemo(() => seedOf(draft, locale), [draft, locale]);

  const onSaved = (saved: RegistrationOut) => {
    toast(t("topics.registered", { name: titleOf(saved.registration) }));
    if (id === undefined) return router.replace(`/admin/topics/${saved.registration.id}`);
    setSaves((n) => n + 1);
    void reload();
  };

  return (
    <Loaded load={load} reload={reload} what={t("topics.theTopics")}>
      {(all) => {
        const found = all.find(({ registration }) => registration.id === id);
        if (id !== undefined && !found) return <Gone id={id} />;
        const others = all.filter((item) => item !== found);
        return (
          <Page
            title={found ? titleOf(found.registration) : t("topics.registerTopic")}
            summary={found && <OriginBadge origin={found.origin} />}
            actions={found?.origin === "store" && <DeleteAction item={found} />}
          >
            {found && <PointsCard key={saves} id={found.registration.id} />}
            <RegistrationForm
              key={edition}
              initial={found}
              seed={seed}
              others={others}
              brokers={brokers}
              onSaved={onSaved}
              onReload={() => void reload().then(() => setEdition((n) => n + 1))}
            />
          </Page>
        );
      }}
    </Loaded>
  );
}

function DeleteAction({ item: { registration, version } }: { item: RegistrationOut }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t("topics.delete")}
      </Button>
      {asking && (
        <DeleteRegistration
          id={registration.id}
          version={version}
          name={titleOf(registration)}
          onCancel={() => setAsking(false)}
          onDone={() => router.replace("/admin/topics")}
        />
      )}
    </>
  );
}

const Gone = ({ id }: { id: string }) => (
  <Page title={t("topics.registeredTopics")}>
    <p className="text-ink-2">{rich("topics.noSuchTopic", { id: <code>{id}</code> })}</p>
  </Page>
);
