import Language
import Value

/// A statement as `drydock run --echo` shows it before its output: as if it had been typed at the prompt.
enum EchoedStatement {
    /// - Parameter instant: when it begins, in milliseconds of virtual time.
    static func text(_ place: Place, at instant: Int64) -> String {
        let prompt = "[\(Duration(milliseconds: instant).shortText)] > "
        let lines = place.text.split(separator: "\n", omittingEmptySubsequences: false)
        // The statements of a block are shown as they run.
        if lines.count > 1, lines[0].hasSuffix("{") { return "\(prompt)\(lines[0]) …\n" }
        let further = String(repeating: ".", count: prompt.count - 1) + " "
        return lines.enumerated().map { "\($0 == 0 ? prompt : further)\($1)\n" }.joined()
    }
}
