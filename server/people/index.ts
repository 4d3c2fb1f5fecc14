export { createPeople, type PeopleOptions, type PeopleParts } from "./people";
