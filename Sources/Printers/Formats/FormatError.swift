/// Why output could not be formatted; the text is what kubectl prints behind `error: `.
public struct FormatError: Error, Equatable, Sendable {
    public let message: String
    /// What kubectl writes to its output before it fails: the debugging aid of a template.
    public let output: String

    public init(_ message: String, output: String = "") {
        self.message = message
        self.output = output
    }
}

extension FormatError: CustomStringConvertible {
    public var description: String { message }
}
