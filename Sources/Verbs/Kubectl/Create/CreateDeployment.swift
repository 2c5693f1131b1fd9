import Model
import Support
import Value

extension Verb {
    /// `kubectl create deployment`.
    static let createDeployment = generator(
        "deployment", aliases: ["deploy"], summary: "Create a deployment",
        usage: "NAME --image=IMAGE -- [COMMAND] [args…] [flags]",
        examples: ["create deployment web --image=nginx --replicas=3 --port=80"],
        flags: [
            Flag("image", nil, .strings, "the image of a container", isRequired: true),
            Flag("port", nil, .int, "the port that the container opens", standard: "-1"),
            Flag("replicas", "r", .int, "the number of replicas", standard: "1"),
        ],
        run: createDeployment)

    private static func createDeployment(_ call: VerbCall) throws {
        let name = try call.onlyName()
        let images = call.flags.list("image")
        let command = call.commandWords
        if images.count > 1, !command.isEmpty {
            throw VerbError.message("cannot specify multiple --image options and command")
        }
        var containers = images.map { image -> Value in
            [.image: Value(image), .name: Value(containerName(of: image))]
        }
        if !command.isEmpty { containers[0][.command] = Value(strings: command) }
        let port = call.flags.int("port")
        if port >= 0 { containers[0][.ports] = [[.containerPort: Value(port)]] }
        let labels: Value = ["app": Value(name)]
        try Creation(call).generate(
            .deployment,
            [
                .metadata: [.name: Value(name), .labels: labels],
                .spec: [
                    .replicas: Value(call.flags.int("replicas")),
                    .selector: [.matchLabels: labels],
                    .template: [
                        .metadata: [.labels: labels],
                        .spec: [.containers: .array(containers)],
                    ],
                ],
            ], failing: "failed to create deployment:")
    }

    /// The container's name: the image's last part without tag and digest, and without what names
    /// cannot have. Source: kubectl's create_deployment, buildPodSpec and sanitizeAndUniquify
    /// (which adds random letters where something was replaced; here nothing is random).
    private static func containerName(of image: String) -> String {
        let last = image.split(separator: "/").last.map(String.init) ?? image
        let plain = last.prefix { $0 != ":" && $0 != "@" }
        return String(plain.map { $0 == "_" || $0 == "." ? "-" : $0 })
    }
}
