import Model
import Support
import Value

/// A term of pod affinity or anti-affinity: pods of these namespaces with these labels, seen per
/// value of a node label.
struct PodTerm {
    /// Of the pods that are meant, besides those that ``namespaceSelector`` selects.
    private let namespaces: [String]
    private let namespaceSelector: LabelSelector
    private let selector: LabelSelector
    let topologyKey: Key

    init(_ value: Value, of namespace: String) {
        let names = value[.namespaces].elements.compactMap(\.string)
        let namespaceSelector = value[.namespaceSelector]
        namespaces = names.isEmpty && namespaceSelector.isNull ? [namespace] : names.sorted()
        // An absent selector selects nothing, an empty one everything.
        self.namespaceSelector = LabelSelector(namespaceSelector)
        selector = LabelSelector(value[.labelSelector])
        topologyKey = Key(value.text(.topologyKey))
    }

    /// "app=web in its kubernetes.io/hostname".
    var words: String { "\(selector.text) in its \(topologyKey.name)" }

    /// Whether pods with `needs` in a namespace with these labels are meant.
    func matches(_ needs: PodNeeds, _ namespaceLabels: Object) -> Bool {
        matches(namespace: needs.namespace, labels: needs.labels, namespaceLabels)
    }

    func matches(namespace: String, labels: Object, _ namespaceLabels: Object) -> Bool {
        (namespaces.contains(namespace) || namespaceSelector.matches(namespaceLabels))
            && selector.matches(labels)
    }

    /// The pods that are meant, with the namespaces that there are now.
    func selection(in view: View) -> PodSelection {
        PodSelection(
            namespaces: names(in: view), selector: selector, countsTerminating: true)
    }

    private func names(in view: View) -> [String]? {
        if namespaceSelector.isEverything { return nil }
        if namespaceSelector.isNothing { return namespaces }
        let selected = view.list(.namespace).filter {
            namespaceSelector.matches($0.value[.metadata][.labels].fields)
        }
        return Set(namespaces + selected.map(\.name)).sorted()
    }
}

/// The terms of pod affinity and anti-affinity of a pod.
final class AffinityTerms: PodReading {
    /// Required affinity.
    let friends: [PodTerm]
    /// Required anti-affinity.
    let foes: [PodTerm]
    /// Preferred terms; those of anti-affinity have negative weights.
    let preferred: [(weight: Int, term: PodTerm)]

    convenience init(_ pod: PodNeeds) { self.init(pod.spec, of: pod.namespace) }

    init(_ spec: Value, of namespace: String) {
        let (near, far) = (spec[.affinity][.podAffinity], spec[.affinity][.podAntiAffinity])
        friends = Self.required(near, namespace)
        foes = Self.required(far, namespace)
        preferred =
            Self.preferred(near, namespace, sign: 1) + Self.preferred(far, namespace, sign: -1)
    }

    private static func required(_ affinity: Value, _ namespace: String) -> [PodTerm] {
        affinity[.requiredDuringSchedulingIgnoredDuringExecution].elements.map {
            PodTerm($0, of: namespace)
        }
    }

    private static func preferred(_ affinity: Value, _ namespace: String, sign: Int)
        -> [(weight: Int, term: PodTerm)]
    {
        affinity[.preferredDuringSchedulingIgnoredDuringExecution].elements.map {
            (sign * $0.int(.weight), PodTerm($0[.podAffinityTerm], of: namespace))
        }
    }
}

extension PodNeeds {
    var affinity: AffinityTerms { reading(AffinityTerms.self) }
}

// MARK: - Hints

extension InterPodAffinity {
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        event.isAboutNode ? nodeMayHelp(event, pod) : podMayHelp(event, pod)
    }

    private static func podMayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        if event.isAbout(pod) { return true }
        let (old, new) = (event.old.map(OtherPod.init), event.new.map(OtherPod.init))
        guard [old, new].allSatisfy({ $0?.isPlaced ?? true }) else { return false }
        let terms = pod.needs.affinity
        switch (old, new) {
        case (let old?, let new?):
            return !old.fits(terms.friends) && new.fits(terms.friends)
                || old.fits(terms.foes) && !new.fits(terms.foes)
        case (nil, let new?): return new.fits(terms.friends)
        case (let old?, nil): return old.fits(terms.foes) || old.keepsAway(pod.needs)
        case (nil, nil): return false
        }
    }

    /// A node with other domains may have room for what wants or avoids them.
    private static func nodeMayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        let terms = pod.needs.affinity
        guard let new = event.new?.value[.metadata][.labels].fields else { return false }
        guard let old = event.old?.value[.metadata][.labels].fields else {
            return !terms.foes.isEmpty
                || terms.friends.contains { new[$0.topologyKey].string != nil }
        }
        func changes(_ term: PodTerm, from: Object, to: Object) -> Bool {
            to[term.topologyKey].string != nil && from[term.topologyKey] != to[term.topologyKey]
        }
        return terms.friends.contains { changes($0, from: old, to: new) }
            || terms.foes.contains { changes($0, from: new, to: old) }
    }

    /// A pod that came, changed or went. As upstream, hints do not look at the labels of
    /// namespaces: a pod of a namespace that a term selects by labels wakes nobody.
    private struct OtherPod {
        private let object: StoredObject

        init(_ object: StoredObject) { self.object = object }

        var isPlaced: Bool { object.isPlacedOrNominated }

        func fits(_ terms: [PodTerm]) -> Bool {
            let labels = object.value[.metadata][.labels].fields
            return !terms.isEmpty
                && terms.allSatisfy {
                    $0.matches(namespace: object.namespace, labels: labels, Object())
                }
        }

        func keepsAway(_ other: PodNeeds) -> Bool {
            let foes = AffinityTerms(object.value[.spec], of: object.namespace).foes
            return !foes.isEmpty && foes.allSatisfy { $0.matches(other, Object()) }
        }
    }
}
