import { t } from "@/lib/texts/t";

export const devicesSaid = (count: number): string => t("kit.devices", { count });
export const pointsSaid = (count: number): string => t("kit.points", { count });
