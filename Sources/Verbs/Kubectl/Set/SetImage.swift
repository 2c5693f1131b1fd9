import Model
import Support
import Value

extension Verb {
    /// `kubectl set image`.
    static let setImage: Verb = {
        var verb = Verb("image", summary: "Change the images of containers")
        verb.aliases = ["images"]
        verb.usage = "(-f FILE | TYPE NAME | TYPE/NAME) CONTAINER=IMAGE … [flags]"
        verb.examples = [
            "set image deployment/web nginx=nginx:1.25", "set image deploy --all '*=nginx:1.25'",
        ]
        verb.flags = setFlags + [.record]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = setImage
        return verb
    }()

    /// Source: kubectl's cmd/set/set_image.go. A container that is not found keeps no other from its
    /// image: its error comes at the end.
    private static func setImage(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let (words, changes) = try command.pairs("image")
        let images = try SetCommand.parsed(changes, "image")
        let found = try command.targets(words)
        if images.isEmpty { throw VerbError.message("at least one image update is required") }
        if images.count > 1, images.contains(where: { $0.name == "*" }) {
            throw VerbError.message(
                "all containers are already specified by *, but saw more than one "
                    + "container_name=container_image pairs")
        }
        try command.update(
            found, "image", failure: "failed to patch image update to pod template: "
        ) { value, info, misses throws(VerbError) in
            try value.modify(at: command.podSpec(info, value)) { spec throws(VerbError) in
                for (name, image) in images {
                    var isFound = false
                    for key in [Key.initContainers, .containers] {
                        for index in spec[key].elements.indices
                        where name == "*" || spec[key][index].text(.name) == name {
                            spec[key][index][.image] = Value(image)
                            isFound = true
                        }
                    }
                    if !isFound {
                        misses.append(
                            .message("error: unable to find container named \"\(name)\""))
                    }
                }
            }
        }
    }
}
