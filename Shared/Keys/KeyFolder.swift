package import Wire
package import ZeroMQ

/// The folder that holds the keys of a pipeline on one machine: a key a file, 40 characters of Z85.
///
///     server.key       the secret key of the queue and the sinks: only where they run
///     server.pub       its public key: every machine needs it
///     client.key       the secret key of this machine's workers and clients
///     client.pub       its public key, to be allowed where the queue and the sinks run
///     clients/X.pub    public keys that may connect, with their names
///
/// The folder is 0700 and its files are 0600: one who reads `client.key` can put documents in and take them out, and one
/// who reads `server.key` can play the queue.
package struct KeyFolder: Sendable, Equatable {
  package enum Name: String, Sendable {
    case serverSecret = "server.key"
    case server = "server.pub"
    case clientSecret = "client.key"
    case client = "client.pub"
  }

  /// A client that may connect; its key is nil where the file holds none.
  package struct Allowed: Sendable, Equatable {
    package let name: String
    package let key: PublicKey?
  }

  package let path: String

  package init(path: String) { self.path = path }

  /// The folder that an option names, else `GONGWEN_KEYS`, else `keys/` in the home.
  package init(option: String?, home: Home, environment: [String: String]) {
    let named = option ?? environment["GONGWEN_KEYS"].flatMap { $0.isEmpty ? nil : $0 }
    self.init(path: named ?? home.path + "/keys")
    isNamed = named != nil
  }

  /// Whether somebody wants this folder, be it there or not.
  private var isNamed = true

  /// Whether sockets of tcp are to use it: it is there, or was asked for.
  package var isInUse: Bool { isNamed || KeyFile(path).exists }

  /// Whether the servers' key is there.
  package var hasServer: Bool { file(.serverSecret).exists }

  package var clients: String { path + "/clients" }

  func file(_ name: Name) -> KeyFile { KeyFile(path + "/" + name.rawValue) }

  package func secret(_ name: Name) throws(KeyError) -> SecretKey {
    let text = try file(name).secretText()
    guard let key = SecretKey(z85: text) else { throw .noKey(file(name).path) }
    return key
  }

  package func publicKey(_ name: Name) throws(KeyError) -> PublicKey {
    guard let key = PublicKey(try file(name).text()) else { throw .noKey(file(name).path) }
    return key
  }

  /// Those who may connect, by name; nobody where there is no list.
  package func allowed() -> [Allowed] {
    KeyFile.names(in: clients, ending: ".pub").sorted().map { name in
      Allowed(name: name, key: (try? KeyFile("\(clients)/\(name).pub").text()).flatMap { PublicKey($0) })
    }
  }
}
