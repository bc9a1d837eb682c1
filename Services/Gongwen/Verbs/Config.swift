package import ArgumentParser
internal import FoundationEssentials
internal import Glibc

/// `gongwen config`: what a Compose file means here.
package struct Config: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Checks a Compose file, and prints it as 'gongwen up' understands it.",
    discussion: """
      Anchors, variables and 'x-native' are worked in. With --verbose a line on standard error names the keys of each
      service that concern containers only, and are left out here.
      """)

  @Flag(name: [.short, .long], help: "Only check: print nothing where all is well.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Name the keys that are left out.")
  var verbose = false

  @Option(
    name: [.short, .long],
    help: "The Compose file; several, each above the one before; deploy/compose.yaml where none is named.")
  var file: [String] = []

  @Option(help: ArgumentHelp("Services of this profile as well; '*' for all.", valueName: "name"))
  var profile: [String] = []

  package init() {}

  package func run() async throws {
    let compose = try Launch.compose(file, profile, environment: ProcessInfo.processInfo.environment)
    if verbose {
      compose.sayWhatIsLeftOut()
    }
    if !quiet { writeAll(STDOUT_FILENO, Array(try compose.yaml().utf8)) }
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
