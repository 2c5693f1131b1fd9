import Support
import Value

/// Which fields of a kind can be selected by, and their text in an object.
///
/// Source: AddFieldLabelConversionFunc of each API group and SelectableFields of each registry.
package enum SelectableFields {
    /// Checks that every field of `selector` can be selected by for `kind`; answers the API server's
    /// words for the first that cannot.
    package static func check(_ selector: FieldSelector, kind: KindDescriptor) -> SelectorError? {
        let names = fields(of: kind)
        for requirement in selector.requirements where !names.contains(requirement.field) {
            return SelectorError(message(requirement.field, kind: kind))
        }
        return nil
    }

    /// Whether `object` fulfils the selector, which must have passed ``check(_:kind:)``.
    package static func matches(_ selector: FieldSelector, _ object: Value) -> Bool {
        for requirement in selector.requirements {
            let text = text(of: requirement.field, in: object)
            if (text == requirement.value) != requirement.isEqual { return false }
        }
        return true
    }

    /// The names of the fields that can be selected by, in the order of messages and completion.
    package static func fields(of kind: KindDescriptor) -> [String] {
        let common = ["metadata.name", "metadata.namespace"]
        switch kind.kind {
        case .pod:
            return common + [
                "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
                "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP",
                "status.podIPs", "status.nominatedNodeName",
            ]
        case .node: return ["metadata.name", "spec.unschedulable"]
        case .namespace: return ["metadata.name", "status.phase"]
        case .replicationController: return common + ["status.replicas"]
        case .secret: return common + ["type"]
        case .service: return common + ["spec.clusterIP", "spec.type"]
        case .job: return common + ["status.successful"]
        case .event:
            return common + [
                "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
                "involvedObject.uid", "involvedObject.apiVersion",
                "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                "reportingComponent", "source", "type",
            ]
        default: return common
        }
    }

    private static func message(_ field: String, kind: KindDescriptor) -> String {
        switch kind.kind {
        case .pod, .node, .namespace, .replicationController, .secret, .service, .event:
            return "field label not supported: \(field)"
        case .job: return "field label \"\(field)\" not supported for batchv1.Job"
        default:
            return "\"\(field)\" is not a known field selector: only \"metadata.name\", "
                + "\"metadata.namespace\""
        }
    }

    private static func text(of field: String, in object: Value) -> String {
        switch field {
        case "spec.hostNetwork", "spec.unschedulable":
            return walk(field, object).bool == true ? "true" : "false"
        case "status.successful": return String(object[.status].int(.succeeded))
        case "status.replicas": return String(object[.status].int(.replicas))
        case "status.podIPs": return object[.status].text(.podIP)
        case "source":
            let component = object[.source].text(.component)
            return component.isEmpty ? object.text(.reportingComponent) : component
        default: return walk(field, object).string ?? ""
        }
    }

    private static func walk(_ path: String, _ object: Value) -> Value {
        path.split(separator: ".").reduce(object) { $0[Key(String($1))] }
    }
}
