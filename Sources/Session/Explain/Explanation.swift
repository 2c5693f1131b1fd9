import Support

/// What a code of a diagnostic means, for `drydock explain` and docs/diagnostics.md.
package struct Explanation: Sendable {
    /// A script that shows a code.
    package enum Example: Sendable {
        case script(String)
        /// Why none is shown.
        case none(String)
    }

    /// `DDnnnn`.
    package let code: String
    /// The finding in a few words.
    package let title: String
    /// Why it is one, in sentences.
    package let meaning: String
    package let example: Example
    /// The same script as it was meant; empty where there is no example.
    package let mend: String

    /// An entry with an example and its mend.
    init(_ code: String, _ title: String, _ meaning: String, wrong: String, right: String) {
        self.code = code
        self.title = title
        self.meaning = meaning
        example = .script(wrong.hasSuffix("\n") ? wrong : wrong + "\n")
        mend = right.hasSuffix("\n") ? right : right + "\n"
    }

    /// An entry whose example would be too large, or cannot be written.
    init(_ code: String, _ title: String, _ meaning: String, without reason: String) {
        self.code = code
        self.title = title
        self.meaning = meaning
        example = .none(reason)
        mend = ""
    }

    /// Every code, in order.
    package static let all = syntax + checks + exercises + warnings + running

    /// The entry of a code, in any case and with or without `DD`.
    package static func of(_ code: String) -> Explanation? {
        let code = normalized(code)
        return all.first { $0.code == code }
    }

    /// The code that was probably meant.
    package static func nearest(to code: String) -> String? {
        nearestName(to: normalized(code), among: all.map(\.code))
    }

    private static func normalized(_ code: String) -> String {
        let code = code.uppercased()
        return code.allSatisfy(\.isNumber) ? "DD" + code : code
    }
}
