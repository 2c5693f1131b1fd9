import API
import Model
import Support
import Value
import YAML

extension Verb {
    /// `kubectl debug`.
    static let debug: Verb = {
        var verb = Verb(
            "debug", summary: "Add a debugging container to a pod, copy it, or look into a node")
        verb.usage = "(POD | TYPE/NAME) [--image=IMAGE] [-- COMMAND [args…]]"
        verb.examples = [
            "debug web-0 --image=busybox -c tool", "debug web-0 --image=busybox --copy-to=web-copy",
            "debug web-0 --copy-to=web-copy --set-image=*=busybox",
            "debug node/worker-1 --image=busybox",
        ]
        verb.flags = [
            .filename,
            Flag(
                "arguments-only", nil, .bool, "the words behind -- are arguments, not the command"),
            Flag("attach", nil, .bool, "wait for the container, and attach to it"),
            Flag("container", "c", .string, "the name of the debugging container"),
            Flag("copy-to", nil, .string, "debug a copy of the pod with this name"),
            Flag("replace", nil, .bool, "with --copy-to: delete the original"),
            Flag("custom", nil, .string, "a file with a part of a container that is merged in"),
            Flag("env", nil, .strings, "a variable: name=value").takingPairs,
            Flag("image", nil, .string, "the image of the debugging container"),
            Flag("keep-labels", nil, .bool, "with --copy-to: keep the labels"),
            Flag("keep-annotations", nil, .bool, "with --copy-to: keep the annotations"),
            Flag("keep-liveness", nil, .bool, "with --copy-to: keep the liveness probes"),
            Flag("keep-readiness", nil, .bool, "with --copy-to: keep the readiness probes"),
            Flag("keep-startup", nil, .bool, "with --copy-to: keep the startup probes"),
            Flag(
                "keep-init-containers", nil, .bool, "with --copy-to: keep the init containers",
                standard: "true"),
            Flag("set-image", nil, .strings, "with --copy-to: container=image, or *=image")
                .takingPairs,
            Flag("image-pull-policy", nil, .string, "Always, IfNotPresent or Never"),
            Flag("stdin", "i", .bool, "keep the input of the container open"),
            Flag("quiet", "q", .bool, "say nothing but errors"),
            Flag("same-node", nil, .bool, "with --copy-to: on the node of the original"),
            Flag(
                "share-processes", nil, .bool,
                "with --copy-to: containers see each other's processes",
                standard: "true"),
            Flag("target", nil, .string, "the container whose processes are looked at"),
            Flag("tty", "t", .bool, "a terminal for the container"),
            Flag(
                "profile", nil, .string, "what the container may do", standard: "general",
                choices: DebugProfile.allCases.map(\.rawValue)),
        ]
        verb.completes = .resources
        verb.run = { call in try Debug(call).run() }
        return verb
    }()
}

/// What `debug` does. Source of rules and texts: kubectl's debug command, 1.36.
struct Debug {
    let call: VerbCall
    let profile: DebugProfile
    /// The part of a container that `--custom` merges in.
    let custom: Value
    let image: String
    let copyName: String
    let words: [String]

