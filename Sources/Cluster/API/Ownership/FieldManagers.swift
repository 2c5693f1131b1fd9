import Model
import Support
import Synchronization
import Value

/// Who owns fields: a manager by its name, with how it writes them.
///
/// Source: apimachinery, util/managedfields (BuildManagerIdentifier). One that applies is the same
/// whatever version it applies in.
struct FieldManager: Hashable, Sendable {
    enum Operation: String, Sendable {
        case apply = "Apply"
        case update = "Update"
    }

    let name: String
    let operation: Operation
    /// Of one that updates; empty for one that applies.
    let apiVersion: String
    let subresource: String

    init(_ name: String, _ operation: Operation, _ apiVersion: String, _ subresource: String) {
        self.name = name.isEmpty ? "unknown" : name
        self.operation = operation
        self.apiVersion = operation == .apply ? "" : apiVersion
        self.subresource = subresource
    }

    /// As conflicts name it. Source: managedfields/internal/conflict.go (printManager).
    var description: String {
        var text = "\"\(name)\""
        if !subresource.isEmpty { text += " with subresource \"\(subresource)\"" }
        return operation == .update ? text + " using \(apiVersion)" : text
    }

    /// What conflicts are sorted by: the text that the server knows a manager by.
    var identifier: String {
        var text = "{\"manager\":\"\(name)\",\"operation\":\"\(operation.rawValue)\""
        if !apiVersion.isEmpty { text += ",\"apiVersion\":\"\(apiVersion)\"" }
        if !subresource.isEmpty { text += ",\"subresource\":\"\(subresource)\"" }
        return text + "}"
    }
}

/// What one manager owns of one version of an object: an entry of `managedFields`.
struct FieldOwner: Sendable {
    /// The manager's number; see ``FieldManagerTable``.
    let manager: Int32
    /// The number of the version whose names the fields have.
    let version: Int32
    /// Seconds since 1970; ``unknownTime`` where it was never said.
    var time: Int64
    var fields: FieldSet

    static let unknownTime = Int64.min
}

/// The managers and versions of the process, by numbers: owners of one world mean the same in another.
///
/// Names are never released, as those of ``Key`` are not. The numbers depend on the order of asking and
/// must never decide an order that a user sees.
struct FieldManagerTable {
    private struct Names<Name: Hashable> {
        private(set) var names: [Name] = []
        private var numbers: [Name: Int32] = [:]

        mutating func number(of name: Name) -> Int32 {
            if let known = numbers[name] { return known }
            let number = Int32(names.count)
            names.append(name)
            numbers[name] = number
            return number
        }
    }

    private static let managers = Mutex(Names<FieldManager>())
    private static let versions = Mutex(Names<String>())

    func number(of manager: FieldManager) -> Int32 {
        Self.managers.withLock { $0.number(of: manager) }
    }

    func number(ofVersion version: String) -> Int32 {
        Self.versions.withLock { $0.number(of: version) }
    }

    func manager(_ owner: FieldOwner) -> FieldManager {
        Self.managers.withLock { $0.names[Int(owner.manager)] }
    }

    func version(_ owner: FieldOwner) -> String { version(owner.version) }

    func version(_ number: Int32) -> String { Self.versions.withLock { $0.names[Int(number)] } }

    func hasApplied(_ owner: FieldOwner) -> Bool { manager(owner).operation == .apply }

    // MARK: managedFields

    /// The owners as `metadata.managedFields` lists them: those that apply first, each by time and name.
    ///
    /// Source: sortEncodedManagedFields.
    func encoded(_ owners: [FieldOwner]) -> Value {
        let sorted = owners.sorted { left, right in
            let (l, r) = (manager(left), manager(right))
            if l.operation != r.operation { return l.operation.rawValue < r.operation.rawValue }
            let times = (max(left.time, 0), max(right.time, 0))
            if times.0 != times.1 { return times.0 < times.1 }
            if l.name != r.name { return l.name < r.name }
            let versions = (version(left), version(right))
            if versions.0 != versions.1 { return versions.0 < versions.1 }
            return l.subresource < r.subresource
        }
        return .array(sorted.map(encoded))
    }

    private func encoded(_ owner: FieldOwner) -> Value {
        let manager = manager(owner)
        var entry: Value = [
            "apiVersion": Value(version(owner)), "fieldsType": "FieldsV1",
            "fieldsV1": owner.fields.fieldsV1, "manager": Value(manager.name),
            "operation": Value(manager.operation.rawValue),
        ]
        if !manager.subresource.isEmpty { entry["subresource"] = Value(manager.subresource) }
        if owner.time != FieldOwner.unknownTime {
            entry["time"] = Value(Timestamp(milliseconds: owner.time * 1000).text)
        }
        return entry
    }

    /// The owners that `managedFields` lists; nil where it is no list that a server would write.
    ///
    /// Source: DecodeManagedFields.
    func decode(_ value: Value) -> [FieldOwner]? {
        var owners: [FieldOwner] = []
        for entry in value.elements {
            guard let operation = FieldManager.Operation(rawValue: entry.text("operation")),
                let version = entry["apiVersion"].string, !version.isEmpty,
                entry["fieldsType"].string == "FieldsV1"
            else { return nil }
            let manager = FieldManager(
                entry.text("manager"), operation, version, entry.text("subresource"))
            let owner = FieldOwner(
                manager: number(of: manager), version: number(ofVersion: version),
                time: Timestamp(entry["time"])?.seconds ?? FieldOwner.unknownTime,
                fields: FieldSet(fieldsV1: entry["fieldsV1"]))
            owners.removeAll { $0.manager == owner.manager }
            owners.append(owner)
        }
        return owners
    }
}
