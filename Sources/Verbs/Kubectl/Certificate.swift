import API
import Model
import Value

extension Verb {
    /// `kubectl certificate` with its subcommands.
    static let certificate: Verb = {
        var verb = Verb("certificate", summary: "Approve and deny requests for certificates")
        verb.subverbs = [.certificateApprove, .certificateDeny]
        verb.checksSubverbs = true
        // Alone, and with a word that is none of its own, kubectl shows its help and is content.
        verb.run = { call in throw VerbError.help(HelpText.of(call.verb, path: call.path)) }
        return verb
    }()

    static let certificateApprove = deciding(
        Decision(
            name: "approve", summary: "Approve a request for a certificate", done: "approved",
            condition: "Approved", opposite: "Denied", reason: "KubectlApprove"))
    static let certificateDeny = deciding(
        Decision(
            name: "deny", summary: "Deny a request for a certificate", done: "denied",
            condition: "Denied", opposite: "Approved", reason: "KubectlDeny"))

    /// What is said of a request.
    private struct Decision {
        let name: String
        let summary: String
        let done: String
        let condition: String
        let opposite: String
        let reason: String
    }

    private static func deciding(_ decision: Decision) -> Verb {
        var verb = Verb(decision.name, summary: decision.summary)
        verb.usage = "(-f FILENAME | NAME) [flags]"
        verb.examples = ["certificate \(decision.name) csr-1"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .template, .allowMissingTemplateKeys,
            .showManagedFields,
            Flag("force", nil, .bool, "write also where it is \(decision.done) already"),
        ]
        verb.completes = .names("certificatesigningrequests")
        verb.run = { call in
            let printer = try ResultPrinter(call)
            if call.arguments.isEmpty, !call.hasFiles {
                throw VerbError.message(
                    "one or more CSRs must be specified as <name> or -f <filename>")
            }
            let words = call.arguments.map { "certificatesigningrequests/\($0)" }
            try call.forEach(try call.find(words)) { request throws(VerbError) in
                try decide(decision, request, call)
                try printer.confirm(request, decision.done)
            }
        }
        return verb
    }

    /// Source: kubectl's certificates command.
    private static func decide(
        _ decision: Decision, _ request: FoundObject, _ call: VerbCall
    ) throws(VerbError) {
        guard request.info.kind == .certificateSigningRequest else {
            throw .message(
                "can only handle CertificateSigningRequest.certificates.k8s.io objects, got "
                    + "\(request.info.name)"
                    + (request.info.group.isEmpty ? "" : ".\(request.info.group)"))
        }
        var value = request.value
        let types = value[.status][.conditions].elements.map { $0.text(.type) }
        if types.contains(decision.opposite) {
            throw .message(
                "certificate signing request \"\(request.name)\" is already "
                    + "\(decision.opposite)")
        }
        if types.contains(decision.condition) {
            if !call.flags.bool("force") { return }
        } else {
            value[.status][.conditions].append([
                .lastUpdateTime: Value(call.context.now.text),
                .message: Value(
                    "This CSR was \(decision.done) by kubectl certificate \(decision.name)."),
                .reason: Value(decision.reason), .status: "True",
                .type: Value(decision.condition),
            ])
        }
        do throws(APIError) {
            _ = try call.context.client.replace(
                request.info.kind, namespace: "", name: request.name, value,
                subresource: .approval, options: WriteOptions())
        } catch {
            throw .api(error, request.info)
        }
    }
}
