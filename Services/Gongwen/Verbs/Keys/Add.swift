internal import ArgumentParser
internal import Keys
internal import ZeroMQ

extension KeysVerb {
  /// `gongwen keys add`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets a client connect: a machine with workers, or one that pushes and reads.",
      discussion: "Servers that run take it up within a second. A second one for the same name needs --force.")

    @OptionGroup var options: KeyFolderOptions
    @Flag(help: "Replace the key of this name; connections that there are stay until they end.") var force = false
    @Argument(help: "What the client is called: letters, digits, '-', '_', '.' and '@'.") var name: String
    @Argument(help: "Its public key, or a file with it (client.pub).") var key: String

    func run() async throws {
      let key = try PublicKey(argumentOrFile: key)
      try CommandFailure.onKeys { () throws(KeyError) in try options.keys.allow(key, as: name, replaces: force) }
    }
  }

  /// `gongwen keys remove`.
  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lets a client connect no more.",
      discussion:
        "Connections that there are stay until they end: 'gongwen restart queue sink' ends them, and loses nothing.")

    @OptionGroup var options: KeyFolderOptions
    @Argument(help: "What the client is called; 'gongwen keys show' lists them.") var name: String

    func run() async throws {
      try CommandFailure.onKeys { () throws(KeyError) in try options.keys.forbid(name) }
      writeError(
        "gongwen: connections that \(name) has stay until they end; 'gongwen restart queue sink' ends them now.")
    }
  }
}
