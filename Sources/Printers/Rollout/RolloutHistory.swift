import Model
import Support
import Value

/// What `kubectl rollout history` prints: the revisions of a workload, or the template of one.
/// Source: kubectl 1.36, polymorphichelpers/history.go.
package struct RolloutHistory: Sendable {
    private struct Revision {
        let number: Int
        let template: Value
        let changeCause: String
    }

    /// By number, without repetitions.
    private let revisions: [Revision]

    private static let changeCause = "kubernetes.io/change-cause"

    /// The history in the objects that keep it.
    package init(_ history: Rollout.History, in objects: [Value]) {
        switch history {
        case .replicaSets: self.init(replicaSets: objects)
        case .controllerRevisions: self.init(controllerRevisions: objects)
        }
    }

    /// The number of the revision that `object` keeps; nil where it keeps none.
    package static func number(of object: Value, _ history: Rollout.History) -> Int? {
        switch history {
        case .replicaSets: number(of: object)
        case .controllerRevisions: object[.revision].cellInt
        }
    }

    /// The history of a Deployment in its ReplicaSets.
    package init(replicaSets: [Value]) {
        self.init(
            replicaSets.compactMap { set in
                guard let number = Self.number(of: set) else { return nil }
                let cause = set.annotation(Self.changeCause).cellText
                var template = set[.spec][.template]
                if !cause.isEmpty {
                    template[.metadata][.annotations][Self.changeCause] = Value(cause)
                }
                return Revision(number: number, template: template, changeCause: cause)
            })
    }

    /// The revision that a ReplicaSet bears: 0 without the annotation (an adopted set that was never
    /// the newest), nil where it is no number.
    package static func number(of set: Value) -> Int? {
        let text = set.annotation("deployment.kubernetes.io/revision").cellText
        return text.isEmpty ? 0 : Int(text)
    }

    /// The history of a StatefulSet or DaemonSet in its ControllerRevisions.
    package init(controllerRevisions: [Value]) {
        self.init(
            controllerRevisions.map { revision in
                var template = revision[.data][.spec][.template]
                template["$patch"] = .null
                return Revision(
                    number: revision[.revision].cellInt, template: template,
                    changeCause: revision.annotation(Self.changeCause).cellText)
            })
    }

    private init(_ revisions: [Revision]) {
        var byNumber: [Int: Revision] = [:]
        for revision in revisions { byNumber[revision.number] = revision }
        self.revisions = byNumber.values.sorted { $0.number < $1.number }
    }

    /// Whether there is nothing to show.
    package var isEmpty: Bool { revisions.isEmpty }

    /// The numbers of the revisions, ascending.
    package var numbers: [Int] { revisions.map(\.number) }

    /// The output for `workload`: its name and a table of revisions and change causes. kubectl leaves
    /// a blank behind the name and an empty line at the end.
    package func print(of workload: Value) -> String {
        var text = "No rollout history found."
        if !isEmpty {
            let rows = revisions.map { revision in
                let cause = revision.changeCause
                return "\(revision.number)\t\(cause.isEmpty ? "<none>" : cause)\n"
            }
            text = TabWriter.align("REVISION\tCHANGE-CAUSE\n" + rows.joined())
        }
        return "\(Self.qualifiedName(workload)) \n\(text)\n"
    }

    /// The output of `--revision`: the pod template, with tabs as they are; nil when there is no such
    /// revision (kubectl: `error: unable to find the specified revision`).
    package func print(of workload: Value, revision number: Int) -> String? {
        if isEmpty {
            return "\(Self.qualifiedName(workload)) with revision #\(number)\n"
                + "No rollout history found.\n"
        }
        guard let revision = revisions.first(where: { $0.number == number }) else { return nil }
        return "\(Self.qualifiedName(workload)) with revision #\(number)\n"
            + Self.templateText(revision.template) + "\n"
    }

    /// The description of a pod template alone, with tabs instead of columns.
    package static func templateText(_ template: Value) -> String {
        var writer = DescriptionWriter()
        writer.podTemplate(template)
        return writer.unaligned
    }

    private static func qualifiedName(_ object: Value) -> String {
        "\(KindReference(of: object).qualifiedName)/\(object.objectName)"
    }
}
