/// Something that a learner was not let do.
package struct Refusal: Sendable, Equatable {
    /// The rule of the exercise; nil for what no answer may do.
    package let rule: Int?
    /// `delete poddisruptionbudget/web`, `seed`.
    package let what: String
    /// What was typed.
    package let statement: String
}
