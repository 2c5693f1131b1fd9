import Model
import Support
import Value

/// What the downward API tells a container of its own pod.
///
/// Source: kubelet's podFieldSelectorRuntimeValue; pkg/api/v1/resource's ExtractContainerResourceValue.
struct DownwardFields {
    let pod: Value
    /// The addresses of pod and node.
    let podAddresses: [String]
    let hostAddress: String
    /// What the node has to give: the limits of containers without any.
    let allocatable: Value

    /// The field at `path`: `metadata.name`, `metadata.labels['app']`, `status.podIP`; nil for one that
    /// pods do not tell.
    func field(_ path: String) -> String? {
        let metadata = pod[.metadata]
        switch path {
        case "metadata.name": return metadata.text(.name)
        case "metadata.namespace": return metadata.text(.namespace)
        case "metadata.uid": return metadata.text(.uid)
        case "metadata.labels": return Self.lines(metadata[.labels])
        case "metadata.annotations": return Self.lines(metadata[.annotations])
        case "spec.nodeName": return pod[.spec].text(.nodeName)
        case "spec.serviceAccountName": return pod[.spec].text(.serviceAccountName)
        case "status.hostIP", "status.hostIPs": return hostAddress
        case "status.podIP": return podAddresses.first ?? ""
        case "status.podIPs": return podAddresses.joined(separator: ",")
        default: break
        }
        for (list, key) in [
            ("metadata.labels", Key.labels), ("metadata.annotations", .annotations),
        ]
        where path.hasPrefix("\(list)['") && path.hasSuffix("']") {
            let name = path.dropFirst(list.utf8.count + 2).dropLast(2)
            return metadata[key][Key(String(name))].string ?? ""
        }
        return nil
    }

    /// `app="web"`, a line for each, sorted (fieldpath.FormatMap).
    private static func lines(_ map: Value) -> String {
        map.fields.map { ($0.key.name, $0.value.string ?? "") }.sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\(quoted($0.1))" }.joined(separator: "\n")
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(character)
            }
        }
        return result + "\""
    }

    /// The amount that `reference` asks for, of `container` or the one that it names: rounded up to whole
    /// divisors. `limits.cpu` of 250m with the divisor 1m: 250; without one: 1.
    func resource(_ reference: Value, container: Value) -> String? {
        var container = container
        if let name = reference[.containerName].string, name != container.text(.name) {
            container =
                (pod[.spec].list(.containers) + pod[.spec].list(.initContainers)).first {
                    $0.text(.name) == name
                } ?? container
        }
        let words = reference.text(.resource).split(separator: ".", maxSplits: 1).map(String.init)
        guard words.count == 2, words[0] == "limits" || words[0] == "requests" else { return nil }
        let resources = container[.resources]
        var amount = resources[Key(words[0])][Key(words[1])]
        if words[0] == "limits", amount.isNull { amount = allocatable[Key(words[1])] }
        let quantity = Quantity(amount) ?? Quantity(0 as Int64)
        var divisor = Quantity(reference[.divisor]) ?? Quantity(1 as Int64)
        if divisor.isZero { divisor = Quantity(1 as Int64) }
        let count = (quantity.nanos + divisor.nanos - 1) / divisor.nanos
        return String(Int64(count))
    }
}
