package import ArgumentParser
internal import FoundationEssentials
internal import Glibc

/// `gongwen config`: what a Compose file means here.
package struct Config: AsyncParsableCommand, ReadsComposeFile {
  package static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Checks a Compose file, and prints it as 'gongwen up' understands it.",
    discussion: """
      Anchors, variables and 'x-native' are worked in. With --verbose a line on standard error names the keys of each
      service that concern containers only, and are left out here.

      With --effective every setting of the pipeline is listed with its value and where that is from: an option of a
      command (option), the environment of this command (environment), the Compose file or its env_file (file), or what
      holds where nobody says anything (default). Keys are shown as the folder that holds them, passwords of proxies not
      at all.
      """)

  @Flag(name: [.short, .long], help: "Only check: print nothing where all is well.")
  var quiet = false

  @Flag(help: "List every setting with its value and where it is from.")
  var effective = false

  @Flag(help: "With --effective: print one JSON object a line.")
  var json = false

  @Flag(name: [.short, .long], help: "Name the keys that are left out.")
  var verbose = false

  @Option(
    name: [.short, .long],
    help: "The Compose file; several, each above the one before; deploy/compose.yaml where none is named.")
  var file: [String] = []

  @Option(help: ArgumentHelp("Services of this profile as well; '*' for all.", valueName: "name"))
  var profile: [String] = []

  package init() {}

  package func validate() throws {
    guard effective || !json else { throw ValidationError("--json goes with --effective.") }
  }

  package func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let compose = try Launch.compose(file, profile, environment: environment)
    if verbose {
      compose.sayWhatIsLeftOut()
    }
    guard !quiet else { return }
    let text = effective ? try settings(compose, environment) : try compose.yaml()
    writeAll(STDOUT_FILENO, Array(text.utf8))
  }

  private func settings(_ compose: ComposeFile, _ environment: [String: String]) throws -> String {
    // Whether the programs are there is no matter here.
    let plan = try Plan(compose, scale: [:], environment: environment) { $0 }
    let rows = EffectiveSetting.all(compose, plan, environment: environment)
    guard json else { return EffectiveSetting.table(rows) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
  }
}

extension ComposeFile {
  /// Names on standard error the keys of each service that are left out here.
  func sayWhatIsLeftOut() {
    for service in services where !service.containerKeys.isEmpty {
      writeError("gongwen: service '\(service.name)': left out here: \(service.containerKeys.joined(separator: ", "))")
    }
  }
}
