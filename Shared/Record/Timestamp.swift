private import Glibc

/// The time now, ISO 8601 in UTC to the second, `2026-05-04T09:30:00Z`: what `processed_at` and `failed_at` state.
@Sendable package func timestampNow() -> String { timestamp(secondsSince1970: Int(time(nil))) }

/// A time as ISO 8601 in UTC.
package func timestamp(secondsSince1970 seconds: Int) -> String {
  let days = seconds.dividedFlooring(by: 86_400)
  let (year, month, day) = civil(daysSince1970: days)
  let second = seconds - days * 86_400
  let date = "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
  return date + "T\(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
}

private func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}

/// The date of a day in the Gregorian calendar, counted in eras of 400 years that start on a 1 March.
private func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = shifted.dividedFlooring(by: 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let marchMonth = (5 * dayOfYear + 2) / 153
  let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
}

extension Int {
  fileprivate func dividedFlooring(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
