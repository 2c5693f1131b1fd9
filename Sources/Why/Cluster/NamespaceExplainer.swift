import API
import Cluster
import Model
import Support
import Value

/// A namespace that nobody deletes.
enum NamespaceExplainer: Explainer {
    static let kinds = [Kind.namespace]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        Finding(
            inquiry.name(object), "is active", since: inquiry.created(object), state: .fine)
    }
}

/// A namespace that is being deleted: what is left in it, and what holds that.
struct NamespaceLeaving {
    private let object: StoredObject
    private let inquiry: Inquiry

    init(_ object: StoredObject, _ inquiry: Inquiry) {
        self.object = object
        self.inquiry = inquiry
    }

    func explain() -> Finding {
        var finding = Finding(
            inquiry.name(object), "is being deleted",
            since: inquiry.time(object.value[.metadata][.deletionTimestamp]), state: .waiting)
        let left = remaining
        let counts = left.map { inquiry.count($0.objects.count, $0.info.kind) }
        let held = left.flatMap(\.objects).filter {
            !ObjectMeta($0.value[.metadata]).finalizers.isEmpty
        }
        if left.isEmpty {
            let own = ObjectMeta(object.value[.metadata]).finalizers
            let spec = object.value[.spec][.finalizers].elements.compactMap(\.string).filter {
                $0 != "kubernetes"
            }
            let foreign = own + spec
            guard !foreign.isEmpty else {
                finding.detail = "it is empty, and goes in a moment"
                return finding
            }
            finding.state = .stuck
            finding.detail = "it is empty, and held by \(foreign.joined(separator: ", "))"
            if !own.isEmpty {
                finding.hints = [
                    Finding.Hint(
                        "patch namespace \(object.name) --type=merge -p "
                            + "'{\"metadata\":{\"finalizers\":null}}'",
                        "lets it go without whatever the finalizer was for")
                ]
            }
            return finding
        }
        finding.detail = "\(inquiry.list(counts, most: 5)) left in it"
        finding.because = inquiry.troubles(held.isEmpty ? going(left) : held)
        if finding.because.contains(where: { $0.state == .stuck }) { finding.state = .stuck }
        if let asked = Leaving.asked(object, inquiry) { finding.because.append(asked) }
        return finding
    }

    private func going(_ left: [(info: KindDescriptor, objects: [StoredObject])]) -> [StoredObject]
    {
        left.flatMap(\.objects).filter(\.isDeleting)
    }

    /// What is left by kind, apart from what goes with it at the end.
    private var remaining: [(info: KindDescriptor, objects: [StoredObject])] {
        inquiry.kinds.all.compactMap { info in
            guard info.isNamespaced, info.kind != .event, info.kind == info.storedKind else {
                return nil
            }
            let objects = inquiry.state.list(info.kind, namespace: object.name)
            return objects.isEmpty ? nil : (info, objects)
        }
    }
}
