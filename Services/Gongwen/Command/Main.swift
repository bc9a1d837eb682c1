import Gongwen

@main
struct Main {
  static func main() async { await GongwenCommand.runProgram(CommandLine.arguments) }
}
