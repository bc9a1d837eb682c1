package import ZeroMQ

extension KeyFolder {
  /// The name under which the clients of the machine that has the server's key are allowed.
  package static let local = "local"

  /// Makes the keys of the machine where the queue runs, and allows its own clients.
  ///
  /// - Parameter replaces: whether new keys take the place of those that are there; the list of clients stays.
  package func make(replaces: Bool) throws(KeyError) {
    try checkThatFree(replaces, .serverSecret, .clientSecret)
    try KeyFile.makeFolders(path)
    try KeyFile.makeFolder(clients)
    try write(random(), .serverSecret, .server, replaces)
    try makeClient(replaces)
    try allow(try publicKey(.client), as: Self.local, replaces: true)
  }

  /// Makes the keys of a machine that only connects, to servers with a key.
  package func join(_ server: PublicKey, replaces: Bool) throws(KeyError) {
    try checkThatFree(replaces, .clientSecret, .server)
    try KeyFile.makeFolders(path)
    try file(.server).write(server.description, mode: 0o644, replaces: replaces)
    try makeClient(replaces)
  }

  /// Lets a client connect from now on.
  package func allow(_ key: PublicKey, as name: String, replaces: Bool) throws(KeyError) {
    let letters = name.utf8.allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        || "-_.@".utf8.contains($0)
    }
    guard letters, 1...64 ~= name.utf8.count, !name.hasPrefix(".") else {
      throw KeyError("'\(name)' is no name of a client: 1 to 64 letters, digits, '-', '_', '.' and '@'.")
    }
    try KeyFile.makeFolder(clients)
    try KeyFile("\(clients)/\(name).pub").write(key.description, mode: 0o644, replaces: replaces)
  }

  /// Lets a client connect no more.
  package func forbid(_ name: String) throws(KeyError) {
    guard allowed().contains(where: { $0.name == name }) else {
      throw KeyError("There is no client '\(name)' in \(clients); 'gongwen keys show' lists them.")
    }
    try KeyFile("\(clients)/\(name).pub").remove()
  }

  private func checkThatFree(_ replaces: Bool, _ names: Name...) throws(KeyError) {
    guard !replaces else { return }
    for name in names where file(name).exists {
      throw KeyError(
        "\(file(name).path) is there already, and nothing was changed. --force makes new keys: all other machines then "
          + "need the new ones.")
    }
  }

  private func makeClient(_ replaces: Bool) throws(KeyError) {
    try write(random(), .clientSecret, .client, replaces)
  }

  /// A key whose public one is not taken for an option on a command line.
  private func random() -> SecretKey {
    while true {
      let key = SecretKey.random()
      if !key.publicKey.description.hasPrefix("-") { return key }
    }
  }

  private func write(_ key: SecretKey, _ secret: Name, _ open: Name, _ replaces: Bool) throws(KeyError) {
    try file(open).write(key.publicKey.description, mode: 0o644, replaces: true)
    try file(secret).write(key.z85, mode: 0o600, replaces: replaces)
  }
}
