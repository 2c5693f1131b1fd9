import Support
import Value

extension Validation {
    /// Checks a pod whose ephemeral containers are written (ValidatePodEphemeralContainersUpdate).
    package static func ephemeralContainers(
        _ object: Value, from old: Value, kind: KindDescriptor
    ) -> [FieldError] {
        var validator = Validator()
        validator.objectMetaUpdate(object[.metadata], old[.metadata], kind)
        kind.rules.object(&validator, object)
        validator.ephemeralContainers(object[.spec], old[.spec])
        return validator.errors
    }

    /// Checks a pod whose resources are written (ValidatePodResize).
    package static func resize(
        _ object: Value, from old: Value, kind: KindDescriptor
    ) -> [FieldError] {
        var validator = Validator()
        validator.objectMetaUpdate(object[.metadata], old[.metadata], kind)
        kind.rules.object(&validator, object)
        validator.resize(object, old)
        return validator.errors
    }
}

extension Validator {
    /// Ephemeral containers are added; none is changed or removed.
    fileprivate mutating func ephemeralContainers(_ spec: Value, _ old: Value) {
        let path = ErrorPath("spec").child("ephemeralContainers")
        let new = spec.list(.ephemeralContainers)
        for before in old.list(.ephemeralContainers) {
            let name = before.text(.name)
            guard let after = new.last(where: { $0.text(.name) == name }) else {
                add(
                    .forbidden(
                        path,
                        "existing ephemeral containers \(GoSyntax.quote(name)) may not be removed\n"
                    ))
                continue
            }
            guard after != before else { continue }
            add(
                .forbidden(
                    path,
                    "existing ephemeral containers \(GoSyntax.quote(name)) may not be changed\n"
                        + InternalForm.difference(before, after, as: "EphemeralContainer")))
        }
    }

    /// Cpu and memory may change, and neither may go; the quality of service stays.
    fileprivate mutating func resize(_ object: Value, _ old: Value) {
        let path = ErrorPath("spec")
        let (spec, before) = (object[.spec], old[.spec])
        if PodSpecView(spec).qosClass != PodSpecView(before).qosClass {
            add(
                .invalid(
                    path, object[.status][.qosClass],
                    "Pod QOS Class may not change as a result of resizing"))
        }
        podLevel(spec[.resources], before[.resources], path)
        guard hasSameContainers(spec, before, path) else { return }
        for list in [Key.initContainers, .containers] {
            for (index, pair) in zip(before.list(list), spec.list(list)).enumerated() {
                containerResize(pair.1, pair.0, path.child(list)[index].child("resources"))
            }
        }
        onlyAmounts(spec, before, path)
    }

    /// validatePodLevelResourcesResize.
    private mutating func podLevel(_ new: Value, _ old: Value, _ path: ErrorPath) {
        let isSet = { (value: Value) in
            value.map(.requests).count + value.map(.limits).count > 0
        }
        guard isSet(new) || isSet(old) else { return }
        let place = path.child("resources")
        if !old.isNull, new.isNull {
            add(.forbidden(place, "pod-level resources cannot be removed"))
            return
        }
        for (key, word) in [(Key.requests, "requests"), (.limits, "limits")]
        where Self.isRemoved(new.map(key), old.map(key)) {
            add(
                .forbidden(
                    place.child(word), "pod-level resource \(word) cannot be removed"))
        }
        if Self.withoutAmounts(new, old) != Self.withoutAmounts(old, old) {
            add(.forbidden(path, "only cpu and memory resources are mutable at pod-level"))
        }
    }

    /// validatePodResizeContainerOrdering.
    private mutating func hasSameContainers(
        _ spec: Value, _ old: Value, _ path: ErrorPath
    ) -> Bool {
        let count = errors.count
        for (key, word) in [(Key.containers, "containers"), (.initContainers, "initContainers")] {
            let (new, before) = (spec.list(key), old.list(key))
            guard new.count == before.count else {
                add(
                    .forbidden(
                        path.child(word), "\(word) may not be added or removed on resize"))
                continue
            }
            for index in new.indices where new[index].text(.name) != before[index].text(.name) {
                add(
                    .forbidden(
                        path.child(word)[index].child("name"),
                        "\(word) may not be renamed or reordered on resize"))
            }
        }
        return errors.count == count
    }

    /// validateContainerResize.
    private mutating func containerResize(_ new: Value, _ old: Value, _ path: ErrorPath) {
        let (after, before) = (new[.resources], old[.resources])
        if Self.isRemoved(after.map(.requests), before.map(.requests)) {
            add(.forbidden(path.child("requests"), "resource requests cannot be removed"))
        }
        if Self.isRemoved(after.map(.limits), before.map(.limits)) {
            add(.forbidden(path.child("limits"), "resource limits cannot be removed"))
        }
    }

    /// Nothing but cpu and memory is another than it was.
    private mutating func onlyAmounts(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        var munged = spec
        munged[.resources] = old[.resources]
        for list in [Key.containers, .initContainers] where !spec.list(list).isEmpty {
            munged[list] = .array(
                zip(spec.list(list), old.list(list)).map { new, before in
                    var container = new
                    container[.resources] = Self.withoutAmounts(new[.resources], before[.resources])
                    return container
                })
        }
        let plain = { (container: Value) in
            var container = container
            container[.resources] = Self.withoutAmounts(
                container[.resources], container[.resources])
            return container
        }
        for (index, container) in munged.list(.containers).enumerated()
        where container != plain(old.list(.containers)[index]) {
            add(.forbidden(path, "only cpu and memory resources are mutable"))
        }
        for (index, container) in munged.list(.initContainers).enumerated() {
            let (place, before) = (
                path.child("initContainers")[index], old.list(.initContainers)[index]
            )
            if container != plain(before) {
                add(
                    .forbidden(
                        place,
                        "only cpu and memory resources for init or sidecar containers are mutable"))
            }
            let policies = container.list(.resizePolicy).map { $0.text(.restartPolicy) }
            if spec.list(.initContainers)[index] != before,
                container.text(.restartPolicy) != "Always", policies.contains("RestartContainer")
            {
                add(
                    .forbidden(
                        place,
                        "non-sidecar init containers with a resize policy of RestartContainer cannot be "
                            + "resized"))
            }
        }
    }

    /// Resources with the amounts of cpu and memory that `old` has, and no claims to compare.
    private static func withoutAmounts(_ resources: Value, _ old: Value) -> Value {
        var result: Value = [:]
        for key in [Key.limits, .requests] {
            var amounts = resources.map(key)
            let before = old.map(key)
            for name in [Key.cpu, .memory] {
                amounts.removeValue(forKey: name)
                if before.contains(name) { amounts.set(name, to: before[name]) }
            }
            result[key] = .object(sorted(amounts))
        }
        return result
    }

    private static func sorted(_ object: Object) -> Object {
        var result = Object()
        for field in object.sortedByName { result.append(field.key, field.value) }
        return result
    }

    /// Whether an amount that was given is given no more.
    private static func isRemoved(_ new: Object, _ old: Object) -> Bool {
        old.contains { !new.contains($0.key) }
    }
}
