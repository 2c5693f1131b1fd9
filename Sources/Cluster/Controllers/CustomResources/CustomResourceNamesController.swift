import Model
import Support
import Value

/// Accepts the names that a CustomResourceDefinition asks for, and establishes it then.
///
/// Source: apiextensions-apiserver's NamingConditionController and EstablishingController. A name belongs
/// to whoever had it accepted first within its group; when it is given up, the others of the group are
/// looked at again.
final class CustomResourceNamesController: Controller {
    init() { super.init(name: "crd-naming-controller", workers: 1) }

    override func start() { watch(.customResourceDefinition) }

    override func observe(_ change: Change) {
        let definition = change.object
        if change.type != .deleted { enqueue(definition) }
        let names = definition.value[.status]["acceptedNames"]
        guard change.type == .deleted || change.old?.value[.status]["acceptedNames"] != names else {
            return
        }
        enqueueOthers(of: definition)
    }

    private func enqueueOthers(of definition: StoredObject) {
        let group = definition.value[.spec][.group]
        for other in view.list(.customResourceDefinition)
        where other.key != definition.key && other.value[.spec][.group] == group { enqueue(other) }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let definition = view.get(.customResourceDefinition, key) else { return }
        let (names, status) = (definition.value[.spec][.names], definition.value[.status])
        if names == status["acceptedNames"] { return try establish(definition) }
        let decision = decide(names, definition)
        let known = status.conditions["NamesAccepted"]
        if decision.accepted == status["acceptedNames"], let known,
            known.status == decision.condition.status,
            known.reason == decision.condition.reason,
            known.message == decision.condition.message
        {
            return
        }
        let time = api.timestamp
        try send { [unowned self] () throws(APIError) in
            try api.modifyStatus(definition) { status in
                status["acceptedNames"] = decision.accepted
                status.conditions.set(decision.condition, transition: time)
                let established = status.conditions["Established"]
                if established?.status != "True", decision.condition.status == "True" {
                    status.conditions.set(
                        Condition(
                            type: "Established", status: "False", reason: "Installing",
                            message: "the initial names have been accepted"),
                        transition: time)
                } else if established == nil {
                    status.conditions.set(
                        Condition(
                            type: "Established", status: "False", reason: "NotAccepted",
                            message: "not all names are accepted"),
                        transition: time)
                }
            }
        }
    }

    private func establish(_ definition: StoredObject) throws(APIError) {
        let conditions = definition.value[.status].conditions
        guard conditions.isTrue("NamesAccepted"), !conditions.isTrue("Established") else { return }
        let time = api.timestamp
        try send { [unowned self] () throws(APIError) in
            try api.modifyStatus(definition) { status in
                status.conditions.set(
                    Condition(
                        type: "Established", status: "True", reason: "InitialNamesAccepted",
                        message: "the initial names have been accepted"),
                    transition: time)
            }
        }
    }

    // MARK: Names

    /// The names that can be accepted, and what is to be said of the others.
    private func decide(
        _ wanted: Value, _ definition: StoredObject
    ) -> (accepted: Value, condition: Condition) {
        let old = definition.value[.status]["acceptedNames"]
        let (resources, kinds) = takenNames(in: definition.value[.spec][.group])
        var accepted = old
        var conflict: (reason: String, message: String)?
        func check(_ field: Key, _ reason: String, _ taken: Set<String>) {
            let name = wanted.text(field)
            if name != old.text(field), taken.contains(name) {
                conflict = (reason, Self.inUse(name))
            } else {
                accepted[field] = wanted[field]
            }
        }
        check("plural", "PluralConflict", resources)
        check("singular", "SingularConflict", resources)
        let own = old["shortNames"].elements
        let clashes = wanted["shortNames"].elements.filter { name in
            !own.contains(name) && resources.contains(name.string ?? "")
        }.map { Self.inUse($0.string ?? "") }
        if clashes.isEmpty {
            accepted["shortNames"] = wanted["shortNames"]
        } else {
            let text = clashes.count == 1 ? clashes[0] : "[\(clashes.joined(separator: ", "))]"
            conflict = ("ShortNamesConflict", text)
        }
        check(.kind, "KindConflict", kinds)
        check("listKind", "ListKindConflict", kinds)
        accepted["categories"] = wanted["categories"]
        let condition = conflict.map {
            Condition(
                type: "NamesAccepted", status: "False", reason: $0.reason, message: $0.message)
        }
        return (
            Value(fields: accepted, inOrderOf: wanted),
            condition
                ?? Condition(
                    type: "NamesAccepted", status: "True", reason: "NoConflicts",
                    message: "no conflicts found")
        )
    }

    private static func inUse(_ name: String) -> String {
        "\"\(name)\" is already in use"
    }

    /// The names that definitions of a group have accepted: those of resources, those of kinds.
    private func takenNames(in group: Value) -> (resources: Set<String>, kinds: Set<String>) {
        var (resources, kinds): (Set<String>, Set<String>) = ([], [])
        for other in view.list(.customResourceDefinition)
        where other.value[.spec][.group] == group {
            let names = other.value[.status]["acceptedNames"]
            resources.formUnion([names.text("plural"), names.text("singular")])
            resources.formUnion(names["shortNames"].elements.compactMap(\.string))
            kinds.formUnion([names.text(.kind), names.text("listKind")])
        }
        return (resources, kinds)
    }
}

extension Value {
    /// `object` with its fields in the order that `model` has them.
    fileprivate init(fields object: Value, inOrderOf model: Value) {
        var result = Object()
        for field in model.fields where !object[field.key].isNull {
            result.set(field.key, to: object[field.key])
        }
        for field in object.fields where !result.contains(field.key) {
            result.set(field.key, to: field.value)
        }
        self = .object(result)
    }
}
