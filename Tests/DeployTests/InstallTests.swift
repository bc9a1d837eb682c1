import Foundation
import TestSupport
import Testing

/// `deploy/install` with the programs beside these tests, into a folder of its own.
@Suite(.timeLimit(.minutes(5)))
struct InstallTests {
  private let folder = TemporaryFolder()

  private var prefix: String { folder.path + "/prefix" }

  private func install(_ arguments: String..., environment: [String: String] = [:]) async throws -> Programs.Outcome {
    try await Programs.run(["deploy/install", "--prefix", prefix] + arguments, environment: environment)
  }

  /// The files below a folder, by their paths in it.
  private func files(_ path: String) -> [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
      .filter { FileManager.default.contents(atPath: path + "/" + $0) != nil }.sorted()
  }

  private func written(_ outcome: Programs.Outcome, below root: String) -> [String] {
    outcome.output.split(separator: "\n").compactMap { $0.hasPrefix("wrote ") ? String($0.dropFirst(6)) : nil }
      .map { String($0.dropFirst(root.count + 1)) }.sorted()
  }

  @Test func whatIsInstalledRunsIsListedAndGoesAgain() async throws {
    try folder.write("prefix/bin/other", "kept".utf8)
    let first = try await install("--programs", Programs.folder)
    #expect(first.isSuccess, "\(first.error)")
    #expect(written(first, below: prefix) == files(prefix).filter { $0 != "bin/other" })

    let before = files(prefix)
    try folder.write("prefix/share/gongwen/of-an-older-release", [])
    let list = try String(contentsOfFile: prefix + "/share/gongwen/installed", encoding: .utf8)
    try folder.write("prefix/share/gongwen/installed", (list + "share/gongwen/of-an-older-release\n").utf8)
    #expect(try await install("--programs", Programs.folder).isSuccess)
    #expect(files(prefix) == before)

    try await expectThatItRuns()

    try folder.write("outside", "kept".utf8)
    try folder.write("prefix/share/gongwen/installed", (list + "../outside\n").utf8)
    #expect(try await install("--uninstall").isSuccess)
    #expect(files(folder.path) == ["outside", "prefix/bin/other"])
    #expect(try await !install("--uninstall").isSuccess)
  }

  private func expectThatItRuns() async throws {
    let version = try await Programs.run(["\(prefix)/bin/gongwen", "--version"])
    #expect(version.isSuccess && version.output.contains("."))

    for program in Programs.names {
      let help = try await Programs.run(["\(prefix)/bin/\(program)", "--help"])
      #expect(help.output.contains("USAGE: \(program)"), "\(help)")
    }

    let completed = try await Programs.run([
      "bash", "-c",
      """
      PATH="$1/bin:$PATH"; . "$1/share/bash-completion/completions/gongwen"
      COMP_WORDS=(gongwen pu) COMP_CWORD=1 COMP_LINE='gongwen pu' COMP_POINT=10
      $(complete -p gongwen | sed -E 's/.*-F ([^ ]+).*/\\1/') gongwen pu gongwen; echo "${COMPREPLY[*]}"
      """, "bash", prefix,
    ])
    #expect(completed.output.split(separator: "\n") == ["push"], "\(completed)")

    let unit = try String(contentsOfFile: prefix + "/lib/systemd/system/gongwen-queue.service", encoding: .utf8)
    #expect(unit.contains("ExecStart=\(prefix)/bin/gongwen-queue\n"))

    guard await Programs.has("man") else { return print("skipped: no man here (Debian: man-db)") }
    for program in Programs.names {
      let page = try await Programs.run([
        "man", "--warnings", "-E", "UTF-8", "-l", "\(prefix)/share/man/man1/\(program).1.gz",
      ])
      #expect(page.isSuccess && page.error.isEmpty && page.output.contains("SYNOPSIS"), "\(program): \(page.error)")
    }
  }

  @Test func aPackageIsMadeInAFolderOfItsOwn() async throws {
    let outcome = try await Programs.run(
      ["deploy/install", "--prefix", "/usr", "--programs", Programs.folder],
      environment: ["DESTDIR": folder.path + "/package"])
    #expect(outcome.isSuccess, "\(outcome.error)")
    #expect(files(folder.path).allSatisfy { $0.hasPrefix("package/usr/") })
    #expect(written(outcome, below: folder.path) == files(folder.path))
    let unit = folder.path + "/package/usr/lib/systemd/system/gongwen-sink@.service"
    #expect(try String(contentsOfFile: unit, encoding: .utf8).contains("ExecStart=/usr/bin/gongwen-sink\n"))
  }

  @Test(arguments: [["--nonsense"], ["--prefix"], ["--prefix", "/tmp/a b"]])
  func aWrongCallSaysHowItIsCalled(_ arguments: [String]) async throws {
    let outcome = try await Programs.run(["deploy/install"] + arguments)
    #expect(!outcome.isSuccess && !outcome.error.isEmpty && outcome.output.isEmpty)
  }
}
