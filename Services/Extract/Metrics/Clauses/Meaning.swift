internal import Record

/// Says what each quantity of a text means: its name and scope by the words of its clause, its period and status by
/// words of time and by the part of the document, its wholes and old values by words and by arithmetic.
struct Meaning {
  private(set) var frames: [Frame]
  private(set) var checks: [Check]
  private(set) var periods: [String?]

  init(_ quantities: [Quantity], _ glyphs: Glyphs, _ record: DocumentRecord) {
    var frames = FrameBuilder(glyphs, quantities).frames()
    func spans(_ kind: Entity.Kind) -> [Range<Int>] {
      record.entities.filter { $0.kind == kind }.map { glyphs.places(ofBytes: $0.span) }
    }
    let trimmer = Trimmer(glyphs: glyphs, words: .shared, dates: spans(.date), organs: spans(.org))
    Naming(glyphs: glyphs, words: .shared, trimmer: trimmer).name(&frames)
    let timing = Timing(glyphs, record)
    for (index, status) in timing.statuses(frames).enumerated() { frames[index].status = status }
    var arithmetic = Arithmetic(glyphs, frames)
    arithmetic.run()
    self.frames = arithmetic.frames
    checks = arithmetic.checks
    periods = arithmetic.frames.map(timing.period)
  }
}
