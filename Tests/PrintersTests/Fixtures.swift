import Testing
import Value

@testable import Printers

/// Ten minutes after the start of every scenario.
let now = Timestamp.zero + .milliseconds(600_000)

/// An object from JSON.
func object(_ json: String) -> Value {
    do {
        return try JSON.parse(json)
    } catch {
        Issue.record("\(error) in \(json)")
        return .null
    }
}

/// The RFC 3339 text of the instant `seconds` before ``now``.
func ago(_ seconds: Int64) -> String { (now - .milliseconds(seconds * 1000)).text }

/// An object with metadata around `fields`, which continue it: `"spec": {…}`.
func object(
    _ apiVersion: String, _ kind: String, _ name: String, namespace: String? = "default",
    age: Int64 = 300, metadata: String = "", _ fields: String = ""
) -> Value {
    let namespace = namespace.map { ", \"namespace\": \"\($0)\"" } ?? ""
    let metadata = metadata.isEmpty ? "" : ", \(metadata)"
    let fields = fields.isEmpty ? "" : ", \(fields)"
    return object(
        """
        {"apiVersion": "\(apiVersion)", "kind": "\(kind)", "metadata": {"name": "\(name)"\(namespace),
         "uid": "uid-of-\(name)", "creationTimestamp": "\(ago(age))"\(metadata)}\(fields)}
        """)
}

/// What `kubectl get` prints for `objects`.
func table(_ objects: Value..., options: TableOptions = TableOptions()) -> String {
    TablePrinter(options: options).print(objects, now: now)
}
