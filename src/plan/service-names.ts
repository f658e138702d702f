/** The names of services and methods as words of paths. */
import type { ApiModel, Method, Service } from "../model/api-model.js";
import { fileWord, uniqueNames } from "./naming.js";

/** A service's names; two services of one name in two packages have their package in front. */
export interface ServiceName {
  /** `library-service`, or `acme-library-v1-library-service`. Starts with a letter. */
  readonly kebab: string;
  /** As words of a path: `library-service`, or `acme-library-v1/library-service`. */
  readonly folder: string;
  /** Kebab names of its methods by full name, unique within the service. */
  readonly methods: ReadonlyMap<string, string>;
}

/** Names for every service of the target files, selected or not: what is selected does not change a name. */
export function nameServices(model: ApiModel): ReadonlyMap<string, ServiceName> {
  const declared = model.files
    .filter((file) => file.target)
    .flatMap((file) => file.services.map((service) => ({ service, packageName: file.package })));
  const count = new Map<string, number>();
  for (const { service } of declared) {
    const kebab = fileWord(service.name);
    count.set(kebab, (count.get(kebab) ?? 0) + 1);
  }
  const folders = uniqueNames(
    new Map(
      declared.map(({ service, packageName }) => {
        const kebab = fileWord(service.name);
        return [service.fullName, count.get(kebab) === 1 ? kebab : `${fileWord(packageName)}/${kebab}`];
      }),
    ),
  );
  return new Map(
    declared.map(({ service }) => {
      const folder = folders.get(service.fullName) ?? fileWord(service.name);
      return [service.fullName, { kebab: folder.replace("/", "-"), folder, methods: nameMethods(service) }];
    }),
  );
}

function nameMethods(service: Service): ReadonlyMap<string, string> {
  return uniqueNames(new Map(service.methods.map((method: Method) => [method.fullName, fileWord(method.name)])));
}
