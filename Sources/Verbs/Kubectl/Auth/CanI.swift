import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl auth can-i`.
    static let canI: Verb = {
        var verb = Verb("can-i", summary: "Ask whether one may do something")
        verb.usage = "VERB (TYPE | TYPE/NAME | NONRESOURCEURL)"
        verb.examples = [
            "auth can-i create pods", "auth can-i get deployments/web --as=bob",
            "auth can-i --list --as=system:serviceaccount:shop:bot",
        ]
        verb.flags = [
            .allNamespaces, Flag("quiet", "q", .bool, "print nothing"),
            Flag("subresource", nil, .string, "a part of the object, such as log"),
            Flag("list", nil, .bool, "list all that is allowed"),
            Flag("no-headers", nil, .bool, "with --list: leave the header out"),
        ]
        verb.run = { call in
            let check = AccessCheck(call: call)
            if call.flags.bool("list") { try check.list() } else { try check.run() }
        }
        return verb
    }()
}

/// One run of `kubectl auth can-i`. Source of rules and texts: kubectl's command of that name.
private struct AccessCheck {
    let call: VerbCall

    private static let resourceVerbs: Set<String> = [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "use",
        "bind", "impersonate", "*", "approve", "sign", "escalate", "attest",
    ]
    private static let pathVerbs: Set<String> = [
        "get", "put", "post", "head", "options", "delete", "patch", "*",
    ]
    /// What can be named in rules although no server serves it.
    private static let unserved: Set<String> = ["users", "groups"]

    private var flags: FlagValues { call.flags }

    func run() throws(VerbError) {
        guard call.arguments.count == 2 else {
            throw VerbError.usage(
                "you must specify two arguments: verb resource or verb resource/resourceName.",
                help: "See 'kubectl auth can-i -h' for help and examples.")
        }
        let access = try access(call.arguments[0], call.arguments[1])
        if flags.bool("no-headers") {
            throw .message("--no-headers cannot be set without --list specified")
        }
        let decision: AccessDecision
        do throws(APIError) {
            decision = try call.context.client.review(access)
        } catch {
            throw .api(error, nil)
        }
        let reason = decision.reason.isEmpty ? "" : " - \(decision.reason)"
        if !flags.bool("quiet") {
            call.context.output.line(decision.isAllowed ? "yes" : "no\(reason)")
        }
        if !decision.isAllowed { throw .exit(1) }
    }

    /// What is asked, with warnings about what nobody can do.
    private func access(_ verb: String, _ subject: String) throws(VerbError) -> Access {
        var access = Access(verb)
        if subject.hasPrefix("/") {
            access.path = subject
            if !flags.string("subresource").isEmpty {
                throw .message("--subresource can not be used with NonResourceURL")
            }
            if !Self.pathVerbs.contains(verb) { warn("verb '\(verb)' is not a known verb") }
            return access
        }
        let parts = subject.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let type = String(parts[0])
        if parts.count > 1 { access.name = String(parts[1]) }
        access.subresource = flags.string("subresource")
        let isEverywhere = flags.bool("all-namespaces")
        if !isEverywhere { access.namespace = call.namespace }
        access.resource = type
        if type != "*" { resolve(type, &access) }
        if !isEverywhere, !type.isEmpty, !Self.resourceVerbs.contains(verb) {
            warn("verb '\(verb)' is not a known verb")
        }
        return access
    }

    private func resolve(_ type: String, _ access: inout Access) {
        let word = type.lowercased()
        if case .success(let kind) = call.context.kinds.resolve(word) {
            let info = call.context.kinds[kind]
            access.group = info.group
            access.resource = info.plural
            if !info.isNamespaced, !flags.bool("all-namespaces") {
                let group = info.group.isEmpty ? "" : " in group '\(info.group)'"
                warn("resource '\(info.plural)' is not namespace scoped\(group)")
            }
        } else if !Self.unserved.contains(word) {
            let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            let group = parts.count > 1 && !parts[1].isEmpty ? " in group '\(parts[1])'" : ""
            let resource = parts.first ?? ""
            warn("the server doesn't have a resource type '\(resource)'\(group)")
        }
    }

    private func warn(_ text: String) { call.context.output.error("Warning: \(text)\n\n") }

    /// `--list`: all that the user may do in the namespace.
    func list() throws(VerbError) {
        guard call.arguments.isEmpty else {
            throw .message("list option must be specified with no arguments")
        }
        if flags.bool("quiet") || flags.bool("all-namespaces")
            || !flags.string("subresource").isEmpty
        {
            throw .message(
                "list option can't be specified with neither quiet, all-namespaces nor "
                    + "subresource options")
        }
        let allowed: AccessRules
        do throws(APIError) {
            allowed = try call.context.client.rules(inNamespace: call.namespace)
        } catch {
            throw .api(error, nil)
        }
        var text =
            flags.bool("no-headers")
            ? "" : "Resources\tNon-Resource URLs\tResource Names\tVerbs\n"
        for rule in CompactRule.rules(of: allowed.rules) { text += rule.line + "\n" }
        call.context.output.write(TabWriter.align(text, .table))
    }
}
