import Foundation
import TestSupport
import Testing

/// The help of every program and verb, as it was last looked at: a file each in `Help/`, `gongwen.dlq.show.txt`.
///
/// After a change that is meant: `GONGWEN_RECORD_HELP=1 swift test --skip-build --filter HelpTests`, then read the diff.
@Suite(.timeLimit(.minutes(2)))
struct HelpTests {
  private static let folder = Programs.project + "/Tests/DeployTests/Help"

  @Test func everyProgramAndVerbSaysWhatItSaidWhenItWasLastRead() async throws {
    let found = try await helpTexts()
    if ProcessInfo.processInfo.environment["GONGWEN_RECORD_HELP"] == "1" { try record(found) }
    let known = try recorded()
    #expect(Set(found.keys) == Set(known.keys), "a verb came or went: see how to record at the head of this file")
    for (name, text) in found.sorted(by: { $0.key < $1.key }) where known[name] != nil {
      #expect(text == known[name], "the help of \(name) has changed: see how to record at the head of this file")
    }
  }

  @Test func everyVerbAndOptionIsExplained() async throws {
    for program in Programs.names { try await verbs(of: program).forEach(expectExplained) }
  }

  /// As the image has it: one program with a name for each service.
  @Test func aLinkWithTheNameOfAServiceIsThatService() async throws {
    let known = try recorded()
    let folder = TemporaryFolder()
    for name in Programs.names {
      let link = "\(folder.path)/\(name)"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(Programs.folder)/gongwen")
      #expect(try await Programs.run([link, "--help"]).output == known[name])
    }
  }

  /// A command as `--experimental-dump-help` describes it.
  struct Verb: Decodable {
    struct Argument: Decodable {
      var kind: String
      var shouldDisplay: Bool
      var abstract: String?
      var valueName: String?
    }

    var commandName: String
    var superCommands: [String]?
    var abstract: String?
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [Verb]?

    var words: [String] { (superCommands ?? []) + [commandName] }

    /// The command and all below it, without the verb `help` and what is hidden.
    var all: [Verb] {
      guard commandName != "help", shouldDisplay != false else { return [] }
      return [self] + (subcommands ?? []).flatMap(\.all)
    }
  }

  private struct Dump: Decodable { var command: Verb }

  private func verbs(of program: String) async throws -> [Verb] {
    let dump = try await Programs.run(["\(Programs.folder)/\(program)", "--experimental-dump-help"]).output
    return try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command.all
  }

  private func helpTexts() async throws -> [String: String] {
    var texts: [String: String] = [:]
    for program in Programs.names {
      for verb in try await verbs(of: program) {
        let command = ["\(Programs.folder)/\(program)"] + verb.words.dropFirst() + ["--help"]
        texts[verb.words.joined(separator: ".")] = try await Programs.run(command).output
      }
    }
    return texts
  }

  private func expectExplained(_ verb: Verb) {
    let name = verb.words.joined(separator: " ")
    #expect(verb.abstract?.isEmpty == false, "\(name) has no abstract")
    for argument in verb.arguments ?? [] where argument.shouldDisplay {
      #expect(argument.abstract?.isEmpty == false, "\(name): \(argument.valueName ?? "an argument") has no help")
    }
  }

  private func recorded() throws -> [String: String] {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".txt") }
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        (String($0.dropLast(4)), try String(contentsOfFile: "\(Self.folder)/\($0)", encoding: .utf8))
      })
  }

  private func record(_ texts: [String: String]) throws {
    for name in try recorded().keys { try FileManager.default.removeItem(atPath: "\(Self.folder)/\(name).txt") }
    for (name, text) in texts { try Data(text.utf8).write(to: URL(filePath: "\(Self.folder)/\(name).txt")) }
  }
}
