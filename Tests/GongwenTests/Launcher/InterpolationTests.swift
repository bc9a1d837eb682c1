@testable import Gongwen
import Testing

@Suite struct InterpolationTests {
  private let interpolate = Interpolation(environment: ["A": "a", "EMPTY": ""])

  @Test(arguments: [
    ("$A-$A", "a-a"), ("${A}", "a"), ("${B}", ""), ("$$A", "$A"), ("${B:-x}", "x"), ("${EMPTY:-x}", "x"),
    ("${EMPTY-x}", ""), ("${B-x}", "x"), ("${A:+x}", "x"), ("${EMPTY:+x}", ""), ("${EMPTY+x}", "x"), ("${B:-}", ""),
    ("${B:-${A}b}", "ab"), ("${A:?no}", "a"), ("a: 1", "a: 1"),
  ])
  func variablesAreReplaced(_ text: String, _ expected: String) throws { #expect(try interpolate(text) == expected) }

  @Test(arguments: ["${A", "${", "$", "$1", "${A!x}", "${B:?must be there}", "${EMPTY:?}", "${B:-${A}"])
  func whatIsNoVariableIsAnError(_ text: String) {
    #expect(throws: Interpolation.Problem.self) { try interpolate(text) }
  }
}
