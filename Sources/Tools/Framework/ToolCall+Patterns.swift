import Patterns

extension ToolCall {
    /// A pattern as the tool's user wrote it.
    ///
    /// - Throws: a failure with the library's words and this status.
    func pattern(
        _ text: String, _ syntax: PatternSyntax, ignoresCase: Bool = false,
        frame: PatternFrame = .none, status: Int32 = 1
    ) throws(ToolStop) -> Pattern {
        do throws(PatternError) {
            return try Pattern(
                text, syntax: syntax, ignoresCase: ignoresCase, frame: frame,
                limits: PatternLimits(steps: 100_000_000))
        } catch {
            throw .failure(error.message, status: status)
        }
    }

    /// Whether a pattern matches somewhere in a text.
    func matches(_ pattern: Pattern, _ text: ArraySlice<UInt8>) throws(ToolStop) -> Bool {
        do throws(PatternExhaustion) {
            return try pattern.matches(text.span)
        } catch {
            throw .failure("a pattern took more than \(error.steps) steps")
        }
    }

    /// The first match that starts `offset` bytes into a text or later; its ranges are offsets into
    /// the text.
    func firstMatch(
        _ pattern: Pattern, _ text: ArraySlice<UInt8>, from offset: Int = 0
    ) throws(ToolStop) -> PatternMatch? {
        do throws(PatternExhaustion) {
            return try pattern.firstMatch(in: text.span, from: offset)
        } catch {
            throw .failure("a pattern took more than \(error.steps) steps")
        }
    }

    /// All matches in a text; their ranges are offsets into the text.
    func allMatches(
        _ pattern: Pattern, _ text: ArraySlice<UInt8>, atMost limit: Int = .max
    ) throws(ToolStop) -> [PatternMatch] {
        do throws(PatternExhaustion) {
            return try pattern.matches(in: text.span, atMost: limit)
        } catch {
            throw .failure("a pattern took more than \(error.steps) steps")
        }
    }
}
