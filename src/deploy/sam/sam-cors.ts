/** CORS settings of front doors that answer browsers themselves, as the SAM template shows them. */
import type { Plan } from "../../plan/plan.js";
import { samDoors } from "./sam-doors.js";
import { yamlString } from "./yaml-text.js";

/** Lists are the items of a YAML list on one line; "" where there are none. */
export interface CorsView {
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly exposeHeaders: string;
  readonly maxAge: number;
  readonly credentials: boolean;
}

/** Undefined without cross-origin requests, and where the function answers for itself. */
export function corsView({ deployment }: Plan): CorsView | undefined {
  const { cors, frontDoor } = deployment;
  if (cors?.answeredBy !== "door") return undefined;
  const list = (items: readonly string[]): string => items.map(yamlString).join(", ");
  return {
    origins: list(cors.origins),
    methods: list(samDoors[frontDoor].corsMethods(cors.methods)),
    headers: list(cors.headers),
    exposeHeaders: list(cors.exposeHeaders),
    maxAge: cors.maxAge,
    credentials: cors.credentials,
  };
}
