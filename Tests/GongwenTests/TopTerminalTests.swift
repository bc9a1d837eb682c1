import Foundation
import Glibc
import TestSupport
import Testing

/// `gongwen top` on a real terminal, a pty.
@Suite(.timeLimit(.minutes(1))) struct TopTerminalTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV, SIGABRT, SIGILL, SIGQUIT])
  func theTerminalIsGivenBackHoweverItEnds(_ signal: Int32) throws {
    let home = TemporaryFolder()
    let terminal = try Pty()
    let before = terminal.modes
    let top = try terminal.run("gongwen", ["top"], home: home.path)
    terminal.read(until: "waiting for queue")
    #expect(terminal.modes & UInt32(ICANON | ECHO) == 0)
    kill(top.processIdentifier, signal)
    terminal.read(until: "\u{1B}[?25h\u{1B}[?1049l")
    top.waitUntilExit()
    #expect(terminal.modes == before)
  }
}

/// A pseudo terminal; its slave stays open, so that its modes outlive the program.
private final class Pty {
  private let master: Int32
  private let slave: Int32

  init() throws {
    // posix_openpt and its like are hidden from Swift; these are the requests behind unlockpt and ptsname on Linux.
    let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, place) = (Int32(0), Int32(0))
    try #require(unsafe ioctl(master, unlock, &isLocked) == 0 && ioctl(master, number, &place) == 0)
    slave = unsafe open("/dev/pts/\(place)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
  }

  deinit {
    close(slave)
    close(master)
  }

  var modes: UInt32 {
    var state = termios()
    unsafe tcgetattr(slave, &state)
    return state.c_lflag
  }

  func run(_ program: String, _ arguments: [String], home: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: GongwenProcess.folder + "/" + program)
    process.arguments = arguments
    process.environment = ["GONGWEN_HOME": home]
    let handle = FileHandle(fileDescriptor: slave)
    (process.standardInput, process.standardOutput) = (handle, handle)
    try process.run()
    return process
  }

  /// Reads until a text has come; the time limit of the suite ends what never comes.
  func read(until text: String) {
    var seen: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !String(decoding: seen, as: UTF8.self).contains(text) {
      let count = unsafe Glibc.read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      seen += buffer.prefix(count)
    }
  }
}
