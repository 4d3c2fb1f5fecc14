import { type ApiResult, call } from "@/components/api";
import type { BrokerOut } from "@/lib/api";

/** All brokers as admins see them: others are answered less of each. */
export async function listBrokers(): Promise<ApiResult<BrokerOut[]>> {
  const answer = await call("GET /brokers");
  return answer.ok ? { ok: true, value: answer.value.filter((broker) => "has" in broker) } : answer;
}
