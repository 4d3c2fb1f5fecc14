import { createStore } from "zustand/vanilla";

/**
 * Counts beside navigation links, by the link's address, updated by the open page. The server's counts are only as new as the last full
 * rendering of the navigation, and moving to another page does not render it again.
 */
export const navCounts = createStore<Readonly<Record<string, number>>>(() => ({}));

export const setNavCount = (href: string, count: number): void => navCounts.setState({ [href]: count });

/** Called when the server has rendered the navigation, and its counts are the newest. */
export const forgetNavCounts = (): void => navCounts.setState({}, true);
