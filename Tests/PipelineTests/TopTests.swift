import Foundation
import Schema
import TestSupport
import Testing

/// `gongwen top` on a terminal of its own, and without one.
@Suite(.serialized) struct TopTests {
  /// Runs top on a terminal until it shows a word, ends it by a key or a signal, and prints its exit status, whether the
  /// screen was given back, and whether keys are shown again.
  private static let script = """
    import os, pty, signal, sys, termios
    word, way = sys.argv[1].encode(), sys.argv[2]
    pid, terminal = pty.fork()
    if pid == 0: os.execv(sys.argv[3], [sys.argv[3], 'top', '--interval', '0.1'])
    seen = b''
    def more():
        global seen
        try: piece = os.read(terminal, 65536)
        except OSError: piece = b''
        seen += piece
        return piece
    while word not in seen and more(): pass
    if way == 'q': os.write(terminal, b'q')
    else: os.kill(pid, getattr(signal, way))
    while b'\\x1b[?1049l' not in seen and more(): pass
    shown = bool(termios.tcgetattr(terminal)[3] & termios.ECHO) or not more()
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), b'\\x1b[?1049l' in seen, word in seen, shown)
    """

  private func top(_ pipeline: Pipeline, until word: String, way: String) async throws -> String {
    try pipeline.home.write("top.py", Self.script.utf8)
    var program = pipeline.program
    program.wrapper = ["/usr/bin/python3", pipeline.home.path + "/top.py", word, way]
    return String(decoding: try await program.gongwen().output, as: UTF8.self)
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")), .timeLimit(.minutes(2)),
    arguments: [("q", 0), ("SIGINT", 130), ("SIGTERM", 130)])
  func theTerminalIsGivenBackOnEveryWayOut(_ way: String, _ status: Int) async throws {
    try await Pipeline.with { pipeline in
      #expect(try await top(pipeline, until: "accepted 0", way: way) == "\(status) True True True\n")
      let queue = try #require(try await pipeline.processes().first)
      kill(queue, SIGSTOP)
      let waiting = try await top(pipeline, until: "waiting for queue", way: way)
      kill(queue, SIGCONT)
      #expect(waiting == "\(status) True True True\n")
    }
  }

  @Test(.timeLimit(.minutes(2))) func withoutATerminalItIsTextOrJSON() async throws {
    try await Pipeline.with { pipeline in
      let text = String(decoding: try await pipeline.program.gongwen("top").output, as: UTF8.self)
      #expect(text.contains("accepted 0") && text.contains("extract-1") && !text.contains("\u{1B}"))
      let json = try JSONValue(try await pipeline.program.gongwen("top", "--json").output)
      #expect(json["queue"]?["accepted"]?.integer == 0 && json["processes"] != nil)
    }
  }
}
