/// Why output could not be formatted; the text is what kubectl prints behind `error: `.
package struct FormatError: Error, Equatable, Sendable {
    package let message: String
    /// What kubectl writes to its output before it fails: the debugging aid of a template.
    package let output: String

    package init(_ message: String, output: String = "") {
        self.message = message
        self.output = output
    }
}

extension FormatError: CustomStringConvertible {
    package var description: String { message }
}
