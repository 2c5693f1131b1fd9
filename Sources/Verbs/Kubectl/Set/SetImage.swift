import Cluster
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
        verb.flags = setFlags
        verb.completes = .resources
        verb.run = setImage
        return verb
    }()

    private static func setImage(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let (words, changes) = command.split { $0.contains("=") }
        let images = try SetCommand.pairs(changes, "image")
        if images.isEmpty {
            if words.isEmpty, !call.flags.has("filename") {
                throw VerbError.message(VerbCall.resourceRequired)
            }
            throw VerbError.message("at least one image update is required")
        }
        try command.update(words, "image") { value, info throws(VerbError) in
            try value.modify(command.podSpec(info)) { spec throws(VerbError) in
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
                        throw .message("unable to find container named \"\(name)\"")
                    }
                }
            }
        }
    }
}
