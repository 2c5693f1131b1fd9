import API
import Model
import Value

extension VerbContext {
    /// Lines that say in short why an object is not as one waits for it to be, to stand under an error,
    /// each with a newline before it; empty where nothing is wrong, and in recorded sessions.
    func whyNote(_ object: FoundObject) -> String {
        guard session.givesHints else { return "" }
        let question = WhyQuestion(
            .object(
                object.info.storedKind,
                ObjectKey(namespace: object.namespace, name: object.name)),
            namespace: namespace)
        guard let finding = (try? session.explain(question))?.first, !finding.isFine else {
            return ""
        }
        return WhyText.few(finding, now: clock.now).map { "\n  \($0)" }.joined()
    }
}
