internal import ArgumentParser
internal import Keys
internal import Record
internal import ZeroMQ

extension KeysVerb {
  /// `gongwen keys show`.
  struct ShowKeys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Prints the public keys of this machine, and who may connect.")

    @OptionGroup var options: KeyFolderOptions
    @Flag(help: "Print one JSON object.") var json = false

    func run() async throws {
      let keys = options.keys
      let (server, client) = (try? keys.publicKey(.server), try? keys.publicKey(.client))
      guard server != nil || client != nil else {
        throw CommandFailure(.someFailed, "there are no keys in \(keys.path). 'gongwen keys init' makes them.")
      }
      let text = json ? Self.json(keys, server, client) : Self.text(keys, server, client)
      writeOutput(text + [UInt8(ascii: "\n")])
    }

    private static func text(_ keys: KeyFolder, _ server: PublicKey?, _ client: PublicKey?) -> [UInt8] {
      let lines =
        [
          "folder   \(keys.path)",
          "server   \(server?.description ?? "-")\(keys.hasServer ? "" : "  (its secret key is elsewhere)")",
          "client   \(client?.description ?? "-")",
        ] + keys.allowed().map { "allowed  \($0.key?.description ?? "(no key)")  \($0.name)" }
      return Array(lines.joined(separator: "\n").utf8)
    }

    private static func json(_ keys: KeyFolder, _ server: PublicKey?, _ client: PublicKey?) -> [UInt8] {
      var json = JSONWriter()
      json.object { json in
        json.member("folder", keys.path)
        if let server { json.member("server", server.description) }
        json.key("serves")
        json.bool(keys.hasServer)
        if let client { json.member("client", client.description) }
        json.key("allowed")
        json.object { json in
          for client in keys.allowed() { if let key = client.key { json.member(client.name, key.description) } }
        }
      }
      return json.bytes
    }
  }
}
