package import Text

/// Everything that is known of one document: the record `gongwen.record/1`, as values.
///
/// Spans are ranges of UTF-8 bytes of `text`; they become code points where the record is written
/// (`DocumentRecord+JSON.swift`), in that one place.
package struct DocumentRecord: Sendable {
  /// Lower-case hexadecimal SHA-256 of the source URI, a NUL, and the input bytes.
  package var id: String
  package var source: Source
  package var document = DocumentFacts()
  package var text: DocumentText
  package var chrome: [Chrome] = []
  package var sections: [Section] = []
  package var sentences: [Sentence] = []
  package var entities: [Entity] = []
  package var metrics: [Metric] = []
  package var checks: [Check] = []
  package var diagnostics: [Diagnostic] = []

  package init(id: String, source: Source, text: DocumentText) {
    self.id = id
    self.source = source
    self.text = text
  }
}

/// Where the bytes came from and what they were.
package struct Source: Sendable, Equatable {
  package var uri: String
  package var mediaType: String?
  /// IANA name, as detected.
  package var charset: String?
  package var bytes: Int?
  package var sha256: String?
  package var finalURI: String?
  package var status: Int?
  package var etag: String?
  package var lastModified: String?
  /// What the stages before clean found: part of the layer `source`, and in the record among its diagnostics.
  package var diagnostics: [Diagnostic] = []

  package init(uri: String) { self.uri = uri }
}

/// What the page says of its document. Absent facts are nil.
package struct DocumentFacts: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case annualReport = "annual_report"
    case pressConference = "press_conference"
    case notice, plan
    case workReport = "work_report"
    case statistics, news, other
  }

  package struct Issuer: Sendable, Equatable {
    package enum Level: String, Sendable, CaseIterable { case province, prefecture, county, township }

    package var name: String
    /// The full official name of the division whose organ this is.
    package var region: String?
    /// GB/T 2260, six digits.
    package var code: String?
    package var level: Level?

    package init(name: String) { self.name = name }
  }

  package var title: String?
  package var kind: Kind?
  package var issuer: Issuer?
  package var reportYear: Int?
  /// ISO 8601, reduced precision allowed; so is `written`.
  package var published: String?
  package var written: String?
  package var documentNumber: String?
  package var indexNumber: String?
  package var validity: String?
  package var disclosure: String?
  package var category: String?
  package var publisher: String?
  package var source: String?
  package var reporters: [String] = []
  package var editors: [String] = []
  package var views: Int?

  package init() {}
}

/// A piece of the page that is not the document.
package struct Chrome: Sendable, Equatable {
  package enum Reason: String, Sendable, CaseIterable {
    case navigation, metadata, toolbar, related, notice, credits, footer, counter, other
  }

  package var text: String
  package var reason: Reason

  package init(_ text: String, _ reason: Reason) {
    self.text = text
    self.reason = reason
  }
}

/// One item of the outline. Its id is its place in the list: the first is `s1`.
package struct Section: Sendable, Equatable {
  /// The place of the parent in the list of sections.
  package var parent: Int?
  /// 1 for the outermost.
  package var level: Int
  /// As written, `（一）`; empty for a heading without number.
  package var label: String
  package var number: Int?
  package var heading: String
  /// The whole extent, label and children included.
  package var span: Range<Int>
  /// Who speaks, in questions and answers.
  package var speaker: String?

  package init(level: Int, label: String, heading: String, span: Range<Int>) {
    self.level = level
    self.label = label
    self.heading = heading
    self.span = span
  }
}

package struct Sentence: Sendable, Equatable {
  package var span: Range<Int>
  /// The place of the innermost section in the list of sections.
  package var section: Int?

  package init(_ span: Range<Int>, section: Int?) {
    self.span = span
    self.section = section
  }
}

/// A mention. Its id is its place in the list: the first is `e1`.
package struct Entity: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case org = "ORG"
    case place = "PLACE"
    case person = "PERSON"
    case doc = "DOC"
    case date = "DATE"
    case docno = "DOCNO"
    case phone = "PHONE"
    case meeting = "MEETING"
  }

  package var kind: Kind
  package var span: Range<Int>
  package var canonical: String?
  /// GB/T 2260, of a PLACE.
  package var code: String?
  /// The role words beside a PERSON.
  package var title: String?
  /// Of a DOC: `law`, `administrative_regulation`, `local_regulation`, `rule`, `normative_document`, `plan`, `report`,
  /// `newspaper`, `other`.
  package var documentClass: String?
  package var version: String?
  package var isDamaged = false
  package var isMobile = false
  /// The id of the rule that found it; not part of the record.
  package var rule = ""

  package init(_ kind: Kind, _ span: Range<Int>, rule: String = "") {
    self.kind = kind
    self.span = span
    self.rule = rule
  }
}

/// A quantity. Its id is its place in the list: the first is `m1`.
package struct Metric: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case count, money, percent
    case percentPoints = "percent_points"
    case rank, duration, age, ratio, area, length, mass, other
  }

  package enum Bound: String, Sendable, CaseIterable {
    case exact, about
    case moreThan = "more_than"
    case atLeast = "at_least"
    case lessThan = "less_than"
    case atMost = "at_most"
  }

  package enum Status: String, Sendable, CaseIterable { case actual, prior, target, planned }

  package enum Amount: Sendable, Equatable {
    case value(ExactDecimal)
    case range(low: ExactDecimal, high: ExactDecimal)
  }

  package var span: Range<Int>
  package var amount: Amount
  package var unit: String
  package var kind: Kind
  package var bound: Bound = .exact
  package var status: Status = .actual
  package var name: String?
  /// The place of an entity in the list of entities.
  package var holder: Int?
  package var scope: String?
  package var period: String?
  /// Places of metrics in the list of metrics; so is `from`.
  package var partOf: Int?
  package var from: Int?
  package var direction: String?
  package var indicator: String?
  package var section: Int?
  package var sentence: Int?
  /// The id of the rule that found it; not part of the record.
  package var rule = ""

  package init(_ span: Range<Int>, _ amount: Amount, unit: String, kind: Kind, rule: String = "") {
    self.span = span
    self.amount = amount
    self.unit = unit
    self.kind = kind
    self.rule = rule
  }
}

/// Arithmetic that the text lets one verify.
package struct Check: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable { case sum, ratio, difference }
  package enum Verdict: String, Sendable, CaseIterable { case consistent, truncated, inconsistent }

  package var kind: Kind
  /// Places in the list of metrics. Sum: the whole first; ratio: numerator, denominator, rate; difference: from, to, delta.
  package var metrics: [Int]
  package var computed: ExactDecimal
  package var stated: ExactDecimal
  package var verdict: Verdict

  package init(_ kind: Kind, _ metrics: [Int], computed: ExactDecimal, stated: ExactDecimal, verdict: Verdict) {
    self.kind = kind
    self.metrics = metrics
    self.computed = computed
    self.stated = stated
    self.verdict = verdict
  }
}

/// What a reader of the record should know.
package struct Diagnostic: Sendable, Equatable {
  package var stage: String
  /// Stable, `damaged_date`.
  package var code: String
  package var message: String

  package init(stage: String, code: String, message: String) {
    self.stage = stage
    self.code = code
    self.message = message
  }
}
