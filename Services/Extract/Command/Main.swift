import ArgumentParser
import ExtractCommand

@main
struct Main {
  static func main() async { await ExtractCommand.main() }
}
