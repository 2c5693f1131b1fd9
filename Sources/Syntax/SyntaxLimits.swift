/// Limits of the front end. Each is reported as a diagnostic when a script goes beyond it.
package struct SyntaxLimits: Sendable {
    /// The largest script, in bytes. Spans count in 32 bits, so this may not pass 2 GiB.
    package var sourceBytes = 8 << 20
    /// Blocks, brackets and interpolations inside one another. Bounds the parser's own stack.
    package var nesting = 150
    /// Levels of one expression's tree, such as the operators of `a + b + c`. Bounds the stack of
    /// everybody who walks the tree.
    package var expressionHeight = 400
    /// Words that one `{a,b}` or `{1..5}` stands for.
    package var choices = 10_000
    /// Diagnostics of one parse; the rest is only counted.
    package var diagnostics = 50

    package init() {}
}
