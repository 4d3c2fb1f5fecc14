export const devicesSaid = (count: number): string => `${count} ${count === 1 ? "device" : "devices"}`;
export const pointsSaid = (count: number): string => `${count} ${count === 1 ? "point" : "points"}`;
