import Support
import Value

extension Validator {
    /// ValidatePodUpdate: images, the deadline, more tolerations; nothing else may change.
    mutating func podUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        for key in [Key.containers, .initContainers]
        where spec.list(key).count != old.list(key).count {
            add(
                .forbidden(
                    path.child(key),
                    key == .containers
                        ? "pod updates may not add or remove containers"
                        : "pod updates may not add or remove init containers"))
            return
        }
        deadline(spec[.activeDeadlineSeconds], old[.activeDeadlineSeconds], path)
        addedTolerations(spec.list(.tolerations), old.list(.tolerations), path)
        gates(spec.list(.schedulingGates), old.list(.schedulingGates), path)
        var munged = spec
        for key in [Key.containers, .initContainers] where !spec.list(key).isEmpty {
            munged[key] = .array(
                zip(spec.list(key), old.list(key)).map { new, before in
                    var container = new
                    container[.image] = before[.image]
                    return container
                })
        }
        for key in [Key.activeDeadlineSeconds, .tolerations, .schedulingGates] {
            munged[key] = old[key]
        }
        if !old.list(.schedulingGates).isEmpty {
            // Gated pods may narrow where they can run (KEP-3838).
            let selector = spec[.nodeSelector]
            if old[.nodeSelector].fields.contains(where: { selector[$0.key] != $0.value }) {
                add(
                    .invalid(
                        path.child("nodeSelector"), selector,
                        "only additions to spec.nodeSelector are allowed (no mutations or "
                            + "deletions)"))
            }
            munged[.nodeSelector] = old[.nodeSelector]
            munged[.affinity][.nodeAffinity] = old[.affinity][.nodeAffinity]
            if old[.affinity].isNull { munged[.affinity] = .null }
        }
        if old.int(.terminationGracePeriodSeconds) < 0,
            spec.int(.terminationGracePeriodSeconds) == 1
        {
            munged[.terminationGracePeriodSeconds] = old[.terminationGracePeriodSeconds]
        }
        guard munged != old else { return }
        let fields = [
            "`spec.containers[*].image`", "`spec.initContainers[*].image`",
            "`spec.activeDeadlineSeconds`",
            "`spec.tolerations` (only additions to existing tolerations)",
            "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously "
                + "negative)",
        ]
        add(
            .forbidden(
                path,
                "pod updates may not change fields other than \(fields.joined(separator: ","))\n"
                    + InternalForm.difference(old, munged, as: "PodSpec")))
    }

    private mutating func deadline(_ new: Value, _ old: Value, _ path: ErrorPath) {
        let place = path.child("activeDeadlineSeconds")
        if let before = old.int, let after = new.int, after > before {
            add(
                .invalid(
                    place, new, "must be less than or equal to previous value"))
        } else if !old.isNull, new.isNull {
            add(.invalid(place, new, "must not update from a positive integer to nil value"))
        }
    }

    /// ValidateOnlyAddedTolerations.
    private mutating func addedTolerations(_ new: [Value], _ old: [Value], _ path: ErrorPath) {
        func withoutSeconds(_ value: Value) -> Value {
            var value = value
            value[.tolerationSeconds] = .null
            return value
        }
        let kept = Set(new.map(withoutSeconds))
        for before in old.map(withoutSeconds) where !kept.contains(before) {
            add(
                .forbidden(
                    path.child("tolerations"),
                    "existing toleration can not be modified except its tolerationSeconds"))
            return
        }
    }

    private mutating func gates(_ new: [Value], _ old: [Value], _ path: ErrorPath) {
        for (index, gate) in new.enumerated() where !old.contains(gate) {
            add(
                .forbidden(
                    path.child("schedulingGates")[index].child("name"),
                    "only deletion is allowed, but found new scheduling gate '\(gate.text(.name))'")
            )
        }
    }
}