    var flags: FlagValues { call.flags }

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        guard let profile = DebugProfile(rawValue: call.flags.string("profile")) else {
            throw .message("unknown profile: \(call.flags.string("profile"))")
        }
        self.profile = profile
        custom = try Self.custom(call)
        image = call.flags.string("image")
        copyName = call.flags.string("copy-to")
        words = call.commandWords
    }

    private static func custom(_ call: VerbCall) throws(VerbError) -> Value {
        let path = call.flags.string("custom")
        if path.isEmpty { return .null }
        let text: String
        do throws(FileProblem) {
            text = try call.context.files.read(path)
        } catch {
            throw .message(
                "must pass a container spec json file for custom profile: open \(path): "
                    + error.message)
        }
        let stream = YAML.read(text)
        guard stream.error == nil, let value = stream.documents.first?.value, value.object != nil
        else {
            throw .message("\(path) does not contain a valid container spec")
        }
        return value
    }

    func run() throws {
        try validate()
        let names = call.arguments.prefix(call.argumentsBeforeDashes ?? Int.max)
        let found = try call.find(names.map { call.podReference($0) })
        for object in found.objects {
            let (pod, container) = try debug(object)
            if isAttaching, !container.isEmpty { try attach(pod, container) }
        }
        try call.fail(found.errors)
    }

    private func debug(_ object: FoundObject) throws(VerbError) -> (Value, String) {
        switch object.info.kind {
        case .node: try debugNode(object.value)
        case .pod where copyName.isEmpty: try addContainer(to: object)
        case .pod: try copy(object.value)
        default:
            throw .message(
                "\"\(object.info.apiVersion), Kind=\(object.info.name)\" not supported by debug")
        }
    }

    // MARK: Mistakes

    private func validate() throws(VerbError) {
        let container = flags.string("container")
        if flags.bool("attach"), image.isEmpty, container.isEmpty {
            throw .message(
                "you must specify --container or create a new container using --image in order to "
                    + "attach.")
        }
        try validateCopy(container)
        if !image.isEmpty, !ImageReference.isValid(image) {
            throw .message("invalid image name \"\(image)\": invalid reference format")
        }
        if call.arguments.prefix(call.argumentsBeforeDashes ?? Int.max).isEmpty,
            !flags.has("filename")
        {
            throw .message("NAME or filename is required for debug")
        }
        let policy = flags.string("image-pull-policy")
        guard ["", "Always", "IfNotPresent", "Never"].contains(policy) else {
            throw .message("invalid image pull policy: \(policy)")
        }
        for (name, image) in setImages where !ImageReference.isValid(image) {
            throw .message(
                "invalid image name \"\(image)\" for container \"\(name)\": invalid reference format"
            )
        }
        let target = flags.string("target")
        if !target.isEmpty {
            if !copyName.isEmpty {
                throw .message(
                    "--target is incompatible with --copy-to. Use --share-processes instead.")
            }
            say(
                "Targeting container \"\(target)\". If you don't see processes from this container it "
                    + "may be because the container runtime doesn't support this feature.")
        }
        if flags.bool("tty"), !flags.bool("stdin") {
            throw .message("-i/--stdin is required for containers with -t/--tty=true")
        }
        let fixed: [Key] = [.name, .command, .image, .lifecycle, .volumeDevices]
        if fixed.contains(where: { custom[$0].count > 0 || !custom.text($0).isEmpty }) {
            throw .message(
                "name, command, image, lifecycle and volume devices are not modifiable via custom profile"
            )
        }
        if profile == .legacy {
            call.context.output.error(
                "--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to "
                    + "specify other profile, for example \"--profile=general\".\n")
        }
    }

    private func validateCopy(_ container: String) throws(VerbError) {
        guard copyName.isEmpty else {
            if image.isEmpty, setImages.isEmpty, words.isEmpty {
                throw .message("you must specify --image, --set-image or command arguments.")
            }
            if !words.isEmpty, container.isEmpty, image.isEmpty {
                throw .message(
                    "you must specify an existing container or a new image when specifying args.")
            }
            return
        }
        for flag in ["replace", "same-node"] where flags.bool(flag) {
            throw .message("--\(flag) may only be used with --copy-to.")
        }
        if !setImages.isEmpty { throw .message("--set-image may only be used with --copy-to.") }
        if image.isEmpty { throw .message("you must specify --image when not using --copy-to.") }
    }

    /// `--set-image`: containers and their images, in the order given.
    var setImages: [(name: String, image: String)] {
        flags.list("set-image").compactMap { text in
            guard let equals = text.firstIndex(of: "=") else { return nil }
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }

    /// Prints something that is no error.
    func say(_ text: String) {
        if !flags.bool("quiet") { call.context.output.line(text) }
    }

    // MARK: Attaching

    private var isAttaching: Bool {
        flags.has("attach") ? flags.bool("attach") : flags.bool("stdin")
    }

    /// Waits until the container runs, and attaches to it.
    private func attach(_ pod: Value, _ container: String) throws {
        let session = AttachSession(
            call: call, hasInput: flags.bool("stdin"), isTerminal: flags.bool("tty"),
            isQuiet: flags.bool("quiet"))
        try session.attachWhenRunning(
            FoundObject(info: call.context.kinds[.pod], value: pod), container: container,
            timeout: VerbContext.waitLimit)
    }
}
