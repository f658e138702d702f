/** Stands in for grpc-js' interceptors of servers and clients, which are refused when they are made. */
import { refuseMember } from "./refuse.js";

const instead = "move interceptors to `interceptors` of grpc2lambda.yaml, which run around every method";

/** A wrapper around a call of the server; refused. */
export class ServerInterceptingCall {
  constructor() {
    refuseMember("ServerInterceptingCall", instead);
  }
}

/** A builder of a part of a server's interceptor; refused. */
export class ServerListenerBuilder {
  constructor() {
    refuseMember("ServerListenerBuilder", instead);
  }
}

/** A builder of a part of a server's interceptor; refused. */
export class ResponderBuilder {
  constructor() {
    refuseMember("ResponderBuilder", instead);
  }
}

const noClients = "its bundle has a stand-in for clients of @grpc/grpc-js";

/** A wrapper around a call of a client; refused. */
export class InterceptingCall {
  constructor() {
    refuseMember("InterceptingCall", noClients);
  }
}

/** A builder of a part of a client's interceptor; refused. */
export class ListenerBuilder {
  constructor() {
    refuseMember("ListenerBuilder", noClients);
  }
}

/** A builder of a part of a client's interceptor; refused. */
export class RequesterBuilder {
  constructor() {
    refuseMember("RequesterBuilder", noClients);
  }
}

/** An error that servers may look for; nothing throws it here. */
export class InterceptorConfigurationError extends Error {
  override readonly name = "InterceptorConfigurationError";
}
