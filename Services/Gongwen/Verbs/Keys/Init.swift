internal import ArgumentParser
internal import Keys
internal import ZeroMQ

extension KeysVerb {
  /// `gongwen keys init`.
  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes the keys of this machine.",
      discussion: """
        Without --join, for the machine of the queue: keys for its servers and for its own clients, which are allowed. With
        --join, for a machine that only connects: keys for its clients, whose public one is printed.
        """)

    @OptionGroup var options: KeyFolderOptions

    @Option(help: ArgumentHelp("The public key of the servers, or a file with it (server.pub).", valueName: "key"))
    var join: String?

    @Flag(help: "Replace the keys that are there; all other machines then need the new ones.")
    var force = false

    func run() async throws {
      let keys = options.keys
      let server = try join.map(PublicKey.init(argumentOrFile:))
      let own = try CommandFailure.onKeys { () throws(KeyError) in
        if let server { try keys.join(server, replaces: force) } else { try keys.make(replaces: force) }
        return try keys.publicKey(server == nil ? .server : .client)
      }
      writeOutput(Array("\(own)\n".utf8))
      writeError(
        server == nil
          ? "gongwen: keys are in \(keys.path); the line above is the servers' public key, for 'gongwen keys init --join'."
          : "gongwen: keys are in \(keys.path); where the queue runs: gongwen keys add NAME '\(own)'")
    }
  }
}

extension PublicKey {
  /// The key that a word of the command line is, or that is in the file that it names.
  init(argumentOrFile word: String) throws(CommandFailure) {
    if let key = PublicKey(word) { self = key; return }
    do {
      if let bytes = try Path(word).contents(limit: 256) {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        if let key = PublicKey(text) { self = key; return }
      }
    } catch {}
    throw CommandFailure(
      .usage,
      "'\(word)' is no public key of 40 characters, nor a file that holds one. Quote it: 'gongwen keys add NAME '\\''KEY'\\'''."
    )
  }
}
