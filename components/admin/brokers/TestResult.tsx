import { faultAdvice } from "@/components/kit/brokerAdvice";
import { Banner } from "@/components/ui/Banner";
import type { BrokerTest } from "@/lib/api";
import { BrokerFault } from "@/lib/broker";
import { t } from "@/lib/texts/t";

/** What the broker cannot do, in the server's words. */
function Limits({ limits }: { limits: { text: string }[] | undefined }) {
  if (limits && limits.length > 0)
    return <Listed lead={t("brokers.limits")} items={limits.map((limit) => limit.text)} />;
  return <p className="mt-1">{limits ? t("brokers.noLimits") : t("brokers.limitsUnknown")}</p>;
}

function Listed({ lead, items }: { lead: string; items: readonly string[] }) {
  return (
    <>
      <p className="mt-1">{lead}</p>
      <ul className="list-disc pl-5">
        {items.map((item) => (
          <li key={item} className="break-words">
            {item}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The result of a connection test: what is wrong, and what to do. */
export function TestResult({ result }: { result: BrokerTest }) {
  if (result.ok)
    return (
      <Banner live tone={result.unreachable ? "warning" : undefined}>
        <strong>{t("brokers.connectionWorks")}</strong>{" "}
        {t("brokers.connectedIn", { protocol: result.protocol, ms: Math.round(result.ms) })}
        {result.unreachable && (
          <Listed
            lead={t("brokers.someUnreachable", { count: result.unreachable.length })}
            items={result.unreachable.map(({ url, reason }) => t("brokers.addressFault", { url, reason }))}
          />
        )}
        <Limits limits={result.limits} />
      </Banner>
    );
  const fault = BrokerFault.safeParse(result.fault);
  return (
    <Banner tone="critical" live>
      <strong>{t("brokers.noConnection")}</strong> {result.reason}
      <p className="mt-1">{faultAdvice(fault.success ? fault.data : "other")}</p>
    </Banner>
  );
}
