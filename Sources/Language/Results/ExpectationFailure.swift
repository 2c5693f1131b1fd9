import Syntax
import Value

/// An expectation that did not hold: a result of the run, not an error of the script.
package struct ExpectationFailure: Error, Codable, Sendable {
    package enum Form: Hashable, Codable, Sendable {
        /// `expect E`
        case now
        /// `expect within D: E`, with D in milliseconds.
        case within(milliseconds: Int64)
        /// `always E { }`
        case always
        /// `never E { }`
        case never
        /// `expect fails`
        case fails
        /// `expect output`
        case output
        /// `expect unchanged LIST { }`
        case unchanged
        /// `expect order A then B { }`
        case order
    }

    package var form: Form
    /// The whole statement.
    package var place: Place
    /// The condition as written, on one line.
    package var expression: String
    /// One line that says what went wrong ("pod/web does not exist"); empty when the parts say it.
    package var summary: String
    /// What may help, if known: the nearest name.
    package var hint: String?
    /// The message the script gave (`expect …, "why it matters"`).
    package var message: String?
    /// The values of the parts worth showing, from left to right.
    package var parts: [Part]
    /// Where actual and expected differ, for `==` on structures, `matches` and output.
    package var differences: [Difference]
    /// The items of `every`, `any` or `none` that decided it, with their parts.
    package var items: [Item]
    /// The list of an `every` or `any` that had no items, as written.
    package var emptyList: String?
    /// The resources read, in order of the first read.
    package var reads: [ResourceQuery]
    /// Virtual time of the state that was judged, in milliseconds since time zero.
    package var atMilliseconds: Int64
    /// What changed last and when, the writer, related events: lines from the host.
    package var evidence: [String]
    /// The calls of functions that led to the statement.
    package var calls = CallStack()

    /// A part of the condition with the value it had.
    package struct Part: Codable, Sendable {
        /// The part as written.
        package let expression: String
        package let span: SourceSpan
        /// What it evaluated to.
        package let value: Value
        /// Whether the value is words about the part, shown as they are.
        package let isRemark: Bool

        package init(
            expression: String, span: SourceSpan, value: Value, isRemark: Bool = false
        ) {
            self.expression = expression
            self.span = span
            self.value = value
            self.isRemark = isRemark
        }
    }

    /// One place where two structures (or texts, by lines) differ.
    package struct Difference: Hashable, Codable, Sendable {
        /// `.spec.template.spec.containers[name=web].image`; empty for the whole value.
        package let path: String
        /// Nil when it is missing on that side.
        package let expected: Value?
        package let actual: Value?

        package init(path: String, expected: Value?, actual: Value?) {
            self.path = path
            self.expected = expected
            self.actual = actual
        }
    }

    /// An item of a list that decided a quantified condition.
    package struct Item: Codable, Sendable {
        /// `pod/web-1`, or the place in the list (`[2]`).
        package let name: String
        package let parts: [Part]
        /// Of a request that nobody answered: why.
        package let error: String?

        package init(name: String, parts: [Part], error: String? = nil) {
            self.name = name
            self.parts = parts
            self.error = error
        }
    }

    /// The line of evidence that says that nothing was ever written of what was read.
    package static let unwrittenEvidence = "nothing of this was ever written"
    /// The line of evidence about a `within` that was not waited for to its end.
    package static let restEvidence =
        "nothing that was due could change it any more: it was not waited for to the end"

    package init(
        form: Form, place: Place, expression: String, summary: String = "",
        message: String? = nil, parts: [Part] = [], differences: [Difference] = [],
        items: [Item] = [], reads: [ResourceQuery] = [], atMilliseconds: Int64 = 0,
        evidence: [String] = []
    ) {
        self.form = form
        self.place = place
        self.expression = expression
        self.summary = summary
        self.message = message
        self.parts = parts
        self.differences = differences
        self.items = items
        self.reads = reads
        self.atMilliseconds = atMilliseconds
        self.evidence = evidence
    }
}
