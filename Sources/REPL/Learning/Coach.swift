/// Who looks over the shoulder of somebody who types at a prompt: has words of its own and says how things stand.
package protocol Coach: AnyObject {
    /// What comes before the first prompt.
    func begin()

    /// Whether a line is a word of the coach's and no statement.
    func takes(_ line: String) -> Bool

    /// Carries out a word of its own.
    func perform(_ line: String)

    /// A statement is about to run: answers whether it may.
    func lets(_ statement: String) -> Bool

    /// A statement has run.
    func ran(_ statement: String)

    /// The input has ended.
    func leave()

    /// What stands in the prompt behind the time.
    var promptMark: String { get }

    /// Whether the prompt is over.
    var isDone: Bool { get }

    /// The words of its own, with what they are.
    var completions: [(name: String, detail: String)] { get }
}
