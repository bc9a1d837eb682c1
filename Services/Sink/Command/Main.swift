import ArgumentParser
import SinkCommand

@main
struct Main {
  static func main() async { await SinkCommand.main() }
}
