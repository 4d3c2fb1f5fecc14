import { createStore } from "zustand/vanilla";

/**
 * What the navigation counts, by the address of its page, as the open page counts it. The server's own counts are as old as the last
 * full drawing of the navigation, which a step to another page does not draw again.
 */
export const navCounts = createStore<Readonly<Record<string, number>>>(() => ({}));

export const setNavCount = (href: string, count: number): void => navCounts.setState({ [href]: count });

/** When the server has drawn the navigation: it knows the newest counts then. */
export const forgetNavCounts = (): void => navCounts.setState({}, true);
