import ArgumentParser
import SegmentCommand

@main
struct Main {
  static func main() async { await SegmentCommand.main() }
}
