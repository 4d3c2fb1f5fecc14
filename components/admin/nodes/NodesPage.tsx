"use client";

import { call } from "@/components/api";
import { Loaded } from "@/components/kit/Loaded";
import { Page } from "@/components/kit/Page";
import { useLoad } from "@/components/kit/useLoad";
import { Badge } from "@/components/ui/Badge";
import { Banner } from "@/components/ui/Banner";
import { TableHead } from "@/components/ui/TableHead";
import type { NodeOut } from "@/lib/api";
import { t } from "@/lib/texts/t";
import { timeFormat } from "@/lib/units/time";
import { type NodeView, nodesView } from "./nodesView";

const REFRESH_MS = 2000;
const when = timeFormat({ dateStyle: "medium", timeStyle: "medium" });

const nodes = () => call("GET /nodes");

/** The processes that run Telltale together, and which of them does what for each broker. */
export function NodesPage() {
  const [load, reload] = useLoad(nodes, REFRESH_MS);
  return (
    <Page title={t("nodes.nodes")}>
      <Loaded load={load} reload={reload} what={t("nodes.theNodes")}>
        {(found) => <Nodes found={found} />}
      </Loaded>
    </Page>
  );
}

function Nodes({ found }: { found: readonly NodeOut[] }) {
  const { nodes: list, alone, versions } = nodesView(found);
  return (
    <div className="flex flex-col gap-3">
      {alone && <Banner tone="warning">{t("nodes.alone")}</Banner>}
      {versions && <Banner>{t("nodes.severalVersions")}</Banner>}
      <div className="overflow-x-auto rounded-tile border border-line bg-panel shadow-panel">
        <table className="w-full text-left text-[14px] max-md:block">
          <caption className="sr-only">{t("nodes.caption")}</caption>
          <TableHead titles={[t("nodes.node"), t("nodes.records"), t("nodes.standsBy"), t("nodes.since")]} />
          <tbody className="divide-y divide-line max-md:block">
            {list.map((node) => (
              <Row key={`${node.id} ${node.startedAt}`} node={node} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-ink-2">{t("nodes.explained")}</p>
    </div>
  );
}

function Row({ node }: { node: NodeView }) {
  const { id, version, startedAt, lastSeenAt, silent, self, otherConfigFile } = node;
  return (
    <tr className="align-top max-md:block max-md:px-4 max-md:py-2.5">
      <th scope="row" className="px-4 py-2.5 font-medium break-words max-md:block max-md:p-0">
        {id} {self && <Badge>{t("nodes.thisNode")}</Badge>}
        <span className="block text-xs font-normal text-ink-3">{t("nodes.version", { version })}</span>
        {otherConfigFile && <span className="block text-sm font-normal text-warn-ink">{t("nodes.otherFile")}</span>}
      </th>
      <Brokers label={t("nodes.records")} brokers={node.recorderOf} />
      <Brokers label={t("nodes.standsBy")} brokers={node.standbyOf} />
      <td className="px-4 py-2.5 text-ink-2 tabular-nums max-md:block max-md:p-0">
        <PhoneLabel>{t("nodes.since")}</PhoneLabel>
        {when.format(startedAt)}
        {silent && (
          <span className="block text-warn-ink">{t("nodes.silentSince", { when: when.format(lastSeenAt) })}</span>
        )}
      </td>
    </tr>
  );
}

/** On a phone the heads are out of sight. */
function PhoneLabel({ children }: { children: string }) {
  return <span className="text-ink-2 md:hidden">{children}: </span>;
}

function Brokers({ label, brokers }: { label: string; brokers: readonly string[] }) {
  return (
    <td className="px-4 py-2.5 break-words max-md:block max-md:p-0">
      <PhoneLabel>{label}</PhoneLabel>
      {brokers.length > 0 ? brokers.join(", ") : t("nodes.none")}
    </td>
  );
}
