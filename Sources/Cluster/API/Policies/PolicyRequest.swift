import CEL
import Model
import Support
import Value

/// A request as admission policies see it.
struct PolicyRequest {
    enum Operation: String {
        case create = "CREATE"
        case update = "UPDATE"
        case delete = "DELETE"
    }

    let operation: Operation
    /// The kind that the request names.
    let info: KindDescriptor
    /// `status`, `scale`; empty for the object itself.
    var subresource = ""
    /// The object as it is to be; null for a deletion.
    var object: Value
    /// The object as it is; null for a creation.
    let old: Value
    let key: ObjectKey
    var isDryRun = false
    /// Whether a name that is to be generated has been: when what is to be stored is checked.
    var isNamed = false
    unowned let server: APIServer

    /// A request of the pipeline.
    init(_ request: AdmissionRequest) {
        operation = request.operation == .create ? .create : .update
        info = request.info
        subresource = request.subresource
        object = request.object
        old = request.old?.value ?? .null
        key = request.key
        isDryRun = request.isDryRun
        server = request.server
    }

    init(
        _ operation: Operation, _ info: KindDescriptor, _ key: ObjectKey, object: Value, old: Value,
        server: APIServer
    ) {
        self.operation = operation
        self.info = info
        self.object = object
        self.old = old
        self.key = key
        self.server = server
    }

    /// Upstream takes the name of a namespace for its namespace, too.
    var namespace: String { info.kind == .namespace ? key.name : key.namespace }

    /// The name as the request has it: none where it is to be generated.
    var name: String {
        if isNamed { return key.name }
        let isGenerated = operation == .create && !object[.metadata].text(.generateName).isEmpty
        return isGenerated ? "" : key.name
    }

    /// Kinds that no policy is asked for, lest nobody could undo one
    /// (rules.IsExemptAdmissionConfigurationResource).
    var isExempt: Bool { info.group == "admissionregistration.k8s.io" }
}

extension PolicyRequest {
    private static let text = CELShape(.string)

    private static func fields(_ name: String, _ fields: [(String, CELShape)]) -> CELShape {
        CELShape(
            .object(
                CELFields(
                    typeName: "kubernetes.\(name)",
                    fields: fields.map { (name: $0.0, shape: $0.1) })))
    }

    /// The type of `request` (plugin/cel/compile.go, BuildRequestType).
    static let shape: CELShape = {
        let texts = CELShape(.list(text, .atomic))
        let kind = fields(
            "GroupVersionKind", [("group", text), ("version", text), ("kind", text)])
        let resource = fields(
            "GroupVersionResource", [("group", text), ("version", text), ("resource", text)])
        let user = fields(
            "UserInfo",
            [
                ("username", text), ("uid", text), ("groups", texts),
                ("extra", CELShape(.map(texts))),
            ])
        return fields(
            "AdmissionRequest",
            [
                ("kind", kind), ("resource", resource), ("subResource", text),
                ("requestKind", kind), ("requestResource", resource),
                ("requestSubResource", text), ("name", text), ("namespace", text),
                ("operation", text), ("userInfo", user), ("dryRun", CELShape(.bool)),
                ("options", .any),
            ])
    }()

    /// The type of `namespaceObject` (BuildNamespaceType).
    static let namespaceShape: CELShape = {
        let (texts, time) = (CELShape(.list(text, .atomic)), CELShape(.timestamp))
        let labels = CELShape(.map(text))
        let condition = fields(
            "NamespaceCondition",
            [
                ("status", text), ("type", text), ("lastTransitionTime", time), ("message", text),
                ("reason", text),
            ])
        let status = fields(
            "NamespaceStatus",
            [("conditions", CELShape(.list(condition, .atomic))), ("phase", text)])
        let metadata = fields(
            "NamespaceMetadata",
            [
                ("name", text), ("generateName", text), ("namespace", text), ("labels", labels),
                ("annotations", labels), ("UID", text), ("creationTimestamp", time),
                ("deletionGracePeriodSeconds", CELShape(.int)), ("deletionTimestamp", time),
                ("generation", CELShape(.int)), ("resourceVersion", text), ("finalizers", texts),
            ])
        return fields(
            "Namespace",
            [
                ("metadata", metadata), ("spec", fields("NamespaceSpec", [("finalizers", texts)])),
                ("status", status),
            ])
    }()

    /// The value of `request`; `matched` is the kind whose rules the request fell under.
    func value(matched: KindDescriptor) -> Value {
        func kind(_ info: KindDescriptor) -> Value {
            if subresource == "scale" {
                return ["group": "autoscaling", "version": "v1", "kind": "Scale"]
            }
            return [
                "group": Value(info.group), "version": Value(info.version),
                "kind": Value(info.name),
            ]
        }
        func resource(_ info: KindDescriptor) -> Value {
            [
                "group": Value(info.group), "version": Value(info.version),
                "resource": Value(info.plural),
            ]
        }
        var result: Value = [
            "kind": kind(matched), "resource": resource(matched), "requestKind": kind(info),
            "requestResource": resource(info), "operation": Value(operation.rawValue),
            "userInfo": userValue, "dryRun": .bool(isDryRun), "options": options,
        ]
        for (field, text) in [
            ("subResource", subresource), ("requestSubResource", subresource), ("name", name),
            ("namespace", namespace),
        ] where !text.isEmpty {
            result[Key(field)] = Value(text)
        }
        return result
    }

    private var options: Value {
        let word =
            switch operation {
            case .create: "Create"
            case .update: "Update"
            case .delete: "Delete"
            }
        var result: Value = ["kind": Value("\(word)Options"), "apiVersion": "meta.k8s.io/v1"]
        if isDryRun { result["dryRun"] = ["All"] }
        return result
    }

    private var userValue: Value {
        let user = server.requester
        var result: Value = ["username": Value(user.name), "groups": Value(strings: user.groups)]
        if !user.uid.isEmpty { result["uid"] = Value(user.uid) }
        for extra in user.extra { result["extra"][Key(extra.key)] = Value(strings: extra.values) }
        return result
    }

    /// The value of `namespaceObject`: that of the namespace that the object is in; null for objects of
    /// the cluster, and for namespaces.
    var namespaceValue: Value {
        guard !key.namespace.isEmpty, info.kind != .namespace else { return .null }
        return server.find(.namespace, name: key.namespace)?.apiValue ?? .null
    }
}
