import Daemon
import Testing

@Suite struct NearestTests {
  @Test(arguments: [("psuh", "push"), ("stauts", "status"), ("expain", "explain"), ("dwn", "down"), ("log", "logs")])
  func aSlipIsFound(_ word: String, _ meant: String) {
    #expect(nearest(to: word, among: ["push", "status", "explain", "down", "logs"]) == meant)
  }

  @Test(arguments: ["frobnicate", "xyzzy", "a-very-long-word"])
  func whatIsFarFromAllHasNoNeighbour(_ word: String) {
    #expect(nearest(to: word, among: ["push", "status", "explain"]) == nil)
  }
}
