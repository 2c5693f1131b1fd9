import Model
import Value

/// Says of each flow schema whether the priority level that it names exists.
/// Source: apiserver, util/flowcontrol (presyncFlowSchemaStatus).
final class FlowSchemaController: Controller, FreeRequester {
    /// The condition of a schema that names `level`.
    static func condition(_ level: String, exists: Bool) -> Condition {
        let start =
            "This FlowSchema references the PriorityLevelConfiguration object named "
            + "\"\(level)\""
        return exists
            ? Condition(
                type: "Dangling", status: "False", reason: "Found",
                message: "\(start) and it exists")
            : Condition(
                type: "Dangling", status: "True", reason: "NotFound",
                message: "\(start) but there is no such object")
    }

    init() { super.init(name: "priority-and-fairness-config-consumer", workers: 1) }

    override func start() {
        watch(.flowSchema)
        watch(.priorityLevelConfiguration)
    }

    override func observe(_ change: Change) {
        if change.kind == .flowSchema {
            if change.type != .deleted { enqueue(change.object) }
        } else if change.type != .modified {
            view.state.forEach(.flowSchema) { schema in
                let level = schema.value[.spec]["priorityLevelConfiguration"].text(.name)
                if level == change.object.name { enqueue(schema) }
            }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let schema = view.get(.flowSchema, key) else { return }
        let level = schema.value[.spec]["priorityLevelConfiguration"].text(.name)
        let condition = Self.condition(
            level, exists: view.get(.priorityLevelConfiguration, name: level) != nil)
        let known = schema.value[.status].conditions["Dangling"]
        if known?.status == condition.status, known?.message == condition.message { return }
        let time = api.timestamp
        try send { own throws(APIError) in
            try own.api.modifyStatus(schema) { $0.conditions.set(condition, transition: time) }
        }
    }
}
