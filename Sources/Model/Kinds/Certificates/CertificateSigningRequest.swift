import Support
import Value

extension KindDescriptor {
    /// That somebody asks for a certificate.
    static func certificateSigningRequest(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CertificateSigningRequest", plural: "certificatesigningrequests",
            shortNames: ["csr"], group: "certificates.k8s.io", isNamespaced: false,
            subresources: ["approval", "status"],
            rules: KindRules(
                name: { _ in [] }, object: { $0.signingRequest($1) },
                status: { $0.signingStatus($1, $2, isApproval: $3) },
                selectableFields: SelectableFields(
                    only: ["metadata.name", "spec.signerName"])))
    }
}

// Origin: pkg/apis/certificates/validation/validation.go. The signature is not checked.
extension Validator {
    private static let usages = [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign",
        "data encipherment", "decipher only", "digital signature", "email protection",
        "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement",
        "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime",
        "server auth", "signing", "timestamping",
    ]

    /// validateCertificateSigningRequest.
    mutating func signingRequest(_ object: Value) {
        let (spec, path) = (object[.spec], ErrorPath("spec"))
        let request = spec.text("request")
        if PEMBlock(base64: request)?.label != "CERTIFICATE REQUEST" {
            add(
                .invalid(
                    path.child("request"), Value(request),
                    "PEM block type must be CERTIFICATE REQUEST"))
        }
        let usages = spec.list("usages")
        if usages.isEmpty { add(.required(path.child("usages"))) }
        for (index, usage) in usages.enumerated()
        where !Self.usages.contains(usage.string ?? "") {
            add(.notSupported(path.child("usages")[index], usage, Self.usages))
        }
        for (index, usage) in usages.enumerated() where usages[..<index].contains(usage) {
            add(.duplicate(path.child("usages")[index], usage))
        }
        let signer = spec.text("signerName")
        if signer == "kubernetes.io/legacy-unknown" {
            add(
                .invalid(
                    path.child("signerName"), Value(signer),
                    "the legacy signerName is not allowed via this API version"))
        } else {
            signerName(signer, path.child("signerName"))
        }
        if let seconds = spec[.expirationSeconds].int, seconds < 600 {
            add(
                .invalid(
                    path.child("expirationSeconds"), Value(seconds),
                    "may not specify a duration less than 600 seconds (10 minutes)"))
        }
    }

    /// ValidateSignerName: a domain and a path, `example.com/signer`.
    private mutating func signerName(_ name: String, _ path: ErrorPath) {
        if name.isEmpty { return add(.required(path)) }
        let segments = name.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        guard segments.count == 2 else {
            return add(
                .invalid(
                    path, Value(name),
                    "must be a fully qualified domain and path of the form "
                        + "'example.com/signer-name'"))
        }
        labels(of: segments[0], NameRules.dns1123Label, path)
        if !segments[0].contains(".") {
            add(
                .invalid(
                    path, Value(segments[0]),
                    "should be a domain with at least two segments separated by dots"))
        }
        labels(of: segments[1], NameRules.dns1123Subdomain, path)
    }

    /// Checks the parts between dots; the first bad one is told.
    private mutating func labels(
        of name: String, _ rule: (String) -> [String], _ path: ErrorPath
    ) {
        for label in name.split(separator: ".", omittingEmptySubsequences: false) {
            let problems = rule(String(label))
            if problems.isEmpty { continue }
            for problem in problems {
                add(.invalid(path, Value(name), "validating label \"\(label)\": \(problem)"))
            }
            return
        }
    }

    /// validateCertificateSigningRequestUpdate for the subresources: the one sets the certificate, the
    /// other approves or denies, nobody takes back.
    mutating func signingStatus(_ new: Value, _ old: Value, isApproval: Bool) {
        let path = ErrorPath("status").child("conditions")
        let conditions = new[.status].list(.conditions)
        let before = old[.status].list(.conditions)
        signingConditions(conditions, path)
        for type in ["Approved", "Denied", "Failed"] {
            let now = conditions.filter { $0[.type] == Value(type) }
            let then = before.filter { $0[.type] == Value(type) }
            if now.count < then.count {
                add(
                    .forbidden(
                        path, "updates may not remove a condition of type \(GoSyntax.quote(type))"))
            } else if !isApproval, type != "Failed", now.count > then.count {
                add(
                    .forbidden(
                        path, "updates may not add a condition of type \(GoSyntax.quote(type))"))
            }
        }
        let certificate = old[.status].text("certificate")
        guard new[.status].text("certificate") != certificate, !certificate.isEmpty else { return }
        add(
            .forbidden(
                ErrorPath("status").child("certificate"),
                "updates may not modify existing certificate content"))
    }

    /// validateConditions.
    private mutating func signingConditions(_ conditions: [Value], _ path: ErrorPath) {
        var seen: [String] = []
        for (index, condition) in conditions.enumerated() {
            let (type, status) = (condition.text(.type), condition.text(.status))
            if type.isEmpty { add(.required(path[index].child("type"))) }
            let allowed =
                ["Approved", "Denied", "Failed"].contains(type)
                ? ["True"] : ["False", "True", "Unknown"]
            if status.isEmpty {
                add(.required(path[index].child("status")))
            } else if !allowed.contains(status) {
                add(.notSupported(path[index].child("status"), Value(status), allowed))
            }
            for (one, other) in [("Approved", "Denied"), ("Denied", "Approved")]
            where type == one && seen.contains(other) {
                add(
                    .invalid(
                        path, Value(type), "Approved and Denied conditions are mutually exclusive"))
            }
            if seen.contains(type) { add(.duplicate(path[index].child("type"), Value(type))) }
            seen.append(type)
        }
    }
}
