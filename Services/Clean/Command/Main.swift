import ArgumentParser
import CleanCommand

@main
struct Main {
  static func main() async { await CleanCommand.main() }
}
