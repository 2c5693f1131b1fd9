import Patterns

/// The commands `s` and `y`.
extension SedParser {
    mutating func parseSubstitution() throws(ToolStop) -> SedAction {
        guard let delimiter = peek else { throw failure("unterminated `s' command") }
        place += 1
        let unterminated = "unterminated `s' command"
        let text = try delimited(delimiter, isPattern: true, unterminated)
        let replacement = try delimited(delimiter, isPattern: false, unterminated)
        var substitution = SedSubstitution()
        var ignoresCase = false
        var isMultiline = false
        var hasNumber = false
        flags: while let flag = peek {
            place += 1
            switch flag {
            case UInt8(ascii: "g"):
                if substitution.isGlobal { throw failure("multiple `g' options to `s' command") }
                substitution.isGlobal = true
            case UInt8(ascii: "p"):
                if substitution.prints { throw failure("multiple `p' options to `s' command") }
                substitution.prints = true
            case UInt8(ascii: "i"), UInt8(ascii: "I"): ignoresCase = true
            case UInt8(ascii: "m"), UInt8(ascii: "M"): isMultiline = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                place -= 1
                let number = takeNumber() ?? 0
                if hasNumber { throw failure("multiple number options to `s' command") }
                if number == 0 { throw failure("number option to `s' command may not be zero") }
                hasNumber = true
                substitution.which = number
            case UInt8(ascii: "w"):
                substitution.file = try parseFileName()
                break flags
            case UInt8(ascii: ";"), .newline: break flags
            case UInt8(ascii: "}"), UInt8(ascii: "#"):
                place -= 1
                break flags
            case .space, .tab, UInt8(ascii: "\r"): continue
            default: throw failure("unknown option to `s'")
            }
        }
        substitution.pattern = try pattern(
            text, ignoresCase: ignoresCase, isMultiline: isMultiline)
        substitution.replacement = SedText.pieces(replacement)
        for case .group(let number) in substitution.replacement {
            if let pattern = substitution.pattern, number > pattern.groupCount {
                throw failure("invalid reference \\\(number) on `s' command's RHS")
            }
        }
        return .substitute(substitution)
    }

    mutating func parseTranslation() throws(ToolStop) -> SedAction {
        let unterminated = "unterminated `y' command"
        guard let delimiter = peek else { throw failure(unterminated) }
        place += 1
        let from = try SedText.characters(delimited(delimiter, isPattern: false, unterminated))
        let to = try SedText.characters(delimited(delimiter, isPattern: false, unterminated))
        guard from.count == to.count else {
            throw failure("strings for `y' command are different lengths")
        }
        var table: [UInt32: UInt32] = [:]
        for (old, new) in zip(from, to) where table[old] == nil { table[old] = new }
        try endCommand()
        return .translate(table)
    }
}
