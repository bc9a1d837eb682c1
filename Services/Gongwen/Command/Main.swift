import ArgumentParser
import CleanCommand
import ExtractCommand
import FetchCommand
import Gongwen
import QueueCommand
import SegmentCommand
import SinkCommand

/// The program, which is also each of the services where a link with the name of one leads to it.
@main
struct Main {
  static let services: [any AsyncParsableCommand.Type] = [
    QueueCommand.self, FetchCommand.self, CleanCommand.self, SegmentCommand.self, ExtractCommand.self, SinkCommand.self,
  ]

  static func main() async {
    let name = CommandLine.arguments[0].split(separator: "/").last.map(String.init)
    if let service = services.first(where: { $0.configuration.commandName == name }) { return await service.main() }
    await GongwenCommand.runProgram(CommandLine.arguments)
  }
}
