package import ArgumentParser
package import Daemon
private import Glibc
internal import Wire

/// What a sink can be told.
package struct SinkOptions: ParsableArguments {
  @OptionGroup(title: "Process options") package var daemon: DaemonOptions

  @Option(
    help: ArgumentHelp(
      "The partition that this sink writes, a folder in records/ and in failures/; by default sink and the instance.",
      valueName: "name"))
  package var partition: String?

  @Option(
    help: ArgumentHelp(
      "Where 'gongwen tail' fetches lines; by default a socket in the folder run/ of the home.",
      discussion: "ipc:///path/of/a/socket or tcp://address:port; tcp://127.0.0.1:* takes any free port.",
      valueName: "address"))
  package var serve: String?

  @Option(
    help: ArgumentHelp(
      "The address that is told to 'gongwen tail', where it is another one than --serve, as in tcp://host:port.",
      valueName: "address"))
  package var advertise: String?

  @Option(help: ArgumentHelp("Bytes from which on a file is followed by a new one.", valueName: "bytes"))
  package var segmentSize: UInt64 = 128 << 20

  @Option(help: ArgumentHelp("Documents that are made durable together at most.", valueName: "documents"))
  package var group: Int = 256

  @Option(
    help: ArgumentHelp(
      "Bytes of the last lines of each stream that are kept; GONGWEN_RETAIN_BYTES. Everything is, by default.",
      discussion:
        "Whole files go, the oldest first, once the younger ones hold so many bytes. The file that is written "
        + "stays, and so does one with a document that the queue may send again.",
      valueName: "bytes"))
  package var retainBytes: UInt64?

  @Option(
    help: ArgumentHelp(
      "Hours for which a file is kept after its last line; GONGWEN_RETAIN_HOURS. For ever, by default.",
      valueName: "hours"))
  package var retainHours: Double?

  package init() {}

  package mutating func validate() throws {
    guard segmentSize > 0 else { throw ValidationError("--segment-size must be at least 1.") }
    guard group > 0 else { throw ValidationError("--group must be at least 1.") }
    try takeRetention()
    let name = partitionName
    let isPlain = name.utf8.allSatisfy { $0 > UInt8(ascii: " ") && !"/,=".utf8.contains($0) }
    guard !name.isEmpty, !name.hasPrefix("."), isPlain else {
      throw ValidationError("The partition '\(name)' must be the name of a folder without blanks, commas or =.")
    }
  }

  /// Takes from the environment what no option says.
  private mutating func takeRetention() throws {
    retainBytes = retainBytes ?? setting("GONGWEN_RETAIN_BYTES")
    retainHours = retainHours ?? setting("GONGWEN_RETAIN_HOURS")
    guard retainBytes != 0, retainHours.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--retain-bytes and --retain-hours must be above 0; leave them out to keep all lines.")
    }
  }

  /// What is kept of each stream.
  var retention: Retention { Retention(bytes: retainBytes, seconds: retainHours.map { $0 * 3600 }) }

  var partitionName: String { partition ?? daemon.name("sink") }

  /// The home as an absolute path: 'gongwen tail' may run in another folder.
  var home: Home {
    let path = daemon.folder.path
    guard !path.hasPrefix("/"), let current = unsafe getcwd(nil, 0) else { return Home(path: path) }
    defer { unsafe free(current) }
    return Home(path: unsafe String(cString: current) + "/" + path)
  }

  /// Where FETCH is served.
  var address: String { serve ?? home.sinkAddress(partition: partitionName) }
}
