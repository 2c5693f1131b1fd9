import ArgumentParser
import Glibc
import Learn
import Session

/// `drydock learn new NAME`: a new exercise that is proven already, to be made into one's own.
struct NewExerciseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a new exercise that `learn prove` accepts, to be made into your own.",
        discussion: "NAME is small letters, digits and `-`; the file is NAME.dock in this folder.")

    @Argument(help: "What the exercise is called.")
    var name: String

    @Option(help: "The folder that it is written into.")
    var folder = "."

    func validate() throws {
        let isPlain = name.allSatisfy {
            $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
        }
        guard isPlain, name.first?.isLetter == true else {
            throw ValidationError(
                "the name is small letters, digits and `-`, such as `stuck-rollout`")
        }
    }

    func run() throws {
        let path = folder == "." ? "\(name).dock" : "\(folder)/\(name).dock"
        guard !DiskFile.exists(path) else {
            throw Refusal("\(path) is there already")
        }
        guard let file = OutputFile(creating: path) else {
            throw Refusal("cannot write \(path): \(systemError())")
        }
        file.write(ExerciseScaffold.text(name))
        file.flush()
        try file.checkWhole()
        let output = OutputFile.standardOutput()
        output.write("\(path) is written; `drydock learn prove \(path)` tries it\n")
        output.flush()
    }
}
