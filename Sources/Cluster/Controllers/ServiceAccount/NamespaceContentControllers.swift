import Model
import Support
import Value

/// Keeps one object of a fixed name in every namespace that is not going away.
///
/// Source: the serviceaccount and root-ca-certificate-publisher controllers.
class NamespaceContentController: Controller {
    private let kind: Kind
    private let objectName: String

    init(name: String, kind: Kind, objectName: String) {
        self.kind = kind
        self.objectName = objectName
        super.init(name: name, workers: 1)
    }

    /// The object as it is to be created.
    func content() -> Value { .emptyObject }

    override final func start() {
        watch(.namespace)
        watch(kind)
    }

    override final func observe(_ change: Change) {
        if change.kind == .namespace {
            if change.type != .deleted { enqueue(change.object) }
        } else if change.type == .deleted, change.object.name == objectName {
            enqueue(ObjectKey(namespace: "", name: change.object.namespace))
        }
    }

    override final func sync(_ key: ObjectKey) throws(APIError) {
        guard let namespace = view.get(.namespace, key), !namespace.isDeleting,
            view.get(kind, namespace: key.name, name: objectName) == nil
        else { return }
        do throws(APIError) {
            try api.create(kind, content(), in: key.name)
        } catch  where error.isAlreadyExists || error.isNotFound || error.reason == .forbidden {
            return
        }
    }
}

/// Makes the ServiceAccount `default` of every namespace.
final class ServiceAccountController: NamespaceContentController {
    static let content: Value = [.metadata: [.name: "default"]]

    init() {
        super.init(name: "service-account-controller", kind: .serviceAccount, objectName: "default")
    }

    override func content() -> Value { Self.content }
}

/// Makes the ConfigMap with the cluster's root certificate in every namespace.
final class RootCertificatePublisher: NamespaceContentController {
    static let content: Value = [
        .metadata: [
            .name: "kube-root-ca.crt",
            .annotations: [
                "kubernetes.io/description": Value(
                    "Contains a CA bundle that can be used to verify the kube-apiserver when "
                        + "using internal endpoints such as the internal service IP or "
                        + "kubernetes.default.svc. No other usage is guaranteed across "
                        + "distributions of Kubernetes clusters.")
            ],
        ],
        .data: [
            "ca.crt":
                "-----BEGIN CERTIFICATE-----\nsimulated\n-----END CERTIFICATE-----\n"
        ],
    ]

    init() {
        super.init(
            name: "root-ca-certificate-publisher", kind: .configMap,
            objectName: "kube-root-ca.crt")
    }

    override func content() -> Value { Self.content }
}
