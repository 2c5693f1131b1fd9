import Support
import Value

/// The defaults that the API server fills in when an object is decoded, as 1.32 does.
///
/// Our own functions, each named after its origin (`SetDefaults_X` of pkg/apis). Defaulting is
/// idempotent. What the registry adds on creation (names, addresses, initial status) is not here.
package enum Defaults {
    /// Fills in the defaults of `kind`, and the empty structs that Go cannot omit. The object must
    /// have been decoded.
    package static func apply(_ value: inout Value, kind: KindDescriptor) {
        // Go's structs are there before their defaults are set: an absent template has them too.
        GoZeroFields.fill(&value, kind: kind, stored: true)
        switch kind.kind {
        case .pod: pod(&value)
        case .podTemplate: template(&value)
        case .replicationController, .replicaSet, .deployment, .statefulSet, .daemonSet:
            workload(&value, kind.kind)
        case .job, .cronJob, .horizontalPodAutoscaler: batch(&value, kind.kind)
        case .service, .endpoints, .endpointSlice, .networkPolicy, .ingressClass:
            network(&value, kind.kind)
        case .persistentVolume, .persistentVolumeClaim, .storageClass: storage(&value, kind.kind)
        default: cluster(&value, kind.kind)
        }
    }

    private static func workload(_ value: inout Value, _ kind: Kind) {
        switch kind {
        case .replicationController: replicationController(&value)
        case .replicaSet: replicaSet(&value)
        case .deployment: deployment(&value)
        case .statefulSet: statefulSet(&value)
        default: daemonSet(&value)
        }
    }

    private static func batch(_ value: inout Value, _ kind: Kind) {
        switch kind {
        case .job: job(&value)
        case .cronJob: cronJob(&value)
        default: horizontalPodAutoscaler(&value)
        }
    }

    private static func network(_ value: inout Value, _ kind: Kind) {
        switch kind {
        case .service: service(&value)
        case .endpoints: endpoints(&value)
        case .endpointSlice: endpointSlice(&value)
        case .networkPolicy: networkPolicy(&value)
        default: ingressClass(&value)
        }
    }

    private static func storage(_ value: inout Value, _ kind: Kind) {
        switch kind {
        case .persistentVolume: persistentVolume(&value)
        case .persistentVolumeClaim: persistentVolumeClaim(&value)
        default: storageClass(&value)
        }
    }

    private static func cluster(_ value: inout Value, _ kind: Kind) {
        switch kind {
        case .namespace: namespace(&value)
        case .node: node(&value)
        case .limitRange: limitRange(&value)
        case .priorityClass: value.fill(.preemptionPolicy, "PreemptLowerPriority")
        case .secret: secret(&value)
        case .roleBinding, .clusterRoleBinding: roleBinding(&value)
        case .customResourceDefinition: customResourceDefinition(&value)
        default: break
        }
    }
}

extension Value {
    /// Sets a field that is absent.
    mutating func fill(_ key: Key, _ value: Value) {
        if self[key].isNull { self[key] = value }
    }

    /// Changes a field's value where the field is present.
    mutating func ifPresent(_ key: Key, _ body: (inout Value) -> Void) {
        if !self[key].isNull { body(&self[key]) }
    }

    /// Changes each element of a list field.
    mutating func forEach(_ key: Key, _ body: (inout Value) -> Void) {
        guard case .array(var values) = self[key], !values.isEmpty else { return }
        for index in values.indices { body(&values[index]) }
        self[key] = .array(values)
    }
}
