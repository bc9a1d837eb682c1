import Testing
import Wire

@testable import Sink

/// Which requests wait for lines, and until when. No sockets.
final class HeldFetchesTests {
  private var held = HeldFetches()

  private func request(
    _ stream: FetchRequest.Stream = .records, limit: UInt64 = 100, wait: UInt64 = 1000
  ) -> FetchRequest {
    FetchRequest(stream: stream, offset: 7, limit: limit, wait: wait)
  }

  private func hold(
    _ request: FetchRequest, of client: HeldFetches.Client, end: UInt64, at now: Duration
  ) -> Bool {
    held.hold(request, of: client, end: end, at: now)
  }

  private func take(of client: HeldFetches.Client) -> FetchRequest? { held.take(of: client) }

  private var nextDeadline: Duration? { held.nextDeadline }

  private func due(_ count: Int = 16, records: UInt64 = 7, at seconds: Double = 0) -> [HeldFetches.Client] {
    held.takeDue(count, ends: [.records: records, .failures: 7], at: .seconds(seconds)).map(\.client)
  }

  @Test func requestAtTheEndWaitsUntilTheEndIsAnotherOne() {
    #expect(hold(request(), of: [1], end: 7, at: .zero))
    #expect(hold(request(.failures), of: [2], end: 7, at: .zero))
    #expect(due().isEmpty)
    #expect(due(records: 8) == [[1]])
    #expect(due(records: 8).isEmpty)
  }

  @Test func requestIsDueWhenItsTimeIsOverAndNotBefore() {
    #expect(hold(request(), of: [1], end: 7, at: .seconds(5)))
    #expect(nextDeadline == .seconds(6))
    #expect(due(at: 5.999).isEmpty)
    #expect(due(at: 6) == [[1]])
    #expect(nextDeadline == nil)
  }

  @Test func longestTimeIsTheSinksOwn() {
    #expect(hold(request(wait: .max), of: [1], end: 7, at: .zero))
    #expect(nextDeadline == HeldFetches.longest)
  }

  @Test func requestThatNeedNotWaitDoesNot() {
    #expect(!hold(request(wait: 0), of: [1], end: 7, at: .zero))
    #expect(!hold(request(limit: 0), of: [1], end: 7, at: .zero))
    #expect(!hold(request(), of: [1], end: 8, at: .zero))
    #expect(!hold(request(), of: [1], end: 6, at: .zero))
    #expect(nextDeadline == nil)
  }

  @Test func requestIsTakenOnce() {
    #expect(hold(request(), of: [1], end: 7, at: .zero))
    #expect(take(of: [2]) == nil)
    #expect(take(of: [1]) == request())
    #expect(due(records: 8).isEmpty)
  }

  @Test func noMoreWaitThanThereIsRoomForAndTheyAreTakenInTurns() {
    for client in 0..<HeldFetches.most {
      #expect(hold(request(), of: [UInt8(client / 256), UInt8(client % 256)], end: 7, at: .zero))
    }
    #expect(!hold(request(), of: [9], end: 7, at: .zero))
    var taken: Set<HeldFetches.Client> = []
    for _ in 0..<HeldFetches.most / 16 { taken.formUnion(due(16, records: 8)) }
    #expect(taken.count == HeldFetches.most)
    #expect(nextDeadline == nil)
  }
}
