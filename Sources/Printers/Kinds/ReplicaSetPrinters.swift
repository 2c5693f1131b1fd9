import Support
import Value

extension KindPrinter {
    static let replicaSet = KindPrinter(table: .replicaSet, description: .replicaSet)
    static let replicationController = KindPrinter(
        table: .replicationController, description: .replicationController)
}

extension Table {
    static let replicaSet = Table(
        .name,
        .int("DESIRED") { $0[.spec][.replicas] },
        .int("CURRENT") { $0[.status][.replicas] },
        .int("READY") { $0[.status][.readyReplicas] },
        .age,
        .containers,
        .images,
        .selector)

    static let replicationController = Table(
        .name,
        .int("DESIRED") { $0[.spec][.replicas] },
        .int("CURRENT") { $0[.status][.replicas] },
        .int("READY") { $0[.status][.readyReplicas] },
        .age,
        .containers,
        .images,
        .wide("SELECTOR") { object, _ in labelsText(object[.spec][.selector]) })
}

extension Description {
    static let replicaSet = Description { set, context, writer in
        writer.heading(set)
        writer.line(0, "Selector:\t\(selectorTextOrNone(set[.spec][.selector]))")
        writer.labelsAndAnnotations(set)
        writer.controlledBy(set)
        writer.replicas(of: set, context)
    }

    static let replicationController = Description { controller, context, writer in
        writer.heading(controller)
        writer.line(0, "Selector:\t\(labelsText(controller[.spec][.selector]))")
        writer.labelsAndAnnotations(controller)
        writer.replicas(of: controller, context)
    }
}

extension DescriptionWriter {
    /// Replicas, pods, template and conditions of a ReplicaSet or ReplicationController.
    fileprivate mutating func replicas(of set: Value, _ context: DescribeContext) {
        line(
            0,
            "Replicas:\t\(set[.status][.replicas].cellInt) current"
                + " / \(set[.spec][.replicas].cellInt) desired")
        line(0, "Pods Status:\t\(context.podPhases(of: set).text)")
        podTemplate(set[.spec][.template])
        conditionReasons(set[.status][.conditions])
    }
}
