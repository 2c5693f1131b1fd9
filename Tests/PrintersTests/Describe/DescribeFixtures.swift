import Value

@testable import Printers

/// What `kubectl describe` prints for `object` beside `related` objects.
func description(of object: Value, related: [Value] = []) -> String {
    let context = DescribeContext(now: now) { kind, namespace in
        related.filter {
            KindReference(of: $0) == kind
                && (namespace.isEmpty || $0.objectNamespace == namespace)
        }
    }
    return Describer.describe(object, context: context)
}

/// An event about `object`, last seen `last` and first seen `first` seconds ago.
func event(
    about involved: Value, reason: String, message: String, type: String = "Normal",
    from component: String = "kubelet", last: Int64 = 10, first: Int64? = nil, count: Int = 1
) -> Value {
    let kind = involved["kind"].cellText
    return object(
        "v1", "Event", "\(involved.objectName).\(reason)",
        namespace: involved.objectNamespace.isEmpty ? "default" : involved.objectNamespace,
        """
        "type": "\(type)", "reason": "\(reason)", "message": "\(message)", "count": \(count),
        "source": {"component": "\(component)"}, "lastTimestamp": "\(ago(last))",
        "firstTimestamp": "\(ago(first ?? last))",
        "involvedObject": {"kind": "\(kind)", "name": "\(involved.objectName)",
         "namespace": "\(involved.objectNamespace)", "uid": "uid-of-\(involved.objectName)"}
        """)
}

/// `text` without blanks at the ends of lines, which editors would take away from goldens.
func withoutTrailingBlanks(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }
        .joined(separator: "\n")
}
