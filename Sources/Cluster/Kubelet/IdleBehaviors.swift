import Model
import Support
import Value

extension SimulatedCluster {
    /// The rules of ``behaviors`` that were for no container: of no pod, be it that it never ran, and of
    /// no template. As far as the log of writes goes back.
    package var idleBehaviors: Set<BehaviorTable.RuleID> {
        var idle = behaviors.rules(without: concernedBehaviors)
        guard !idle.isEmpty else { return [] }
        eachContainer { object, name, image in
            idle.removeAll { rule in
                guard object.kind == .pod else {
                    return rule.pattern.matches(
                        templateOf: BehaviorPattern.Owner(
                            kind: api.kinds[object.kind].name, name: object.name),
                        container: name, image: image, namespace: object.namespace)
                }
                return rule.pattern.matches(
                    BehaviorSubject(
                        ObjectKey(namespace: object.namespace, name: object.name), container: name,
                        image: image, pod: object))
            }
            return !idle.isEmpty
        }
        return Set(idle.map(\.id))
    }

    /// The images of all containers, in the order in which they came to be.
    package var knownImages: [String] {
        var images: [String] = []
        eachContainer { _, _, image in
            if !images.contains(image) { images.append(image) }
            return images.count < 100
        }
        return images
    }

    /// Goes through the containers of all pods and templates in the log, until `body` answers false.
    private func eachContainer(
        _ body: (_ object: StoredObject, _ name: String, _ image: String) -> Bool
    ) {
        for change in log.changes(after: 0) {
            guard let path = api.kinds[change.kind].podSpecPath else { continue }
            let spec = change.object.value.value(at: path)
            for list in [Key.initContainers, .containers, .ephemeralContainers] {
                for container in spec.list(list) {
                    guard body(change.object, container.text(.name), container.text(.image)) else {
                        return
                    }
                }
            }
        }
    }
}
