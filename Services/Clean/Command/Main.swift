import ArgumentParser

@main
struct Command: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "gongwen-clean")
  func run() throws {}
}
