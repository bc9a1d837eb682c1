import ArgumentParser
import FetchCommand

@main
struct Main {
  static func main() async { await FetchCommand.main() }
}
