import Testing

@testable import Gongwen

@Suite struct TopScreenTests {
  private static func screen(isAway: Bool = false) -> TopScreen {
    let json = """
      {"accepted":5,"pending":4,"in_flight":2,"done":1,"failed":1,"dead":3,"stages":{
      "fetch":{"pending":0,"in_flight":0,"workers":1,"oldest_seconds":0.0,"rate":0.0},
      "clean":{"pending":4,"in_flight":2,"workers":1,"oldest_seconds":41.5,"rate":8.2}},"workers":[]}
      """
    var snapshot = TopSnapshot(
      home: "/数据/公文", time: "2026-01-02T03:04:05Z", report: isAway ? nil : StatusReport(Array(json.utf8)))
    snapshot.processes = [
      .init(service: "fetch", instance: 1, pid: 7, state: "running", health: "healthy", restarts: 0),
      .init(
        service: "clean", instance: 1, pid: 8, state: "running", health: "unhealthy", restarts: 2,
        health_text: "连接被拒绝"),
    ]
    return TopScreen(snapshot: snapshot, chosen: 1)
  }

  @Test(arguments: [(80, 24), (40, 10), (20, 5), (1, 1)]) func aScreenIsExactlyAsLargeAsItsWindow(
    _ columns: Int, _ rows: Int
  ) {
    for page in [TopScreen.Page.stages, .help, .log(["甲\u{1B}[31m乙", "two"])] {
      var screen = Self.screen()
      screen.page = page
      let lines = screen.lines(columns: columns, rows: rows)
      #expect(lines.count == rows && lines.allSatisfy { Columns.width($0) == columns })
      #expect(!lines.joined().contains("\u{1B}"))
    }
  }

  private static let wide = """
    gongwen top · /数据/公文                                                03:04:05
    accepted 5  waiting 4  in flight 2  done 1  failed 1  dead letters 3

        STAGE          WAITING IN FLIGHT   OLDEST      RATE PROCESSES
      ┬ fetch                0         0        -     0.0/s       1/1
    ▸ ▼ clean                4         2   41.5 s     8.2/s       0/1  ████████████

        PROCESS           STATE RESTARTS    UPTIME   CPU   MEMORY  HEALTH
        clean-1         running        2         -     -        -  unhealthy: 连接…














    ↑↓ stage  +/- scale  l log  ? help  q quit
    """

  private static let narrow = """
    gongwen top · /数据/公文        03:04:05
    accepted 5  waiting 4  in flight 2  don…

        STAGE          WAITING IN FLIGHT   …
      ┬ fetch                0         0   …
    ▸ ▼ clean                4         2   …

        PROCESS           STATE RESTARTS   …
        clean-1         running        2   …


    ↑↓ stage  +/- scale  l log  ? help  q q…
    """

  @Test(arguments: [(80, 24), (40, 12)]) func theWholeScreenIsAsItWasLastSeen(
    _ columns: Int, _ rows: Int
  ) {
    let lines = Self.screen().lines(columns: columns, rows: rows)
      .map { String($0.reversed().drop { $0 == " " }.reversed()) }
    #expect(lines.joined(separator: "\n") == (columns == 80 ? Self.wide : Self.narrow))
  }

  @Test func whileTheQueueIsAwayTheScreenSaysSo() {
    let text = Self.screen(isAway: true).plain
    #expect(text.contains("\nwaiting for queue\n") && text.contains("clean"))
  }

  @Test(arguments: [("公文", 4), ("ab", 2), ("e\u{301}", 1), ("。", 2), ("·", 1)])
  func chineseTakesTwoColumns(_ text: String, _ width: Int) { #expect(Columns.width(text) == width) }

  @Test(arguments: [("公文系统", 5, "公文…"), ("公文系统", 4, "公… "), ("ab", 4, "ab  "), ("abc", 0, ""), ("公文", 1, "…")])
  func textIsCutBetweenCharacters(_ text: String, _ columns: Int, _ expected: String) {
    #expect(Columns.fit(text, columns) == expected)
  }

  @Test func keysAreRead() {
    #expect(
      Key.read(Array("\u{1B}[A\u{1B}OBxj+-=l\r?q\u{1B}\u{3}".utf8))
        == [.up, .down, .down, .more, .less, .more, .open, .open, .help, .back, .back, .interrupt])
  }
}
