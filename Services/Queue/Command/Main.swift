import ArgumentParser
import QueueCommand

@main
struct Main {
  static func main() async { await QueueCommand.main() }
}
