/** Every front door has its parts where no type can ask for them: schema, captured shape of an event, a place in the suites. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { frontDoorOf, frontDoors } from "../../src/front-door/front-doors.js";
import { simulatedDoors } from "../../src/simulator/doors.js";
import { testDoors } from "./doors.js";

test("the schema offers the doors of the list", () => {
  const schema = JSON.parse(readFileSync("schema.json", "utf8"));
  const { enum: offered, description } = schema.definitions.deployment.properties.frontDoor;
  expect(offered).toEqual(frontDoorIds);
  for (const id of frontDoorIds) expect(description).toContain(`\`${id}\``);
});

describe.each(frontDoorIds)("%s", (id) => {
  test("records are filed under their own id", () => {
    expect([frontDoorOf(id).id, simulatedDoors[id].id]).toEqual([id, id]);
    expect(frontDoors.filter((door) => door.id === id)).toHaveLength(1);
  });

  test("streams where its simulator does", () => {
    expect(frontDoorOf(id).streams !== "never").toBe(simulatedDoors[id].streaming !== undefined);
    expect(testDoors.some((door) => door.id === id && door.streams)).toBe(frontDoorOf(id).streams !== "never");
  });

  test("checks nothing where that is asked for", () => {
    expect(frontDoorOf(id).authentication.kinds).toContain("none");
  });

  test("has an event and a place in the suites", () => {
    expect(readdirSync("fixtures/events").filter((file) => file.startsWith(id)).length).toBeGreaterThan(0);
    expect(testDoors.filter((door) => door.id === id && !door.streams).length).toBeGreaterThan(0);
  });
});
