import { type SightModel, sightModelSchema } from '../../contract/model.ts';
import model from './sight.json' with { type: 'json' };

/** The model that reads pictures, checked against the schema; a wrong one is a bug of the data file. */
export function loadSightModel(): SightModel {
  return sightModelSchema.parse(model);
}
