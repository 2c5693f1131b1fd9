import Model
import Value

/// What holds for objects of all kinds.
extension Invariant {
    static let indexesAgree = Invariant(
        "indexes agree with the objects", because: "what is looked up is what is there"
    ) { world in
        world.cluster.inconsistencies().map { Violation(object: "store", finding: $0) }
    }

    static let statusIsCurrent = Invariant(
        "controllers have seen the latest generation",
        because: "each controller writes observedGeneration at the end of its round"
    ) { world in
        let kinds = world.cluster.api.kinds.all.filter(\.reportsObservedGeneration)
        return kinds.flatMap { info in
            world.objects(info.kind).compactMap {
                // A budget that cannot be counted stays unobserved (failSafe).
                $0.isDeleting || $0.observedGeneration >= $0.generation
                    || $0.conditions["DisruptionAllowed"]?.value.text(.reason) == "SyncFailed"
                    ? nil
                    : world.violation(
                        info.singular, $0,
                        "generation \($0.generation), observed \($0.observedGeneration)")
            }
        }
    }

    static let nothingTerminates = Invariant(
        "what was deleted is gone",
        because: "all finalizers of a cluster are taken off and living kubelets end their pods"
    ) { world in
        // A dead node's pods stay, and what they use or belong to.
        if world.pods.contains(where: { $0.isDeleting && world.isOnDeadNode($0) }) { return [] }
        return world.cluster.api.kinds.all.flatMap { info in
            world.objects(info.kind).compactMap {
                $0.isDeleting
                    ? world.violation(
                        info.singular, $0, "terminates still: \($0.metadata.finalizers)")
                    : nil
            }
        }
    }

    static let ownersExist = Invariant(
        "no object outlives its owners",
        because: "the garbage collector deletes an object none of whose owners exists"
    ) { world in
        let all = world.cluster.api.kinds.all
        var owners: Set<String> = []
        for info in all {
            for object in world.objects(info.kind) { owners.insert(object.uid) }
        }
        return all.flatMap { info in
            world.objects(info.kind).compactMap {
                let references = $0.metadata.ownerReferences
                // What still terminates is another invariant's.
                if $0.isDeleting { return nil }
                if references.isEmpty || references.contains(where: { owners.contains($0.uid) }) {
                    return nil
                }
                return world.violation(
                    info.singular, $0,
                    "its owner \(references[0].kindName)/\(references[0].name) is gone")
            }
        }
    }
}
