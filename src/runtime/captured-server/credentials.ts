/** Stands in for grpc-js' credentials: the front door has the certificates, and knows who calls. */

/** Credentials of a server; they hold nothing. */
export class ServerCredentials {
  static createInsecure(): ServerCredentials {
    return new ServerCredentials();
  }

  /** Says in the log that certificates of clients are no longer asked for, if they were. */
  static createSsl(_root: unknown, _pairs: unknown, checksClients?: boolean): ServerCredentials {
    if (checksClients === true)
      console.error("the server asked clients for certificates; now the front door decides who may call");
    return new ServerCredentials();
  }

  _isSecure(): boolean {
    return false;
  }
}

/** Credentials of a connection; they hold nothing. */
export class ChannelCredentials {
  static createInsecure(): ChannelCredentials {
    return new ChannelCredentials();
  }

  static createSsl(): ChannelCredentials {
    return new ChannelCredentials();
  }

  static createFromSecureContext(): ChannelCredentials {
    return new ChannelCredentials();
  }

  compose(): this {
    return this;
  }
}

/** Credentials of a call; they hold nothing. */
export class CallCredentials {
  static createFromMetadataGenerator(): CallCredentials {
    return new CallCredentials();
  }

  static createFromGoogleCredential(): CallCredentials {
    return new CallCredentials();
  }

  static createEmpty(): CallCredentials {
    return new CallCredentials();
  }

  compose(): this {
    return this;
  }
}

/** The functions of `grpc.credentials`. */
export const credentials = {
  combineChannelCredentials: (first: ChannelCredentials): ChannelCredentials => first,
  combineCallCredentials: (first: CallCredentials): CallCredentials => first,
  createInsecure: ChannelCredentials.createInsecure,
  createSsl: ChannelCredentials.createSsl,
  createFromSecureContext: ChannelCredentials.createFromSecureContext,
  createFromMetadataGenerator: CallCredentials.createFromMetadataGenerator,
  createFromGoogleCredential: CallCredentials.createFromGoogleCredential,
  createEmpty: CallCredentials.createEmpty,
};
