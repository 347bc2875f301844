/** As much of VS Code as it takes to start the extension; what is left out does nothing. */

import Module from "node:module";

type Loader = {
  _load: (name: string, ...more: unknown[]) => unknown;
  _cache: Record<string, unknown>;
};

/** Everything is in it, can be called, made and inherited from, and does nothing. */
export const nothing: unknown = new Proxy(class {}, {
  get: (target, name) => {
    if (name === "prototype") {
      return target.prototype;
    }
    // Neither a promise, nor something to print, to loop over or to send.
    const plain = name === "then" || name === "toJSON" || typeof name === "symbol";
    return plain ? undefined : nothing;
  },
  apply: () => nothing,
});

/** An object that has some members, and everything else from `nothing`. */
export function partly<T extends object>(members: T): T {
  return new Proxy(members, {
    get: (target, name) =>
      name in target || name === "then" ? Reflect.get(target, name) : Reflect.get(nothing as object, name),
  });
}

/** Load a module again, to which `vscode` is what is given. */
export function loadWith(vscode: unknown, file: string): Record<string, unknown> {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = (name, ...more) => (name === "vscode" ? vscode : load(name, ...more));
  delete loader._cache[file];
  try {
    return load(file, module, false) as Record<string, unknown>;
  } finally {
    loader._load = load;
  }
}
