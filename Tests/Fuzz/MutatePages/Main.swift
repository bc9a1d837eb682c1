import ArgumentParser
import Clean
import Foundation
import Mutations

/// Cleans damaged pages by the thousand.
@main
struct MutatePages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate-pages",
    abstract: "Cleans damaged pages made of whole ones: each must end in a valid text or in a failure.",
    discussion: """
      Prints each fault with the number of its page, and the slowest page. A page that takes longer than '--limit' \
      seconds ends the program by a signal; '--from' starts again at a number, '--write' writes one page and ends.
      """)

  @Argument(help: "Files or folders of pages, unpacked.") var pages: [String]
  @Option(help: "How many damaged pages.") var count = 100_000
  @Option(help: "The number of the first.") var from = 0
  @Option(help: "What the damage depends on.") var seed: UInt64 = 1
  @Option(help: "Seconds that one page may take.") var limit: UInt32 = 10
  @Option(help: "Write the page of this number to standard output.") var write: Int?

  func run() throws {
    let mutator = Mutator(try pages.flatMap(files).map { [UInt8](try Data(contentsOf: $0)) }, seed: seed)
    if let write {
      FileHandle.standardOutput.write(Data(mutator.page(write)))
      return
    }
    let cleaner = Cleaner()
    var slowest = (seconds: 0.0, number: 0)
    var faults = 0
    for number in from..<from + count {
      let page = mutator.page(number)
      alarm(limit)
      let start = ContinuousClock.now
      if let fault = fault(of: page, by: cleaner) {
        faults += 1
        print("\(number): \(fault)")
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if seconds > slowest.seconds { slowest = (seconds, number) }
      if number % 1000 == 999 { FileHandle.standardError.write(Data("\(number + 1)\n".utf8)) }
    }
    print("\(count) pages from \(from): \(faults) faults; the slowest, \(slowest.number), took \(slowest.seconds) s")
    if faults > 0 { throw ExitCode(1) }
  }

  private func files(in path: String) throws -> [URL] {
    let url = URL(filePath: path)
    guard try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true else { return [url] }
    return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil).sorted {
      $0.path < $1.path
    }
  }
}
