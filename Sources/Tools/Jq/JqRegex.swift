import Patterns
import Support
import Value

/// Regular expressions of `test`, `match`, `sub` and their like: RE2's, where jq has Oniguruma's, so
/// without looking around and back.
enum JqRegex {
    struct Match {
        /// Bytes.
        let range: Range<Int>
        /// As `match` gives it.
        let value: Value
        /// Named groups, as the replacement of `sub` sees them.
        let captures: Value
    }

    private struct Flags {
        var isGlobal = false
        var ignoresCase = false
        var isExtended = false
        var dotMatchesNewline = false
        var ignoresEmpty = false

        init(_ value: Value) throws(JqStop) {
            if value.isNull { return }
            guard let text = value.string else {
                throw .failure("\(JqText.described(value)) is not a string")
            }
            for letter in text {
                switch letter {
                case "g": isGlobal = true
                case "i": ignoresCase = true
                case "x": isExtended = true
                case "s", "p": dotMatchesNewline = true
                case "n": ignoresEmpty = true
                case "l": break
                default: throw .failure("\(text) is not a valid modifier string")
                }
            }
        }
    }

    private static func compile(_ pattern: Value, _ flags: Flags) throws(JqStop) -> Pattern {
        guard let text = pattern.string else {
            throw .failure("\(JqText.described(pattern)) cannot be matched, as it is not a string")
        }
        let lead = flags.dotMatchesNewline ? "(?s)" : ""
        do throws(PatternError) {
            return try Pattern(
                lead + (flags.isExtended ? unspaced(text) : text), ignoresCase: flags.ignoresCase,
                limits: PatternLimits(steps: 100_000_000))
        } catch {
            throw .failure("\(text) (at offset 0) is not a valid regex: \(error.message)")
        }
    }

    /// Without blanks and comments, which an extended pattern passes over.
    private static func unspaced(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        var isComment = false
        for character in text {
            if isComment {
                isComment = !character.isNewline
            } else if isEscaped {
                result.append(character)
                isEscaped = false
            } else if character == "#" {
                isComment = true
            } else if !character.isWhitespace {
                result.append(character)
                isEscaped = character == "\\"
            }
        }
        return result
    }

    private static func text(_ input: Value) throws(JqStop) -> [UInt8] {
        guard let text = input.string else {
            throw .failure("\(JqText.described(input)) cannot be matched, as it is not a string")
        }
        return Array(text.utf8)
    }

    static func test(
        _ input: Value, _ pattern: Value, _ flags: Value, _ call: ToolCall
    ) throws(JqStop) -> Bool {
        let bytes = try text(input)
        let (pattern, flags) = try split(pattern, flags)
        let compiled = try compile(pattern, Flags(flags))
        do throws(ToolStop) { return try call.matches(compiled, bytes[...]) } catch {
            throw .tool(error)
        }
    }

    /// A pattern may be a list of itself and its flags.
    private static func split(
        _ pattern: Value, _ flags: Value
    ) throws(JqStop) -> (pattern: Value, flags: Value) {
        guard case .array(let parts) = pattern else { return (pattern, flags) }
        return (parts.first ?? .null, parts.count > 1 ? parts[1] : flags)
    }

    static func matches(
        _ input: Value, _ pattern: Value, _ flags: Value, _ call: ToolCall
    ) throws(JqStop) -> [Match] {
        let bytes = try text(input)
        let (pattern, flagText) = try split(pattern, flags)
        let flags = try Flags(flagText)
        let compiled = try compile(pattern, flags)
        let found: [PatternMatch]
        do throws(ToolStop) {
            found = try call.allMatches(compiled, bytes[...], atMost: flags.isGlobal ? .max : 1)
        } catch {
            throw .tool(error)
        }
        var offsets = CharacterOffsets(bytes)
        return found.filter { !flags.ignoresEmpty || !$0.range.isEmpty }.map { match in
            Self.match(match, compiled, bytes, &offsets)
        }
    }

    private static func match(
        _ match: PatternMatch, _ pattern: Pattern, _ bytes: [UInt8],
        _ offsets: inout CharacterOffsets
    ) -> Match {
        var captures: [Value] = []
        var named = Object()
        for (index, group) in match.groups.enumerated().dropFirst() {
            let name = pattern.groupNames.first { $0.group == index }?.name
            let string = group.map { Value(bytes[$0].text) } ?? .null
            if let name { named.set(Key(name), to: string) }
            captures.append(
                .object([
                    "offset": group.map { Value(offsets.offset(of: $0.lowerBound)) } ?? -1,
                    "length": group.map { Value(bytes[$0].characterCount) } ?? 0,
                    "string": string, "name": name.map { Value($0) } ?? .null,
                ]))
        }
        let value = Value.object([
            "offset": Value(offsets.offset(of: match.range.lowerBound)),
            "length": Value(bytes[match.range].characterCount),
            "string": Value(bytes[match.range].text), "captures": .array(captures),
        ])
        return Match(range: match.range, value: value, captures: .object(named))
    }

    static func split(
        _ input: Value, _ pattern: Value, _ flags: Value, _ call: ToolCall
    ) throws(JqStop) -> Value {
        let bytes = try text(input)
        let global = Value((flags.string ?? "") + "g")
        var parts: [String] = []
        var place = 0
        for match in try matches(input, pattern, global, call) {
            parts.append(bytes[place..<match.range.lowerBound].text)
            place = match.range.upperBound
        }
        return Value(strings: parts + [bytes[place...].text])
    }
}

/// Places in characters of places in bytes that mostly ascend.
private struct CharacterOffsets {
    private let bytes: [UInt8]
    private var place = 0
    private var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func offset(of target: Int) -> Int {
        if target < place {
            place = 0
            count = 0
        }
        count += bytes[place..<target].characterCount
        place = target
        return count
    }
}

extension Sequence<UInt8> {
    fileprivate var characterCount: Int { count { $0 & 0xC0 != 0x80 } }
}
