internal import Keys
internal import ZeroMQ

/// The address of a server, with the keys that this process has for it.
struct Endpoint: Sendable, CustomStringConvertible {
  let address: String
  let keys: (any KeyRing)?

  var description: String { address }

  /// A context for connections to it.
  var context: Context { Context(keys: keys) }
}
