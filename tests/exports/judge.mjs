// Judges the entities of a catalog file as Backstage does when it reads one; prints what it objects to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const model = require('@backstage/catalog-model');
const { parseAllDocuments } = require('yaml');

const shape = new model.SchemaValidEntityPolicy();
const fields = new model.FieldFormatEntityPolicy();
const names = new model.NoForeignRootFieldsEntityPolicy();
const kinds = [
  model.apiEntityV1alpha1Validator,
  model.componentEntityV1alpha1Validator,
  model.domainEntityV1alpha1Validator,
  model.groupEntityV1alpha1Validator,
  model.locationEntityV1alpha1Validator,
  model.resourceEntityV1alpha1Validator,
  model.systemEntityV1alpha1Validator,
  model.userEntityV1alpha1Validator,
];

const out = { entities: 0, objections: [] };
const seen = new Set();
for (const document of parseAllDocuments(readFileSync(process.argv[2], 'utf8'))) {
  const entity = document.toJS();
  out.entities += 1;
  const of = `${entity.kind}:${entity.metadata?.name}`;
  const object = why => out.objections.push(`${of}: ${why}`);
  document.errors.forEach(error => object(error.message));
  try {
    for (const policy of [shape, fields, names]) {
      await policy.enforce(entity);
    }
    const reference = model.stringifyEntityRef(entity);
    if (seen.has(reference)) object('appears twice');
    seen.add(reference);
    const accepted = await Promise.all(kinds.map(kind => kind.check(entity)));
    if (!accepted.some(Boolean)) object('no kind accepts it');
  } catch (error) {
    object(error.message);
  }
}
console.log(JSON.stringify(out));
