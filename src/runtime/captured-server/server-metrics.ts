/** Stands in for what grpc-js reports about its server: a function has CloudWatch for that. */

const nothing = (): void => {};

/** A recorder that records nothing. */
export class ServerMetricRecorder {
  putUtilizationMetric = nothing;
  setAllUtilizationMetrics = nothing;
  deleteUtilizationMetric = nothing;
  setCpuUtilizationMetric = nothing;
  deleteCpuUtilizationMetric = nothing;
  setApplicationUtilizationMetric = nothing;
  deleteApplicationUtilizationMetric = nothing;
  setQpsMetric = nothing;
  deleteQpsMetric = nothing;
  setEpsMetric = nothing;
  deleteEpsMetric = nothing;
  addToServer = nothing;
}

/** Adds nothing. */
export const addAdminServicesToServer = nothing;
/** Changes nothing: nothing is logged. */
export const setLogger = nothing;
/** Changes nothing: nothing is logged. */
export const setLogVerbosity = nothing;

/** A service without methods. */
export function getChannelzHandlers(): object {
  return {};
}

/** A definition without methods. */
export function getChannelzServiceDefinition(): object {
  return {};
}
