import Foundation
import Testing
import TestSupport

/// The units of systemd, judged by systemd's own tools.
@Suite(.timeLimit(.minutes(2)))
struct UnitTests {
  private static let units =
    ["gongwen.target", "gongwen-queue.service"]
    + ["fetch", "clean", "segment", "extract", "sink"].map { "gongwen-\($0)@1.service" }

  /// The units as they would be installed, with the programs beside these tests.
  private func installed() async throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    let copy = "cp -r deploy/systemd/. \"$1\" && sed -i \"s#/usr/local/bin/#$2/#\" \"$1\"/*.service"
    let outcome = try await Programs.run(["sh", "-c", copy, "sh", folder.path, Programs.folder])
    try #require(outcome.isSuccess, "\(outcome.error)")
    return folder
  }

  @Test func systemdHasNothingToSayAgainstThem() async throws {
    guard await Programs.has("systemd-analyze") else {
      return print("skipped: no systemd-analyze here (Debian: systemd)")
    }
    let folder = try await installed()
    let files = Self.units.map { "\(folder.path)/\($0)" }
    let outcome = try await Programs.run(["systemd-analyze", "verify", "--man=no"] + files)
    #expect(outcome.isSuccess && outcome.error.isEmpty, "\(outcome.error)")
  }

  /// The score is 0 for a unit that can do nothing and 10 for one that can do all; the threshold is ten times that.
  @Test(arguments: Self.units.dropFirst())
  func theirExposureStaysLow(_ unit: String) async throws {
    guard await Programs.has("systemd-analyze") else {
      return print("skipped: no systemd-analyze here (Debian: systemd)")
    }
    let folder = try await installed()
    let most = unit.contains("fetch") || unit.contains("queue") ? "15" : "6"
    let outcome = try await Programs.run(
      ["systemd-analyze", "security", "--offline=yes", "--threshold=\(most)", "\(folder.path)/\(unit)"])
    #expect(outcome.isSuccess, "\(outcome.output)")
  }
}
