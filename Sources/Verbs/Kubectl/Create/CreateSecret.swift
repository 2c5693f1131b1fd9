import Model
import Value

extension Verb {
    /// `kubectl create secret`.
    static let createSecret: Verb = {
        var verb = Verb("secret", summary: "Create a secret of one of three kinds")
        verb.usage = "(docker-registry | generic | tls)"
        verb.examples = ["create secret generic login --from-literal=user=admin"]
        verb.subverbs = [.createDockerRegistry, .createGenericSecret, .createTLSSecret]
        return verb
    }()

    static let createGenericSecret = generator(
        "generic", summary: "Create a secret from texts and files",
        usage: "NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]",
        examples: ["create secret generic login --from-literal=user=admin"],
        flags: DataSources.flags + [Flag("type", nil, .string, "the type of the secret")],
        run: { call in
            let name = try call.onlyName()
            var data = Value.emptyObject
            for (key, text) in try DataSources(call: call, kindName: "Secret").read() {
                data[key] = Value(Base64.encode(Array(text.utf8)))
            }
            try create(name, data, type: call.flags.string("type"), call)
        })

    private static func create(
        _ name: String, _ data: Value, type: String, _ call: VerbCall
    ) throws {
        var value: Value = [.metadata: [.name: Value(name)]]
        if !data.fields.isEmpty { value["data"] = data }
        if !type.isEmpty { value[.type] = Value(type) }
        try Creation(call).generate(.secret, value, failing: "failed to create secret")
    }

    static let createTLSSecret = generator(
        "tls", summary: "Create a secret from a certificate and its key",
        usage: "NAME --cert=path/to/cert/file --key=path/to/key/file [flags]",
        examples: ["create secret tls front --cert=tls.crt --key=tls.key"],
        flags: [
            Flag("cert", nil, .string, "the file of the certificate"),
            Flag("key", nil, .string, "the file of the key"),
        ],
        run: { call in
            let name = try call.onlyName()
            var data = Value.emptyObject
            for (flag, entry) in [("key", "tls.key"), ("cert", "tls.crt")] {
                let path = call.flags.string(flag)
                if path.isEmpty {
                    throw VerbError.message("key and cert must be specified")
                }
                do throws(FileProblem) {
                    data[entry] = Value(
                        Base64.encode(Array(try call.context.files.read(path).utf8)))
                } catch {
                    throw VerbError.message(
                        "Cannot read file \(path), open \(path): \(error.message)")
                }
            }
            try create(name, data, type: "kubernetes.io/tls", call)
        })

    static let createDockerRegistry = generator(
        "docker-registry", summary: "Create a secret for an image registry",
        usage: "NAME --docker-username=user --docker-password=password [flags]",
        examples: [
            "create secret docker-registry pull --docker-username=u --docker-password=p"
        ],
        flags: [
            Flag(
                "docker-server", nil, .string, "the registry",
                standard: "https://index.docker.io/v1/"),
            Flag("docker-username", nil, .string, "the user"),
            Flag("docker-password", nil, .string, "the password"),
            Flag("docker-email", nil, .string, "the e-mail address"),
        ],
        run: { call in
            let name = try call.onlyName()
            let (user, password) = (
                call.flags.string("docker-username"), call.flags.string("docker-password")
            )
            if user.isEmpty || password.isEmpty {
                throw VerbError.message(
                    "either --from-file or the combination of --docker-username, "
                        + "--docker-password and --docker-server is required")
            }
            var entry: Value = ["username": Value(user), "password": Value(password)]
            let email = call.flags.string("docker-email")
            if !email.isEmpty { entry["email"] = Value(email) }
            entry["auth"] = Value(Base64.encode(Array("\(user):\(password)".utf8)))
            var auths = Value.emptyObject
            auths[call.flags.string("docker-server")] = entry
            let text = JSON.text(["auths": auths])
            try create(
                name, [".dockerconfigjson": Value(Base64.encode(Array(text.utf8)))],
                type: "kubernetes.io/dockerconfigjson", call)
        })
}
