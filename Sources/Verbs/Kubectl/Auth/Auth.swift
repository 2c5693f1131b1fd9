import Model
import Printers
import Value

extension Verb {
    /// `kubectl auth`: without users every request is allowed.
    static let auth: Verb = {
        var verb = Verb("auth", summary: "Ask what is allowed: everything is")
        verb.examples = ["auth can-i create pods"]
        verb.subverbs = [
            canI,
            authReconcile,
            whoAmI,
        ]
        return verb
    }()

    /// `kubectl auth can-i`. Source of the warnings: kubectl's command of that name.
    private static let canI: Verb = {
        var verb = Verb("can-i", summary: "Ask whether something is allowed: it is")
        verb.usage = "VERB (TYPE | TYPE/NAME | NONRESOURCEURL)"
        verb.examples = ["auth can-i create pods", "auth can-i get deployments/web"]
        verb.flags = [
            .allNamespaces, Flag("quiet", "q", .bool, "print nothing"),
            Flag("subresource", nil, .string, "a part of the object, such as log"),
            Flag("list", nil, .bool, "list all that is allowed"),
            Flag("no-headers", nil, .bool, "with --list: leave the header out"),
        ]
        verb.run = { call in
            if call.flags.bool("list") {
                guard call.arguments.isEmpty else {
                    throw VerbError.message("list option must be specified with no arguments")
                }
                return listRules(call)
            }
            guard call.arguments.count == 2 else {
                throw VerbError.usage(
                    "you must specify two arguments: verb resource or verb resource/resourceName.",
                    help: "See 'kubectl auth can-i -h' for help and examples.")
            }
            let subject = call.arguments[1]
            if subject.hasPrefix("/"), call.flags.has("subresource") {
                throw VerbError.message("--subresource can not be used with NonResourceURL")
            }
            if subject != "*", !subject.hasPrefix("/") {
                let type = String(subject.prefix { $0 != "/" })
                if case .success(let kind) = call.context.kinds.resolve(type) {
                    let info = call.context.kinds[kind]
                    if !info.isNamespaced, !call.flags.bool("all-namespaces") {
                        let group = info.group.isEmpty ? "" : " in group '\(info.group)'"
                        call.context.output.error(
                            "Warning: resource '\(info.plural)' is not namespace scoped\(group)\n\n"
                        )
                    }
                } else {
                    call.context.output.error(
                        "Warning: the server doesn't have a resource type '\(type)'\n\n")
                }
            }
            if !call.flags.bool("quiet") { call.context.output.line("yes") }
        }
        return verb
    }()

    /// What the one user may do: everything.
    private static func listRules(_ call: VerbCall) {
        let header =
            call.flags.bool("no-headers")
            ? "" : "Resources\tNon-Resource URLs\tResource Names\tVerbs\n"
        call.context.output.write(
            TabWriter.align(header + "*.*\t[]\t[]\t[*]\n\t[*]\t[]\t[*]\n", .table))
    }

    /// `kubectl auth whoami`: the user of every request, as a new cluster's administrator is called.
    private static let whoAmI: Verb = {
        var verb = Verb("whoami", summary: "Say who asks: the one user there is")
        verb.examples = ["auth whoami"]
        verb.flags = [.output, .template, .showManagedFields, .allowMissingTemplateKeys]
        verb.holdsGoTypes = true
        verb.run = { call in
            let printer = try ResultPrinter(call)
            if !printer.isPlain {
                return try printer.write([
                    .kind: "SelfSubjectReview", .apiVersion: "authentication.k8s.io/v1",
                    .metadata: [.creationTimestamp: Value(call.context.now.text)],
                    .status: [
                        "userInfo": [
                            "username": "kubernetes-admin",
                            "groups": ["kubeadm:cluster-admins", "system:authenticated"],
                        ]
                    ],
                ])
            }
            call.context.output.write(
                TabWriter.align(
                    "ATTRIBUTE\tVALUE\nUsername\tkubernetes-admin\n"
                        + "Groups\t[kubeadm:cluster-admins system:authenticated]\n", .table))
        }
        return verb
    }()
}
