import Model
import Support
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
        flags: DataSources.flags + [
            .appendHash, Flag("type", nil, .string, "the type of the secret"),
        ],
        run: { call in
            let name = try call.onlyName()
            var data = Value.emptyObject
            for (key, bytes) in try DataSources(call: call, kindName: "Secret").read() {
                data[key] = Value(Base64.encode(bytes))
            }
            try create(name, data, type: call.flags.string("type"), call)
        })

    private static func create(
        _ name: String, _ data: Value, type: String, _ call: VerbCall
    ) throws {
        var value: Value = [.metadata: [.name: Value(name)]]
        if !data.fields.isEmpty { value["data"] = data }
        if !type.isEmpty { value[.type] = Value(type) }
        if call.flags.bool("append-hash") {
            value[.kind] = "Secret"
            let hash = KustomizeGenerator.hash(of: value, named: name)
            value[.metadata][.name] = Value("\(name)-\(hash)")
        }
        try Creation(call).generate(.secret, value, failing: "failed to create secret")
    }

    static let createTLSSecret = generator(
        "tls", summary: "Create a secret from a certificate and its key",
        usage: "NAME --cert=path/to/cert/file --key=path/to/key/file [flags]",
        examples: ["create secret tls front --cert=tls.crt --key=tls.key"],
        flags: [
            Flag("cert", nil, .string, "the file of the certificate"),
            Flag("key", nil, .string, "the file of the key"), .appendHash,
        ],
        run: { call in
            let name = try call.onlyName()
            let paths = ["cert", "key"].map { call.flags.string($0) }
            if paths.contains("") {
                throw VerbError.message("key and cert must be specified")
            }
            let files = try paths.map { path throws(VerbError) in try contents(of: path, call) }
            if let problem = PEMBlocks.problem(
                certificate: String(decoding: files[0], as: UTF8.self),
                key: String(decoding: files[1], as: UTF8.self))
            {
                throw VerbError.message(problem)
            }
            let data: Value = [
                "tls.crt": Value(Base64.encode(files[0])),
                "tls.key": Value(Base64.encode(files[1])),
            ]
            try create(name, data, type: "kubernetes.io/tls", call)
        })

    private static func contents(
        of path: String, _ call: VerbCall
    ) throws(VerbError) -> [UInt8] {
        do throws(FileProblem) {
            return try call.context.files.bytes(path)
        } catch {
            throw .message("Cannot read file \(path), open \(path): \(error.message)")
        }
    }

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
            Flag("from-file", nil, .strings, "a file that a registry's client wrote"),
            .appendHash,
        ],
        run: { call in
            let name = try call.onlyName()
            let (user, password) = (
                call.flags.string("docker-username"), call.flags.string("docker-password")
            )
            if call.flags.has("from-file") {
                var data = Value.emptyObject
                let sources = DataSources(call: call, kindName: "Secret")
                for (key, bytes) in try sources.read(standardKey: ".dockerconfigjson") {
                    data[Key(key)] = Value(Base64.encode(bytes))
                }
                return try create(name, data, type: "kubernetes.io/dockerconfigjson", call)
            }
            if user.isEmpty || password.isEmpty || call.flags.string("docker-server").isEmpty {
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
