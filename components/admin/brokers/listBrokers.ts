import { type ApiResult, call } from "@/components/api";
import type { BrokerOut } from "@/lib/api";

/** All brokers with the fields that only admins get. */
export async function listBrokers(): Promise<ApiResult<BrokerOut[]>> {
  const answer = await call("GET /brokers");
  return answer.ok ? { ok: true, value: answer.value.filter((broker) => "has" in broker) } : answer;
}
