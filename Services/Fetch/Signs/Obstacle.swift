internal import Record

/// What stands between a page and a reader that runs no scripts and has no account.
enum Obstacle {
  /// Statuses with which gates that tell browsers from programs answer: 412 and 521 with a script that sets a cookie, 403,
  /// 405 and 418 with a puzzle.
  static let statuses: Set<Int> = [403, 405, 407, 412, 418, 521]

  /// Bytes of text below which a page shows nothing: a page number, a sign, "loading…".
  private static let nothing = 60
  /// Bytes of text below which a page with a password field is a login. A page of an article with a login in its head has
  /// more.
  private static let login = 600

  /// Throws `blocked` for a login page, and `needs_javascript` for a page that shows nothing before its scripts have run.
  static func check(_ page: Page, _ signs: PageSigns) throws(StageFailure) {
    let weight = signs.weight.links + signs.weight.others
    if signs.hasPasswordField, weight < login {
      throw StageFailure(.blocked, stage: "fetch", "\(page.target.text) is a login.")
    }
    if signs.hasScript, !signs.hasFrame, weight < nothing {
      throw StageFailure(
        .needsJavascript, stage: "fetch",
        "\(page.target.text) shows nothing before its scripts have run, and they are not run here. Look for another "
          + "address of the document, or save it with a browser and give the file.")
    }
  }
}
