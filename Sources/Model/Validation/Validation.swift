import Support
import Value

/// What the API server refuses, with upstream's words in field.Error form.
///
/// The objects must have been decoded and defaulted. Errors come in upstream's order; an empty list
/// means that the object is valid. Kinds registered at run time are held to the rules of metadata.
///
/// Source: pkg/apis/*/validation and the strategies of pkg/registry, 1.32.
package enum Validation {
    /// Checks a new object.
    package static func create(_ object: Value, kind: KindDescriptor) -> [FieldError] {
        var validator = Validator()
        validator.objectMeta(object[.metadata], kind)
        validator.body(object, kind.kind)
        return validator.errors
    }

    /// Checks a new version of `old`.
    package static func update(_ object: Value, from old: Value, kind: KindDescriptor)
        -> [FieldError]
    {
        var validator = Validator()
        validator.objectMetaUpdate(object[.metadata], old[.metadata])
        validator.body(object, kind.kind)
        validator.change(object, old, kind.kind)
        return validator.errors
    }
}

/// Collects errors; the rules are its methods, one extension per group of kinds.
struct Validator {
    var errors: [FieldError] = []

    mutating func add(_ error: FieldError) { errors.append(error) }

    /// Dispatches to the rules of a kind beyond its metadata.
    mutating func body(_ object: Value, _ kind: Kind) {
        let spec = object[.spec]
        let path = ErrorPath("spec")
        switch kind {
        case .pod:
            podAnnotations(
                object[.metadata][.annotations], ErrorPath("metadata").child("annotations"))
            podSpec(spec, path, isTemplate: false)
        case .podTemplate: podTemplate(object[.template], ErrorPath("template"))
        case .deployment: deploymentSpec(spec, path)
        case .replicaSet: replicaSetSpec(spec, path)
        case .replicationController: replicationControllerSpec(spec, path)
        case .statefulSet: statefulSetSpec(spec, path)
        case .daemonSet: daemonSetSpec(spec, path)
        case .job: jobSpec(spec, path)
        case .cronJob: cronJob(object)
        case .horizontalPodAutoscaler: horizontalPodAutoscaler(spec, path)
        case .podDisruptionBudget: podDisruptionBudget(spec, path)
        case .service: service(object)
        case .ingress: ingressSpec(spec, path)
        default: clusterBody(object, kind)
        }
    }

    private mutating func clusterBody(_ object: Value, _ kind: Kind) {
        let path = ErrorPath("spec")
        switch kind {
        case .persistentVolume: persistentVolumeSpec(object[.spec], path)
        case .persistentVolumeClaim: claimSpec(object[.spec], path)
        case .storageClass: storageClass(object)
        case .configMap: configMap(object)
        case .secret: secret(object)
        case .node: node(object)
        case .priorityClass: priorityClass(object)
        case .limitRange: limitRange(object[.spec], path)
        case .resourceQuota: resourceQuota(object[.spec], path)
        case .role, .clusterRole: role(object)
        case .roleBinding, .clusterRoleBinding: roleBinding(object)
        case .networkPolicy: networkPolicy(object[.spec], path)
        case .endpoints: endpoints(object)
        case .endpointSlice: endpointSlice(object)
        default: break
        }
    }

    /// Dispatches to the rules about what may change.
    mutating func change(_ object: Value, _ old: Value, _ kind: Kind) {
        switch kind {
        case .pod:
            podUpdate(object[.spec], old[.spec], ErrorPath("spec"))
            // A cost that was wrong before may stay.
            let annotations = object[.metadata][.annotations]
            if hasDeletionCost(old[.metadata][.annotations]) {
                podAnnotations(annotations, ErrorPath("metadata").child("annotations"))
            }
        case .deployment, .replicaSet, .daemonSet:
            immutableSelector(object[.spec], old[.spec])
        case .statefulSet: statefulSetUpdate(object[.spec], old[.spec], ErrorPath("spec"))
        case .job: jobUpdate(object, old, ErrorPath("spec"))
        case .service: serviceUpdate(object[.spec], old[.spec], ErrorPath("spec"))
        case .endpointSlice: endpointSliceUpdate(object, old)
        case .persistentVolume: persistentVolumeUpdate(object[.spec], old[.spec])
        case .persistentVolumeClaim: claimUpdate(object, old, ErrorPath("spec"))
        case .storageClass: storageClassUpdate(object, old)
        case .configMap: immutableData(object, old, isSecret: false)
        case .secret: immutableData(object, old, isSecret: true)
        case .priorityClass: priorityClassUpdate(object, old)
        case .roleBinding, .clusterRoleBinding:
            if object["roleRef"] != old["roleRef"] {
                add(.invalid(ErrorPath("roleRef"), object["roleRef"], "cannot change roleRef"))
            }
        default: break
        }
    }
}

// MARK: - Rules that many share

extension Validator {
    mutating func nonnegative(_ value: Value, _ path: ErrorPath) {
        if let number = value.int, number < 0 {
            add(.invalid(path, value, "must be greater than or equal to 0"))
        }
    }

    mutating func messages(_ messages: [String], _ text: String, _ path: ErrorPath) {
        for message in messages { add(.invalid(path, Value(text), message)) }
    }

    /// One of `supported`; upstream says "Required value" where it is absent.
    mutating func oneOf(_ value: Value, _ supported: [String], _ path: ErrorPath) {
        guard let text = value.string, !text.isEmpty else {
            add(.required(path))
            return
        }
        if !supported.contains(text) { add(.notSupported(path, value, supported)) }
    }

    /// As ``oneOf(_:_:_:)``, but absence is allowed.
    mutating func optionalOneOf(_ value: Value, _ supported: [String], _ path: ErrorPath) {
        if !value.isNull { oneOf(value, supported, path) }
    }

    mutating func immutable(_ new: Value, _ old: Value, _ path: ErrorPath) {
        if new != old { add(.invalid(path, new, "field is immutable")) }
    }

    /// ValidatePositiveIntOrPercent.
    mutating func intOrPercent(_ value: Value, _ path: ErrorPath) {
        if let text = value.string {
            for message in NameRules.percent(text) {
                add(.invalid(path, go: GoSyntax.intOrString(value), message))
            }
        } else {
            nonnegative(value, path)
        }
    }

    /// IsNotMoreThan100Percent.
    mutating func atMost100Percent(_ value: Value, _ path: ErrorPath) {
        if let text = value.string, let percent = IntOrPercent.percent(text), percent > 100 {
            add(
                .invalid(
                    path, go: GoSyntax.intOrString(value), "must not be greater than 100%"))
        }
    }

    /// ValidatePortNumOrName.
    mutating func portNumberOrName(_ value: Value, _ path: ErrorPath) {
        if let text = value.string {
            messages(NameRules.portName(text), text, path)
        } else {
            for message in NameRules.portNumber(value.int ?? 0) {
                add(.invalid(path, Value(value.int ?? 0), message))
            }
        }
    }

    /// ValidateNonnegativeQuantity.
    mutating func nonnegativeQuantity(_ value: Value, _ path: ErrorPath) {
        if let amount = Quantity(value), amount < .zero {
            add(.invalid(path, Value(amount.text), "must be greater than or equal to 0"))
        }
    }
}
