package import ArgumentParser
internal import FoundationEssentials
internal import Keys
internal import Wire

/// `gongwen keys`.
package struct KeysVerb: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Makes and hands out the keys with which a pipeline speaks over tcp.",
    discussion: """
      On the machine of the queue and the sinks:   gongwen keys init
      On each other machine:                       gongwen keys init --join SERVERKEY    (prints its own key)
      Back on the first one:                       gongwen keys add NAME KEY

      SERVERKEY is in server.pub; it and the keys that 'add' takes are public. Secret keys (*.key) stay where they were made.
      Every program uses the folder of --keys, else GONGWEN_KEYS, else keys/ in GONGWEN_HOME; all tcp is then encrypted, and
      only clients in the list may connect. Sockets of the kind ipc need no keys: the folder run/ is closed to other users.
      """,
    subcommands: [Init.self, Add.self, Remove.self, ShowKeys.self])

  package init() {}
}

/// The folder that the verbs work on.
struct KeyFolderOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("keys")],
    help: ArgumentHelp("The folder; by default $GONGWEN_KEYS, else keys/ in $GONGWEN_HOME.", valueName: "folder"))
  var folder: String?

  var keys: KeyFolder {
    let environment = ProcessInfo.processInfo.environment
    return KeyFolder(option: folder, home: Home(environment: environment), environment: environment)
  }
}

extension CommandFailure {
  /// Runs what reads or writes keys.
  static func onKeys<Value>(_ body: () throws(KeyError) -> Value) throws(CommandFailure) -> Value {
    do throws(KeyError) {
      return try body()
    } catch {
      throw CommandFailure(.someFailed, error.description)
    }
  }
}
