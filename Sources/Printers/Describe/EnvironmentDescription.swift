import Support
import Value

extension DescriptionWriter {
    /// ConfigMaps and Secrets whose entries become variables.
    mutating func environmentSources(_ sources: Value) {
        line(2, "Environment Variables from:")
        for source in sources.elements {
            let isConfigMap = !source[.configMapRef].isNull
            let reference = isConfigMap ? source[.configMapRef] : source[.secretRef]
            var from = isConfigMap ? "ConfigMap" : source[.secretRef].isNull ? "" : "Secret"
            let prefix = source[.prefix].cellText
            if !prefix.isEmpty { from += " with prefix '\(prefix)'" }
            line(
                3,
                "\(reference[.name].cellText)\t\(from)\tOptional: \(isOptional(reference))")
        }
    }

    /// The variables of a container; `pod` answers field references and is null in a template.
    mutating func environment(_ container: Value, _ pod: Value) {
        let variables = container[.env].elements
        line(2, "Environment:\(variables.isEmpty ? "\t<none>" : "")")
        for variable in variables {
            let name = variable[.name].cellText
            let source = variable[.valueFrom]
            if source.isNull {
                let parts = variable[.value].cellText
                    .split(separator: "\n", omittingEmptySubsequences: false)
                for (index, part) in parts.enumerated() {
                    line(3, index == 0 ? "\(name):\t\(part)" : "\t\(part)")
                }
            } else {
                line(3, "\(name):\t\(sourceText(source, container, pod))")
            }
        }
    }

    private func sourceText(_ source: Value, _ container: Value, _ pod: Value) -> String {
        let field = source[.fieldRef]
        let resource = source[.resourceFieldRef]
        let secret = source[.secretKeyRef]
        if !field.isNull {
            let path = field[.fieldPath].cellText
            let version = field[.apiVersion].cellText
            return "\(podFieldText(pod, path: path)) (\(version):\(path))"
        }
        if !resource.isNull {
            return "\(resourceFieldText(resource, container)) (\(resource[.resource].cellText))"
        }
        if !secret.isNull {
            return "<set to the key '\(secret[.key].cellText)' in secret"
                + " '\(secret[.name].cellText)'>\tOptional: \(isOptional(secret))"
        }
        let config = source[.configMapKeyRef]
        return "<set to the key '\(config[.key].cellText)' of config map"
            + " '\(config[.name].cellText)'>\tOptional: \(isOptional(config))"
    }

    private func isOptional(_ reference: Value) -> String {
        reference[.optional].bool == true ? "true" : "false"
    }
}

/// The metadata that a field reference names; "" for every other field, which kubectl leaves to the
/// kubelet (its client-side scheme converts no other labels of pods).
private func podFieldText(_ pod: Value, path: String) -> String {
    switch path {
    case "metadata.name": pod.objectName
    case "metadata.namespace": pod.objectNamespace
    default: ""
    }
}
