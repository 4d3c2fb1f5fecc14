/** Of one GET /history. Apart from the schemas, since pages ask within them and load no schema. */
export const MOST_POINTS = 50;
/** What all points of one request may answer together (points times width): beyond it an answer is megabytes. */
export const MOST_COLUMNS = 50_000;
