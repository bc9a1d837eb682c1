internal import Record

/// Says what each quantity of a text means: its name and scope by the words of its clause, its period and status by
/// words of time and by the part of the document, its wholes and old values by words and by arithmetic.
struct Meaning {
  private(set) var frames: [Frame]
  private(set) var checks: [Check]
  private(set) var periods: [String?]

  init(_ quantities: [Quantity], _ glyphs: Glyphs, _ record: DocumentRecord) {
    var frames = FrameBuilder(glyphs, quantities).frames()
    let dates = record.entities.filter { $0.kind == .date }.map { entity in
      glyphs.place(atByte: entity.span.lowerBound)..<glyphs.place(atByte: entity.span.upperBound)
    }
    let trimmer = Trimmer(glyphs: glyphs, words: .shared, dates: dates)
    Naming(glyphs: glyphs, words: .shared, trimmer: trimmer).name(&frames)
    let timing = Timing(glyphs, record)
    for index in frames.indices { frames[index].status = timing.status(frames[index]) }
    var arithmetic = Arithmetic(glyphs, frames)
    arithmetic.run()
    self.frames = arithmetic.frames
    checks = arithmetic.checks
    periods = arithmetic.frames.map(timing.period)
  }
}
