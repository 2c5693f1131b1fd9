import Support
import Value

extension KindDescriptor {
    /// How important pods are.
    static func priorityClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PriorityClass", plural: "priorityclasses", shortNames: ["pc"],
            group: "scheduling.k8s.io", isNamespaced: false, hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.priorityClass,
                object: { $0.priorityClass($1) }, change: { $0.priorityClassUpdate($1, $2) }),
            texts: .priorityClass)
    }
}

extension Defaults {
    /// SetDefaults_PriorityClass, and the number that Go cannot omit.
    static func priorityClass(_ value: inout Value) {
        value.fill(.value, 0)
        value.fill(.preemptionPolicy, "PreemptLowerPriority")
    }
}

extension Validator {
    /// ValidatePriorityClass.
    mutating func priorityClass(_ object: Value) {
        let name = object[.metadata].text(.name)
        let system = [
            "system-node-critical": 2_000_001_000, "system-cluster-critical": 2_000_000_000,
        ]
        if name.hasPrefix("system-") {
            let problem: String? =
                if let value = system[name] {
                    if object.int(.value) != value {
                        "value of \(name) PriorityClass must be \(value)"
                    } else if object.flag(.globalDefault) {
                        "globalDefault of \(name) PriorityClass must be false"
                    } else {
                        nil
                    }
                } else {
                    "\(name) is not a known system priority class"
                }
            if let problem {
                add(
                    .forbidden(
                        ErrorPath("metadata").child("name"),
                        "priority class names with 'system-' prefix are reserved for system use "
                            + "only. error: " + problem))
            }
        } else if object.int(.value) > 1_000_000_000 {
            add(
                .forbidden(
                    ErrorPath("value"),
                    "maximum allowed value of a user defined priority is 1000000000"))
        }
        optionalOneOf(
            object[.preemptionPolicy], ["PreemptLowerPriority", "Never"],
            ErrorPath("preemptionPolicy"))
    }

    /// ValidatePriorityClassUpdate.
    mutating func priorityClassUpdate(_ object: Value, _ old: Value) {
        if object[.value] != old[.value] {
            add(.forbidden(ErrorPath("value"), "may not be changed in an update."))
        }
        immutable(
            object[.preemptionPolicy], old[.preemptionPolicy], ErrorPath("preemptionPolicy"))
    }
}

extension KindTexts {
    static let priorityClass = KindTexts(
        summaries: #"""
            scheduling.v1.PriorityClass.globalDefault Whether pods without a class get this one;
             false where none is given.
            scheduling.v1.PriorityClass.preemptionPolicy Whether its pods may displace others;
             PreemptLowerPriority where none is given.
            scheduling.v1.PriorityClass.value The priority; higher is preferred; up to 1000000000
             (system classes have more).
            """#,
        values: #"""
            scheduling.v1.PriorityClass.preemptionPolicy Never PreemptLowerPriority
            """#)
}
